# ruff: noqa: E501  (a drawing is one line)
"""The icons: line drawings in a square of 16, in the colour of the text beside them. An icon never stands alone."""

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

_DRAWINGS = {
    # The four tiers.
    "proactive": '<path d="M8 14.500V7.5"/><path d="M8 9.500C8 6.5 10 4.5 14 4.5 14 7.7 11.5 9.5 8 9.500z"/><path d="M8 7.500C8 4.8 6 2.5 2 2.5 2 5.5 4.5 7.5 8 7.500z"/>',
    "preventive": '<path d="M8 1.5 13.5 4v4c0 3.5-2.4 5.6-5.5 6.500C4.9 13.6 2.5 11.5 2.5 8V4z"/>',
    "curative": '<path d="M8 13.800C3.8 11 1.8 8.7 1.8 6.1 1.8 4 3.3 2.5 5.1 2.5 6.3 2.5 7.4 3.2 8 4.3 8.6 3.2 9.7 2.5 10.9 2.500c1.8 0 3.3 1.5 3.3 3.6 0 2.6-2 4.9-6.2 7.700z"/>',
    "enforcement": '<path d="M8 2v11.500M4.5 14h7M2.8 4.800h10.400M3.5 4.8 1.5 9.300h4zM12.5 4.800l-2 4.500h4z"/>',
    # The rest.
    "search": '<circle cx="6.8" cy="6.8" r="4.8"/><path d="m10.4 10.4 4.1 4.1"/>',
    "menu": '<path d="M1.5 3.500h13M1.5 8h13M1.5 12.500h13"/>',
    "filter": '<path d="M1.5 4h13M4 8h8M6.5 12h3"/>',
    "chevron": '<path d="m5.5 2.5 5.5 5.5-5.5 5.5"/>',
    "cross": '<path d="m3.5 3.5 9 9M12.5 3.500l-9 9"/>',
    "check": '<path d="m2 8.5 4 4 8-9"/>',
    "download": '<path d="M8 1.500v8.500M4.2 6.5 8 10.300l3.8-3.800M2 14h12"/>',
    "translation": '<circle cx="8" cy="8" r="6.5"/><path d="M1.5 8h13M8 1.500c-4 4-4 9 0 13 4-4 4-9 0-13z"/>',
    "copy": '<rect x="5.5" y="5.5" width="9" height="9" rx="1"/><path d="M3 10.500H1.500v-9h9V3"/>',
    "play": '<path d="M4 2.500v11l9.5-5.500z"/>',
    "calendar": '<rect x="1.5" y="3" width="13" height="11.5" rx="1"/><path d="M1.5 6.500h13M5 1.200v3.300M11 1.200v3.3"/>',
    "feed": '<circle cx="3.2" cy="12.8" r="1.2"/><path d="M2 6.500c4.1 0 7.5 3.4 7.5 7.500M2 2c6.6 0 12 5.4 12 12"/>',
}  # fmt: skip


def icon(name: str) -> SafeString:
    """The drawing as inline SVG, hidden from screen readers. An unknown name raises KeyError."""
    return format_html(
        '<svg class="icon" viewBox="0 0 16 16" width="16" height="16" fill="none" stroke="currentColor" stroke-width="1.7"'
        ' stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">{}</svg>',
        mark_safe(_DRAWINGS[name]),
    )


def mark() -> SafeString:
    """The mark: two rings, each through the other. The gaps take the colour behind it from `--behind`."""
    return mark_safe(
        '<svg class="mark" viewBox="0 0 60 36" width="60" height="36" fill="none" stroke="currentColor" stroke-width="5"'
        ' aria-hidden="true" focusable="false"><circle cx="21" cy="18" r="13"/>'
        '<path class="mark__gap" d="M39 5a13 13 0 1 1-11.3 6.5"/><circle cx="39" cy="18" r="13"/>'
        '<path class="mark__gap" d="M21 31a13 13 0 0 0 11.3-6.5"/><path d="M15.5 29.800a13 13 0 0 0 16.8-5.3"/></svg>'
    )
