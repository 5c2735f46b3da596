"""Labels, and lists of things: cards, links, hits, pages."""

from functools import lru_cache
from typing import Any

from django import template
from django.core.paginator import Page
from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from portal.ui import addresses, labels
from portal.ui.components.values import COMPONENTS, attribute, differs, query_of

register = template.Library()

CARDS_KEPT = 1000  # some two kilobytes each


@register.inclusion_tag(COMPONENTS + "tier.html")
def tier(code: str) -> dict:
    return {"code": code, "word": labels.TIERS.get(code, "")}


@register.inclusion_tag(COMPONENTS + "tiers.html")
def tiers(items: Any) -> dict:
    codes = [item if isinstance(item, str) else attribute(item, "tier") for item in items or ()]
    return {"codes": [code for code in labels.TIERS if code in codes]}


@register.inclusion_tag(COMPONENTS + "evidence.html")
def evidence(level: Any) -> dict:
    level = int(level or 0)
    return {"level": level, "word": labels.EVIDENCE[level], "dots": [(6 + 11 * n, n < level) for n in range(4)]}


@register.inclusion_tag(COMPONENTS + "language_mark.html", takes_context=True)
def language_mark(context: Context, code: str) -> dict:
    return {"code": differs(code, context.get("language") or "")}


@register.simple_tag
def kind(code: str) -> str:
    return str(labels.KINDS.get(code, ""))


@register.inclusion_tag(COMPONENTS + "chips.html")
def chips(items: Any) -> dict:
    return {"items": items}


@register.inclusion_tag(COMPONENTS + "cards.html", takes_context=True)
def cards(context: Context, items: Any, layout: str = "grid", level: int = 3) -> dict:
    language = context.get("language") or ""
    return {"items": [_card_body(item, level, language) for item in items or ()], "layout": layout}


def _card_body(item: Any, level: int, language: str) -> SafeString:
    """The markup of what is in a card. It says nothing but what the card holds, so equal cards are rendered once."""
    if isinstance(item, dict):
        return _rendered_card_body(item, level, language)
    return _kept_card_body(item, level, language, get_language())


def _rendered_card_body(item: Any, level: int, language: str) -> SafeString:
    body = {"item": item, "level": level, "language": language}
    return SafeString(render_to_string(COMPONENTS + "card_body.html", body).strip())


@lru_cache(maxsize=CARDS_KEPT)
def _kept_card_body(item: Any, level: int, language: str, active_language: str) -> SafeString:
    return _rendered_card_body(item, level, language)


@register.inclusion_tag(COMPONENTS + "card_table.html", takes_context=True)
def card_table(context: Context, items: Any, caption: Any = "") -> dict:
    items = list(items or ())
    return {
        "items": items,
        "caption": caption,
        "labels": [attribute(line, "label") for line in attribute(items[0], "lines", ())] if items else [],
        "has_tiers": any(attribute(item, "tiers") for item in items),
        "language": context.get("language"),
    }


@register.inclusion_tag(COMPONENTS + "card.html", takes_context=True)
def card(context: Context, item: Any, level: int = 3) -> dict:
    return {"item": item, "level": level, "language": context.get("language")}


@register.inclusion_tag(COMPONENTS + "linked.html", takes_context=True)
def linked(context: Context, items: Any, more: Any = ()) -> dict:
    """Links one under the other; `more` are folded behind them."""
    return {"items": items, "more": more, "language": context.get("language")}


@register.inclusion_tag(COMPONENTS + "search_hit.html", takes_context=True)
def search_hit(context: Context, row: Any) -> dict:
    return {"row": row, "hit": attribute(row, "hit"), "language": context.get("language")}


@register.inclusion_tag(COMPONENTS + "pagination.html", takes_context=True)
def pagination(context: Context, page: Any, pages: int = 0) -> dict:
    if isinstance(page, Page):
        page, pages = page.number, page.paginator.num_pages
    query = query_of(context)
    shown = [n for n in range(1, pages + 1) if n in (1, pages) or abs(n - page) <= 2]
    steps: list[dict[str, Any]] = []
    for number in shown:
        if steps and number - steps[-1]["number"] > 1:
            steps.append({"number": number - 1, "gap": True})
        steps.append({"number": number, "url": addresses.query_with(query, {"page": number if number > 1 else None})})
    around = {
        name: addresses.query_with(query, {"page": number if number > 1 else None}) if 1 <= number <= pages else ""
        for name, number in (("previous", page - 1), ("next", page + 1))
    }
    return {"page": page, "pages": pages, "steps": steps} | around


@register.inclusion_tag(COMPONENTS + "breadcrumb.html")
def breadcrumb(items: Any) -> dict:
    return {"items": items}
