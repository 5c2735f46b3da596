"""What a page is read with: facts, notes, steps, contents, notices, sources."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import template
from django.template import Context
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from portal.ui import figures, labels
from portal.ui.components.lists import evidence
from portal.ui.components.values import COMPONENTS, attribute, differs
from portal.ui.facts import Fact
from portal.ui.rendering import rendered
from portal.ui.tiers_and_evidence import Evidence

register = template.Library()


@register.simple_block_tag
def facts(content: Any, title: str = "", style: str = "", level: int = 2) -> SafeString | str:
    if not content.strip():
        return ""
    context = {"content": content, "title": title, "plain": style == "plain", "level": level}
    return rendered("components/facts", context)


@register.simple_tag
def fact(term: Any, value: Any, url: str = "", note: Any = "", lang: str = "") -> SafeString | str:
    """A value with an address of its own is a link, in its own language; `url` and `lang` are for a phrase.

    A date and a degree of `Evidence` have a look of their own.
    """
    values = [_entry(one, url, lang) for one in (value if isinstance(value, list | tuple) else [value])]
    values = [one for one in values if one["text"] not in (None, "")]
    return rendered("components/fact", {"term": term, "values": values, "note": note}) if values else ""


@register.simple_tag
def fact_table(lines: Iterable[Fact], title: str = "", style: str = "") -> SafeString | str:
    """The lines as one table; nothing without lines."""
    shown = ((fact(line.term, line.value, line.url, line.note, line.lang),) for line in lines)
    return facts(format_html_join("", "{}", shown), title, style)


def _entry(value: Any, url: str, lang: str) -> dict:
    if isinstance(value, Evidence):
        return {"text": rendered("components/evidence", evidence(value))}
    if isinstance(value, date):
        return {"text": rendered("components/day", {"day": value})}
    if isinstance(value, dict) or hasattr(value, "url"):
        language = differs(attribute(value, "language"))
        where = "link_language" if attribute(value, "url") else "language"
        return {"text": attribute(value, "title"), "url": attribute(value, "url"), where: language}
    return {"text": value, "url": url, "language": differs(lang)}


@register.simple_block_tag
def factblock(content: Any, term: Any) -> SafeString | str:
    return rendered("components/fact", {"term": term, "values": [{"text": content}]}) if content.strip() else ""


@register.simple_block_tag
def note(content: Any, title: Any = "", tier: str = "", plain: bool = False, level: int = 2) -> SafeString:
    tier = tier if tier in labels.TIERS else ""
    context = {"content": content, "title": title, "tier": tier, "plain": plain, "level": level}
    return rendered("components/note", context)


@register.inclusion_tag(COMPONENTS + "steps.html")
def steps(items: Any, level: int = 3, tier: str = "") -> dict:
    return {"items": items, "level": level, "tier": tier if tier in labels.TIERS else ""}


@register.inclusion_tag(COMPONENTS + "contents.html")
def contents(sections: Any) -> dict:
    return {"sections": [section for section in sections if section]}


@register.inclusion_tag(COMPONENTS + "translation_notice.html")
def translation_notice(
    origin: Any, outdated: Any = False, original_url: Any = "", original_language: Any = "nl", reviewed_on: Any = None
) -> dict:
    """Nothing for a text that was written in its own language.

    With `reviewed_on` a text of another origin than "reviewed" is reviewed in part.
    """
    return {
        "origin": origin,
        "outdated": outdated,
        "original_url": original_url,
        "original_language": original_language,
        "reviewed_on": reviewed_on,
    }


@register.inclusion_tag(COMPONENTS + "funding.html")
def funding(acknowledgement: Any, logo: Any = None) -> dict:
    """`logo` is that of the programme: url, width, height and alt."""
    emblem = figures.emblem() if attribute(acknowledgement, "emblem", True) else ""
    return {"ack": acknowledgement, "emblem": emblem, "logo": logo}


@register.simple_block_tag
def blank_slate(content: Any, title: Any, level: int = 2) -> SafeString:
    return rendered("components/blank_slate", {"content": content, "title": title, "level": level})


@register.inclusion_tag(COMPONENTS + "downloads.html", takes_context=True)
def downloads(context: Context, items: Any) -> dict:
    return {"items": items, "language": context.get("language")}


@register.inclusion_tag(COMPONENTS + "sources.html", takes_context=True)
def sources(context: Context, items: Any) -> dict:
    return {"items": items, "language": context.get("language")}


@register.inclusion_tag(COMPONENTS + "cite.html")
def cite(text: Any, url: str = "", licence: Any = "", licence_url: Any = "") -> dict:
    return {"text": text, "url": url, "licence": licence, "licence_url": licence_url}
