"""The figures, as tags."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from portal.ui import figures

register = template.Library()


@register.simple_tag
def ladder(rungs: Any, title: Any = "", direction: Any = "up") -> SafeString:
    return figures.ladder(rungs, title=title, direction=direction)


@register.simple_tag
def chain(links: Any, title: Any = "") -> SafeString:
    return figures.chain(links, title=title)


@register.simple_tag
def levels(levels: Any, title: Any = "") -> SafeString:
    return figures.levels(levels, title=title)


@register.simple_tag
def timeline(events: Any, title: Any = "") -> SafeString:
    return figures.timeline(events, title=title)


@register.simple_tag
def partner_map(
    cities: Any, lines: Any = (), home: Any = "mechelen", labels: Any = True, listing: Any = "closed", title: Any = ""
) -> SafeString:
    return figures.partner_map(cities, lines, home=home, labels=labels, listing=listing, title=title)
