"""The drawing of a chain that becomes a network: rings through each other, then the same ones joined each to all."""

import math
from itertools import combinations

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

RADIUS = 16
APART = 26
HEIGHT = 150
ARROW = 56
NODE = 12


def chain_and_network(number: int) -> SafeString:
    """The drawing for so many links, two at least; an ornament, the list beside it says the same."""
    reach = 40 + 2 * max(0, number - 5)
    chain_width = APART * (number - 1) + 2 * RADIUS
    width = chain_width + ARROW + 2 * (reach + NODE) + 8
    start = RADIUS + 4
    centre_x, centre_y = width - reach - NODE - 4, 62
    return format_html(
        '<svg class="chain__drawing" viewBox="0 0 {} {}" width="{}" height="{}" aria-hidden="true" focusable="false">'
        '<g class="chain__rings">{}</g>{}<path class="chain__arrow" d="M{} {}h{}m-6 -5 6 5-6 5"/>{}{}</svg>',
        width,
        HEIGHT,
        width,
        HEIGHT,
        _rings(number, start, centre_y),
        _numbers((start + APART * n, centre_y) for n in range(number)),
        chain_width + 14,
        centre_y,
        ARROW - 24,
        _network(number, centre_x, centre_y, reach),
        _words(((chain_width / 2 + 4, centre_y + RADIUS + 22, _("Chain")), (centre_x, HEIGHT - 8, _("Network")))),
    )


def _rings(number: int, start: float, y: float) -> SafeString:
    """Ring after ring: each lies over the one before at the top and under it at the bottom."""
    height = math.sqrt(RADIUS**2 - (APART / 2) ** 2)
    crossing = math.degrees(math.atan2(height, APART / 2))
    drawn = []
    for index in range(number):
        x = start + APART * index
        if index:
            drawn.append(_arc(x, y, 180 + crossing - 24, 180 + crossing + 24, "chain__gap"))
        drawn.append(f'<circle cx="{x:g}" cy="{y:g}" r="{RADIUS}"/>')
        if index:
            before = x - APART
            drawn.append(_arc(before, y, crossing - 24, crossing + 24, "chain__gap"))
            drawn.append(_arc(before, y, crossing - 34, crossing + 34, ""))
    return mark_safe("".join(drawn))


def _arc(x: float, y: float, start: float, end: float, name: str) -> str:
    """A piece of a ring between two angles in degrees, clockwise from the right."""
    (x1, y1), (x2, y2) = (
        (x + RADIUS * math.cos(math.radians(angle)), y + RADIUS * math.sin(math.radians(angle)))
        for angle in (start, end)
    )
    style = f' class="{name}"' if name else ""
    return f'<path{style} d="M{x1:.2f} {y1:.2f}A{RADIUS} {RADIUS} 0 0 1 {x2:.2f} {y2:.2f}"/>'


def _network(number: int, x: float, y: float, reach: float) -> SafeString:
    angles = (math.tau * n / number - math.pi / 2 for n in range(number))
    nodes = [(x + reach * math.cos(angle), y + reach * math.sin(angle)) for angle in angles]
    edges = "".join(f"M{a[0]:.1f} {a[1]:.1f}L{b[0]:.1f} {b[1]:.1f}" for a, b in combinations(nodes, 2))
    circles = format_html_join(
        "", '<circle class="chain__node" cx="{}" cy="{}" r="{}"/>', ((f"{a:.1f}", f"{b:.1f}", NODE) for a, b in nodes)
    )
    return format_html('<path class="chain__edges" d="{}"/>{}{}', edges, circles, _numbers(nodes))


def _numbers(points) -> SafeString:
    return format_html_join(
        "",
        '<text class="chain__number" x="{}" y="{}" text-anchor="middle">{}</text>',
        ((f"{x:.1f}", f"{y + 4.2:.1f}", number) for number, (x, y) in enumerate(points, start=1)),
    )


def _words(words) -> SafeString:
    return format_html_join(
        "",
        '<text class="chain__word" x="{}" y="{}" text-anchor="middle">{}</text>',
        ((f"{x:.1f}", f"{y:g}", word) for x, y, word in words),
    )
