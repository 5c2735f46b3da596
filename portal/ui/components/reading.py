"""What a page is read with: facts, notes, steps, contents, notices, sources."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from portal.ui import figures, icons, vocabulary
from portal.ui.components.values import COMPONENTS, attribute, differs

register = template.Library()


@register.simple_block_tag
def facts(content, title: str = "", style: str = "", level: int = 2) -> SafeString:
    if not content.strip():
        return mark_safe("")
    heading = format_html("<h{0}>{1}</h{0}>", level, title) if title else ""
    style = "facts facts--plain" if style == "plain" else "facts"
    return format_html('<div class="{}">{}<dl>{}</dl></div>', style, heading, mark_safe(content))


@register.simple_tag
def fact(term, value, url: str = "", note="", lang: str = "") -> SafeString:
    values = [one for one in (value if isinstance(value, list | tuple) else [value]) if one not in (None, "")]
    if not values:
        return mark_safe("")
    open_dd = format_html('<dd lang="{}">', lang) if differs(lang) else mark_safe("<dd>")
    link = format_html('<a href="{}">', url) if url else ""
    details = format_html("<small>{}</small>", note) if note else ""
    lines = format_html_join(
        "", "{}{}{}{}{}</dd>", ((open_dd, link, one, mark_safe("</a>") if url else "", "") for one in values[:-1])
    )
    last = format_html("{}{}{}{}{}</dd>", open_dd, link, values[-1], mark_safe("</a>") if url else "", details)
    return format_html("<div><dt>{}</dt>{}{}</div>", term, lines, last)


@register.simple_block_tag
def factblock(content, term) -> SafeString:
    if not content.strip():
        return mark_safe("")
    return format_html("<div><dt>{}</dt><dd>{}</dd></div>", term, mark_safe(content))


@register.simple_block_tag
def note(content, title="", tier: str = "", plain: bool = False, level: int = 2) -> SafeString:
    style = "note" + (f" tier--{tier}" if tier in vocabulary.TIERS else "") + (" note--plain" if plain else "")
    heading = format_html("<h{0}>{1}</h{0}>", level, title) if title else ""
    return format_html('<div class="{}">{}{}</div>', style, heading, mark_safe(content))


@register.inclusion_tag(COMPONENTS + "steps.html")
def steps(items, level: int = 3, tier: str = "") -> dict:
    return {"items": items, "level": level, "tier": tier if tier in vocabulary.TIERS else ""}


@register.inclusion_tag(COMPONENTS + "contents.html")
def contents(sections) -> dict:
    return {"sections": [section for section in sections if section]}


@register.inclusion_tag(COMPONENTS + "translation_notice.html")
def translation_notice(origin, outdated=False, original_url="", original_language="nl", reviewed_on=None) -> dict:
    """Nothing for a text that was written in its own language.

    With `reviewed_on` a text of another origin than "reviewed" is reviewed in part.
    """
    return {
        "origin": origin,
        "outdated": outdated,
        "original_url": original_url,
        "original_language": original_language,
        "reviewed_on": reviewed_on,
        "icon": icons.icon("translation"),
    }


@register.inclusion_tag(COMPONENTS + "funding.html")
def funding(acknowledgement) -> dict:
    return {"ack": acknowledgement, "emblem": figures.emblem() if attribute(acknowledgement, "emblem", True) else ""}


@register.simple_block_tag
def blank_slate(content, title, level: int = 2) -> SafeString:
    return format_html(
        '<div class="empty">{}<div class="flow"><h{}>{}</h{}>{}</div></div>',
        icons.mark(), level, title, level, mark_safe(content),
    )  # fmt: skip


@register.inclusion_tag(COMPONENTS + "downloads.html", takes_context=True)
def downloads(context, items) -> dict:
    return {"items": items, "language": context.get("language")}


@register.inclusion_tag(COMPONENTS + "sources.html", takes_context=True)
def sources(context, items) -> dict:
    return {"items": items, "language": context.get("language")}


@register.inclusion_tag(COMPONENTS + "cite.html")
def cite(text, url="", licence="", licence_url="") -> dict:
    return {"text": text, "url": url, "licence": licence, "licence_url": licence_url}
