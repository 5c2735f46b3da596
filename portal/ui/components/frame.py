"""The frame of every page, and addresses and times in templates."""

from typing import Any

from django import template
from django.template import Context
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from portal.ui import addresses, icons, times
from portal.ui.components.values import differs, language_name, link_to, marked, not_all, own_name, query_of

register = template.Library()


@register.simple_tag
def enhance(name: str) -> SafeString:
    return format_html('data-module="{}"', static(f"ui/js/{name}.js"))


@register.simple_tag
def icon(name: str) -> SafeString:
    return icons.icon(name)


@register.simple_tag
def brand_mark() -> SafeString:
    return icons.brand_mark()


@register.simple_tag
def first_text(*texts: Any) -> str:
    """The first of these that says something, unescaped (firstof would escape it for good)."""
    return next((str(text) for text in texts if text), "")


@register.simple_tag(takes_context=True)
def query_with(context: Context, **changes: Any) -> str:
    return addresses.query_with(query_of(context), changes)


register.filter("clock", times.clock)
register.filter("duration", times.duration)
register.filter("iso_duration", times.iso_duration)
register.filter("moment", addresses.moment)
register.filter("in_transcript", addresses.in_transcript)
register.filter("language_name", language_name)
register.filter("own_name", own_name)
register.filter("marked", marked)
register.filter("link_to", link_to)
register.filter("differs", differs)
register.filter("not_all", not_all)
