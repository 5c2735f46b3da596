"""The European emblem, as the rules draw it: twelve upright stars of five points in a ring on a field of two to three.

Geometrical description: Official Journal C 402 I of 2020, "Use of the EU emblem"; colours #003399 and #FFCC00.
"""

import math
from functools import cache

from django.utils.safestring import SafeString

from portal.ui.rendering import rendered

WIDTH, HEIGHT = 810, 540
RING = HEIGHT / 3
STAR = HEIGHT / 18
# The inner corners of a star of five points lie on a circle of this share of the outer one.
INNER = math.cos(math.radians(72)) / math.cos(math.radians(36))


def emblem() -> SafeString:
    """The emblem as SVG, named for who cannot see it."""
    return rendered("figures/emblem", {"width": WIDTH, "height": HEIGHT, "stars": _stars()})


@cache
def _stars() -> tuple[str, ...]:
    return tuple(_star(hour) for hour in range(12))


def _star(hour: int) -> str:
    turn = math.radians(30 * hour)
    x, y = WIDTH / 2 + RING * math.sin(turn), HEIGHT / 2 - RING * math.cos(turn)
    corners = []
    for corner in range(10):
        radius = STAR if corner % 2 == 0 else STAR * INNER
        angle = math.radians(36 * corner)
        corners.append(f"{x + radius * math.sin(angle):.2f} {y - radius * math.cos(angle):.2f}")
    return "M" + "L".join(corners) + "z"
