"""How the map of partner cities is drawn: land, lines, points, names, and a lens over the neighbours of home."""

import json
import math
import zlib
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from portal.ui.components.values import differs
from portal.ui.figures.label_placement import Box, Label, placed

WIDTH, HIGHEST, LOWEST = 740, 600, 380
BEND = 0.16
# Room for names around the outermost cities, and how near the map comes when all cities are neighbours.
PADDING, NEAREST = 60, 2.6
# So many cities so near to home get a lens, at its size.
NEIGHBOURHOOD, CROWD = 34, 5
LENS_WIDTH, LENS_HEIGHT = 230, 164


@cache
def land() -> dict:
    """The countries as SVG paths and the frame they lie in; made by make_land.py."""
    return json.loads(Path(__file__).with_name("land.json").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class View:
    """How map units become points of the drawing, and the part of the drawing that shows them."""

    scale: float
    x: float
    y: float
    frame: Box

    def at(self, point: Any) -> tuple[float, float]:
        return self.scale * point[0] + self.x, self.scale * point[1] + self.y

    @property
    def transform(self) -> str:
        return f"translate({self.x:.1f} {self.y:.1f}) scale({self.scale:.3f})"

    def sees(self, box: Any) -> bool:
        """Whether any of a box in map units (left, top, right, bottom) is shown."""
        (left, top), (right, bottom) = self.at(box[:2]), self.at(box[2:])
        return self.frame.meets(Box(left, top, right, bottom))


def drawing(cities: list[dict], shared: dict, home: str, labels: bool) -> dict | None:
    """What the template draws. Cities have a `point` in map units; `shared` gives the lines to each, by its key."""
    if not cities:
        return None
    # Home comes last: no neighbour hides it, and its name is placed before all others.
    cities = sorted(cities, key=lambda city: city["key"] == home)
    view = _view([city["point"] for city in cities])
    lens = _lens(cities, view, home) if labels else None
    near = {city["key"] for city in lens.cities} - {home} if lens else set()
    named = [city for city in cities if city["key"] not in near] if labels else []
    places = _places(named, view, [lens.view.frame] if lens else [])
    return {
        "name": f"land-{zlib.crc32(' '.join(city['key'] for city in cities).encode()):x}",
        "width": WIDTH,
        "height": f"{view.frame.bottom:.0f}",
        "transform": view.transform,
        "countries": _countries({city["country"] for city in cities}, view),
        "layer": _layer(cities, places, shared, home, view, small=near),
        "lens": lens.drawn(shared, home, view) if lens else None,
    }


def _view(points: Any) -> View:
    """The view that shows all points with room around them, and no end of the land."""
    left, top, right, bottom = land()["frame"]
    xs, ys = [x for x, _y in points], [y for _x, y in points]
    wide, high = max(xs) - min(xs), max(ys) - min(ys)
    scale = min(NEAREST, (WIDTH - 2 * PADDING) / max(wide, 1), (HIGHEST - 2 * PADDING) / max(high, 1))
    scale = max(scale, WIDTH / (right - left), HIGHEST / (bottom - top))
    height = min(HIGHEST, max(LOWEST, scale * high + 3 * PADDING))
    x = min(-left * scale, max(WIDTH - right * scale, WIDTH / 2 - scale * (min(xs) + max(xs)) / 2))
    y = min(-top * scale, max(height - bottom * scale, height / 2 - scale * (min(ys) + max(ys)) / 2))
    return View(scale, x, y, Box(0, 0, WIDTH, height))


def _places(cities: list[dict], view: View, taken: list[Box]) -> dict[str, Label]:
    frame = (view.frame.left + 4, view.frame.top + 4, view.frame.right - 4, view.frame.bottom - 4)
    labels = placed([(*view.at(city["point"]), city["name"]) for city in cities], frame, taken=taken)
    return {city["key"]: label for city, label in zip(cities, labels, strict=True) if label}


def _countries(partners: set[str], view: View) -> list[dict]:
    """The countries that the view shows any of."""
    return [
        {"path": country["path"], "is_partner": code in partners}
        for code, country in land()["countries"].items()
        if view.sees(country["box"])
    ]


def _layer(
    cities: Any, places: dict[str, Label], shared: dict, home: str, view: View, small: Collection[str] = ()
) -> dict:
    """What lies on the land: the lines to the cities, those from a point to its name, and the points."""
    return {
        "lines": _lines(cities, shared, home, view),
        "leaders": _leaders(cities, places, view),
        "dots": [_dot(city, places.get(city["key"]), home, view, city["key"] in small) for city in cities],
    }


def _lines(cities: list[dict], shared: dict, home: str, view: View) -> list[dict]:
    points = {city["key"]: view.at(city["point"]) for city in cities}
    drawn = []
    for city in cities:
        number_from: Counter = Counter()
        for line in shared.get(city["key"], ()):
            start = line["start"] or home
            if start in points and start != city["key"]:
                drawn.append(
                    {
                        "url": line["url"] or city["url"],
                        "title": line["title"],
                        "city": city["name"],
                        "path": _arc(points[start], points[city["key"]], number_from[start]),
                    }
                )
                number_from[start] += 1
    return drawn


def _arc(start: Any, end: Any, number: int) -> str:
    """A gently bent line; each further line between the same two cities bends more, to alternate sides."""
    (x1, y1), (x2, y2) = start, end
    bend = BEND * (1 + number // 2) * (1 if number % 2 == 0 else -1) * (1 if x2 >= x1 else -1)
    control_x, control_y = (x1 + x2) / 2 + bend * (y2 - y1), (y1 + y2) / 2 - bend * (x2 - x1)
    return f"M{x1:.1f} {y1:.1f}Q{control_x:.1f} {control_y:.1f} {x2:.1f} {y2:.1f}"


def _leaders(cities: list[dict], places: dict[str, Label], view: View) -> list[tuple[str, ...]]:
    ends = []
    for city in cities:
        label = places.get(city["key"])
        if label and label.leader:
            x, y = view.at(city["point"])
            share = 1 - 1.5 / math.dist((x, y), label.leader)
            end = x + (label.leader[0] - x) * share, y + (label.leader[1] - y) * share
            ends.append(tuple(f"{number:.1f}" for number in (x, y, *end)))
    return ends


def _dot(city: dict, label: Label | None, home: str, view: View, small: bool) -> dict:
    x, y = view.at(city["point"])
    at_home = city["key"] == home
    return {
        "name": city["name"],
        "url": city["url"],
        "language": differs(city["language"]),
        "x": f"{x:.1f}",
        "y": f"{y:.1f}",
        "radius": "6.5" if at_home else "3.2" if small else "4.5",
        "at_home": at_home,
        "label": (f"{label.x:.1f}", f"{label.y:.1f}") if label else None,
    }


@dataclass(frozen=True)
class Lens:
    """A corner of the drawing in which the neighbours of home are shown from nearer by."""

    cities: list[dict]
    view: View

    def drawn(self, shared: dict, home: str, map_view: View) -> dict:
        places = _places(self.cities, self.view, [])
        frame = self.view.frame
        points = [map_view.at(city["point"]) for city in self.cities]
        left, top = min(x for x, _y in points) - 7, min(y for _x, y in points) - 7
        zone = (left, top, max(x for x, _y in points) + 7 - left, max(y for _x, y in points) + 7 - top)
        sides = (frame.left, frame.top, frame.right - frame.left, frame.bottom - frame.top)
        return {
            "rectangle": dict(zip(("x", "y", "width", "height"), (f"{side:.1f}" for side in sides), strict=True)),
            "zone": _zone(zone, frame),
            "transform": self.view.transform,
            "layer": _layer(self.cities, places, shared, home, self.view),
        }


def _lens(cities: list[dict], view: View, home: str) -> Lens | None:
    """The lens for the neighbours of home, in the first free corner; None when they are few or no corner is free."""
    centre = next((view.at(city["point"]) for city in cities if city["key"] == home), None)
    if centre is None:
        return None
    near = [city for city in cities if math.dist(view.at(city["point"]), centre) < NEIGHBOURHOOD]
    if len(near) < CROWD:
        return None
    width, height = view.frame.right, view.frame.bottom
    corners = ((8, 8), (width - LENS_WIDTH - 8, 8), (8, height - LENS_HEIGHT - 8))
    for left, top in (*corners, (width - LENS_WIDTH - 8, height - LENS_HEIGHT - 8)):
        frame = Box(left, top, left + LENS_WIDTH, top + LENS_HEIGHT)
        points = [view.at(city["point"]) for city in cities]
        if not any(frame.meets(Box(x - 8, y - 8, x + 8, y + 8)) for x, y in points):
            return Lens(near, _close_up([city["point"] for city in near], frame))
    return None


def _close_up(points: Any, frame: Box) -> View:
    xs, ys = [x for x, _y in points], [y for _x, y in points]
    wide, high = frame.right - frame.left - 70, frame.bottom - frame.top - 44
    scale = min(wide / max(max(xs) - min(xs), 1), high / max(max(ys) - min(ys), 1))
    x = (frame.left + frame.right) / 2 - scale * (min(xs) + max(xs)) / 2
    y = (frame.top + frame.bottom) / 2 - scale * (min(ys) + max(ys)) / 2
    return View(scale, x, y, frame)


def _zone(zone: Any, frame: Box) -> str:
    """The outline of what the lens shows, and a line from it to the lens."""
    left, top, width, height = zone
    corner = (left if frame.right <= left else left + width, top if frame.bottom <= top else top + height)
    to = (frame.right if frame.right <= left else frame.left, frame.bottom if frame.bottom <= top else frame.top)
    outline = f"M{left:.1f} {top:.1f}h{width:.1f}v{height:.1f}h-{width:.1f}z"
    return f"{outline}M{corner[0]:.1f} {corner[1]:.1f}L{to[0]:.1f} {to[1]:.1f}"
