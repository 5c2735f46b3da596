"""The figures, as tags."""

from django import template
from django.utils.safestring import SafeString

from portal.ui import figures

register = template.Library()


@register.simple_tag
def ladder(rungs, title="", direction="up") -> SafeString:
    return figures.ladder(rungs, title=title, direction=direction)


@register.simple_tag
def chain(links, title="") -> SafeString:
    return figures.chain(links, title=title)


@register.simple_tag
def levels(levels, title="") -> SafeString:
    return figures.levels(levels, title=title)


@register.simple_tag
def timeline(events, title="") -> SafeString:
    return figures.timeline(events, title=title)


@register.simple_tag
def partner_map(cities, lines=(), home="mechelen", labels=True, listing="closed", title="") -> SafeString:
    return figures.partner_map(cities, lines, home=home, labels=labels, listing=listing, title=title)
