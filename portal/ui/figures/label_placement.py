"""Names beside points so that none lies on another: near the point if there is room, else on a thin line."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

NARROW, WIDE = set("iljtfr.,'-() I"), set("mwMWGOQDAN")
FONT_SIZE = 13.0
LINE_HEIGHT = 15.0
NEAR = ((1, 0), (-1, 0), (0.75, -0.8), (0.75, 0.8), (-0.75, -0.8), (-0.75, 0.8), (0, -1.15), (0, 1.15))
DISTANCES = (18, 26, 36, 48, 62, 78, 96, 116, 140)
DIRECTIONS = 32


@dataclass(frozen=True)
class Box:
    """A rectangle in map units."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        beside = self.right <= other.left or other.right <= self.left
        return not (beside or self.bottom <= other.top or other.bottom <= self.top)

    def within(self, frame: Any) -> bool:
        return frame[0] <= self.left and frame[1] <= self.top and self.right <= frame[2] and self.bottom <= frame[3]


@dataclass(frozen=True)
class Label:
    """Where a name stands: its box, the start of its text, and the end of its leader line, if it has one."""

    box: Box
    x: float
    y: float
    leader: tuple[float, float] | None


def text_width(text: str) -> float:
    """About how wide a text is set in the map's letters, in map units; rather too wide than too narrow."""
    return FONT_SIZE * sum(0.34 if letter in NARROW else 0.82 if letter in WIDE else 0.58 for letter in text) + 4


def placed(
    points: list[tuple[float, float, str]], frame: Any, radius: float = 5.0, taken: Iterable[Box] = ()
) -> list[Label | None]:
    """A place for each (x, y, name) inside the frame (left, top, right, bottom); None when there is none left.

    Nothing is placed on `taken`. The last point chooses first, then the most crowded ones.
    """
    dots = [Box(x - radius, y - radius, x + radius, y + radius) for x, y, _name in points]
    taken = list(taken)
    leaders: list[tuple[float, float, float, float]] = []
    found: list[Label | None] = [None] * len(points)
    crowd = [sum(math.dist(a[:2], b[:2]) < 60 for b in points) for a in points]
    for index in sorted(range(len(points)), key=lambda i: (i != len(points) - 1, -crowd[i], i)):
        others = dots[:index] + dots[index + 1 :]
        for label in _candidates(*points[index], radius):
            if not label.box.within(frame) or any(label.box.meets(box) for box in (*taken, *others)):
                continue
            if any(_crosses(line, label.box) for line in leaders):
                continue
            line = (*points[index][:2], *label.leader) if label.leader else None
            if line and (
                any(_crosses(line, box) for box in (*taken, *others)) or any(_cross(line, other) for other in leaders)
            ):
                continue
            found[index] = label
            taken.append(label.box)
            if line:
                leaders.append(line)
            break
    return found


def _candidates(x: float, y: float, name: str, radius: float) -> Any:
    width, half = text_width(name), LINE_HEIGHT / 2
    for right, down in NEAR:
        middle_y = y + down * (radius + half)
        if right > 0:
            left = x + radius + 3 if down == 0 else x + right * radius
        elif right < 0:
            left = x - width - (radius + 3 if down == 0 else -right * radius)
        else:
            left = x - width / 2
        yield Label(Box(left, middle_y - half, left + width, middle_y + half), left + 2, middle_y + 4.5, None)
    for distance in DISTANCES:
        for step in range(DIRECTIONS):
            angle = math.tau * step / DIRECTIONS
            end_x, end_y = x + distance * math.cos(angle), y + distance * math.sin(angle)
            left = end_x + 2 if math.cos(angle) >= 0 else end_x - width - 2
            yield Label(Box(left, end_y - half, left + width, end_y + half), left + 2, end_y + 4.5, (end_x, end_y))


def _crosses(line: Any, box: Box) -> bool:
    """Whether a line passes through a box; looked at in steps of some units, which is enough for lines this short."""
    x1, y1, x2, y2 = line
    steps = max(2, int(math.dist((x1, y1), (x2, y2)) / 3))
    inside = ((x1 + (x2 - x1) * n / steps, y1 + (y2 - y1) * n / steps) for n in range(steps + 1))
    return any(box.left < x < box.right and box.top < y < box.bottom for x, y in inside)


def _cross(one: Any, two: Any) -> bool:
    def side(a, b, c):
        return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])

    a, b, c, d = one[:2], one[2:], two[:2], two[2:]
    return side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0
