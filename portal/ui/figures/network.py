"""The drawing of a chain that becomes a network: rings through each other, then the same ones joined each to all."""

import math
from itertools import combinations
from typing import Any

RADIUS = 16
APART = 26
HEIGHT = 150
ARROW = 56
NODE = 12


def chain_and_network(number: int) -> dict:
    """The numbers of the drawing for so many links, two at least; an ornament, the list beside it says the same."""
    reach = 40 + 2 * max(0, number - 5)
    chain_width = APART * (number - 1) + 2 * RADIUS
    width = chain_width + ARROW + 2 * (reach + NODE) + 8
    start = RADIUS + 4
    x, y = width - reach - NODE - 4, 62
    angles = (math.tau * n / number - math.pi / 2 for n in range(number))
    nodes = [(x + reach * math.cos(angle), y + reach * math.sin(angle)) for angle in angles]
    return {
        "width": width,
        "height": HEIGHT,
        "radius": RADIUS,
        "node_radius": NODE,
        "rings": _rings(number, start, y),
        "ring_numbers": _numbers((start + APART * n, y) for n in range(number)),
        "arrow": f"M{chain_width + 14} {y}h{ARROW - 24}m-6 -5 6 5-6 5",
        "edges": "".join(f"M{a[0]:.1f} {a[1]:.1f}L{b[0]:.1f} {b[1]:.1f}" for a, b in combinations(nodes, 2)),
        "nodes": [(f"{a:.1f}", f"{b:.1f}") for a, b in nodes],
        "node_numbers": _numbers(nodes),
        "chain_word": (f"{chain_width / 2 + 4:.1f}", f"{y + RADIUS + 22:g}"),
        "network_word": (f"{x:.1f}", f"{HEIGHT - 8:g}"),
    }


def _rings(number: int, start: float, y: float) -> list[dict]:
    """Ring after ring: each lies over the one before at the top and under it at the bottom."""
    height = math.sqrt(RADIUS**2 - (APART / 2) ** 2)
    crossing = math.degrees(math.atan2(height, APART / 2))
    rings = []
    for index in range(number):
        x = start + APART * index
        ring = {"x": f"{x:g}", "y": f"{y:g}"}
        if index:
            before = x - APART
            ring["gap_above"] = _arc(x, y, 180 + crossing - 24, 180 + crossing + 24)
            ring["gap_below"] = _arc(before, y, crossing - 24, crossing + 24)
            ring["over_it"] = _arc(before, y, crossing - 34, crossing + 34)
        rings.append(ring)
    return rings


def _arc(x: float, y: float, start: float, end: float) -> str:
    """The path of a piece of a ring between two angles in degrees, clockwise from the right."""
    (x1, y1), (x2, y2) = (
        (x + RADIUS * math.cos(math.radians(angle)), y + RADIUS * math.sin(math.radians(angle)))
        for angle in (start, end)
    )
    return f"M{x1:.2f} {y1:.2f}A{RADIUS} {RADIUS} 0 0 1 {x2:.2f} {y2:.2f}"


def _numbers(points: Any) -> list[tuple[str, str]]:
    """Where the numbers of these points stand."""
    return [(f"{x:.1f}", f"{y + 4.2:.1f}") for x, y in points]
