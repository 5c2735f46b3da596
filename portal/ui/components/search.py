"""The question box and the filters."""

from typing import Any

from django import template
from django.template import Context
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from portal.ui import addresses
from portal.ui.components.values import COMPONENTS, attribute, query_of

register = template.Library()


@register.inclusion_tag(COMPONENTS + "search_box.html", takes_context=True)
def search_box(
    context: Context,
    large: Any = False,
    value: Any = None,
    placeholder: Any = "",
    action: Any = "",
    id: Any = "search",
    autofocus: Any = False,
) -> dict:
    return {
        "large": large,
        "value": query_of(context).get("q", "") if value is None else value,
        "placeholder": placeholder or (_("Ask in your own language") if large else ""),
        "action": action or context.get("search_url", ""),
        "id": id,
        "autofocus": autofocus,
        "suggestions": _suggestions(context.get("language") or ""),
    }


def _suggestions(language: str) -> str:
    """Where suggestions come from; "" in a portal without the search room."""
    try:
        return reverse(f"suggestions_{language}")
    except NoReverseMatch:
        return ""


def _chosen(groups):
    """The options that are on, as (group, option)."""
    for group in groups:
        for option in attribute(group, "options", ()):
            if attribute(option, "selected", False) and attribute(option, "value"):
                yield group, option


@register.inclusion_tag(COMPONENTS + "filters.html", takes_context=True)
def filters(context: Context, groups: Any, total: Any = None, id: Any = "filters") -> dict:
    names = {attribute(group, "name") for group in groups}
    kept = [
        (name, value)
        for name, values in query_of(context).lists()
        if name not in names and name != "page"
        for value in values
    ]
    request = context.get("request")
    return {
        "groups": [
            {
                "name": attribute(group, "name"),
                "label": attribute(group, "label"),
                "type": attribute(group, "type", "checkbox") or "checkbox",
                "first": attribute(group, "options", [])[: attribute(group, "shown", 7)],
                "rest": attribute(group, "options", [])[attribute(group, "shown", 7) :],
                "rest_open": any(
                    attribute(o, "selected", False)
                    for o in attribute(group, "options", [])[attribute(group, "shown", 7) :]
                ),
                "options": attribute(group, "options", []),
            }
            for group in groups
            if attribute(group, "options", ())
        ],
        "kept": kept,
        "chosen": sum(1 for _chosen_one in _chosen(groups)),
        "clear": addresses.query_with(query_of(context), dict.fromkeys(names)),
        "action": request.path if request else "",
        "total": total,
        "id": id,
    }


@register.inclusion_tag(COMPONENTS + "active_filters.html", takes_context=True)
def active_filters(context: Context, groups: Any) -> dict:
    query = query_of(context)
    chosen = [
        {
            "group": attribute(group, "label"),
            "label": attribute(option, "label"),
            "lang": attribute(option, "lang"),
            "url": addresses.query_without(query, attribute(group, "name"), attribute(option, "value")),
        }
        for group, option in _chosen(groups)
    ]
    return {
        "chosen": chosen,
        "clear": addresses.query_with(query, {attribute(group, "name"): None for group in groups}),
    }
