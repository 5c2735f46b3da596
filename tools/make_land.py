"""Make land.json, the countries behind the map of partner cities. Run it again only to change the map.

    npm pack world-atlas && tar xzf world-atlas-*.tgz
    python -m tools.make_land package/countries-50m.json

world-atlas holds Natural Earth, which is in the public domain. Borders are simplified arc by arc, so that two
neighbours keep one border between them.
"""

import json
import math
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from portal.ui.figures.projection import project

# left, top, right, bottom in map units: from Lisbon to Bucharest, from Crete to Helsinki.
FRAME = (-380, -300, 360, 300)
LAND = Path(__file__).parents[1] / "portal" / "ui" / "figures" / "land.json"
# How far a border may stray, in map units: finer within REACH of home, where most cities are and the map comes nearest.
NEAR, FAR, REACH = 0.5, 1.4, 190
HOME = project(51.03, 4.48)
SMALLEST_ISLAND = 7.0
MARGIN = 12

# ISO 3166-1: the number that world-atlas uses, and the two letters that the portal uses.
COUNTRIES = {
    "008": "AL", "012": "DZ", "020": "AD", "031": "AZ", "040": "AT", "051": "AM", "056": "BE", "070": "BA", "100": "BG",
    "112": "BY", "191": "HR", "196": "CY", "203": "CZ", "208": "DK", "233": "EE", "246": "FI", "250": "FR", "268": "GE",
    "276": "DE", "300": "GR", "348": "HU", "352": "IS", "372": "IE", "380": "IT", "428": "LV", "438": "LI", "440": "LT",
    "442": "LU", "470": "MT", "498": "MD", "499": "ME", "504": "MA", "528": "NL", "578": "NO", "616": "PL", "620": "PT",
    "642": "RO", "643": "RU", "688": "RS", "703": "SK", "705": "SI", "724": "ES", "752": "SE", "756": "CH", "788": "TN",
    "792": "TR", "804": "UA", "807": "MK", "826": "GB", "833": "IM", "760": "SY", "434": "LY", "818": "EG",
}  # fmt: skip


def main(path: str) -> None:
    topology = json.loads(Path(path).read_text(encoding="utf-8"))
    lines = ([project(lat, lon) for lon, lat in decoded(arc, topology["transform"])] for arc in topology["arcs"])
    arcs = [simplified(line, tolerance(line)) for line in lines]
    countries = {}
    for shape in topology["objects"]["countries"]["geometries"]:
        # Kosovo has no number in the standard; the map names no country.
        code = COUNTRIES.get(shape.get("id", ""), "XK" if shape["properties"]["name"] == "Kosovo" else "")
        if not code:
            continue
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        rings = [clipped(ring(indices, arcs)) for polygon in polygons for indices in polygon]
        rings = [points for points in rings if len(points) > 3 and abs(area(points)) > SMALLEST_ISLAND]
        if rings:
            xs, ys = zip(*(point for points in rings for point in points), strict=True)
            box = [round(number) for number in (min(xs), min(ys), max(xs), max(ys))]
            countries[code] = {"box": box, "path": "".join(map(as_path, rings))}
    LAND.write_text(as_json(countries), encoding="utf-8")
    sys.stdout.write(f"{LAND}: {len(countries)} countries, {LAND.stat().st_size} bytes\n")


def as_json(countries: Any) -> str:
    """One country a line, so that a change can be seen."""
    lines = ",\n".join(
        f"{json.dumps(code)}: {json.dumps(country, separators=(',', ':'))}"
        for code, country in sorted(countries.items())
    )
    return f'{{"frame": {json.dumps(FRAME)}, "countries": {{\n{lines}\n}}}}\n'


def decoded(arc, transform):
    """The points of a TopoJSON arc as longitude and latitude."""
    (scale_x, scale_y), (left, bottom) = transform["scale"], transform["translate"]
    x = y = 0
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        yield x * scale_x + left, max(-60.0, y * scale_y + bottom)


def ring(indices, arcs):
    """The points of one ring; a negative index is an arc walked backwards."""
    points = []
    for index in indices:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        points.extend(arc[1:] if points else arc)
    return points


def tolerance(points: Sequence[Any]) -> float:
    return NEAR if min(math.dist(point, HOME) for point in points) < REACH else FAR


def simplified(points, most):
    """The line with the fewest points that strays at most `most` (Douglas and Peucker)."""
    if len(points) < 3:
        return points
    (x1, y1), (x2, y2) = points[0], points[-1]
    length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
    strays = [
        abs((y2 - y1) * x - (x2 - x1) * y + x2 * y1 - y2 * x1) / length
        if length
        else ((x - x1) ** 2 + (y - y1) ** 2) ** 0.5
        for x, y in points[1:-1]
    ]
    furthest = max(range(len(strays)), key=strays.__getitem__)
    if strays[furthest] <= most:
        return [points[0], points[-1]]
    middle = furthest + 1
    return simplified(points[: middle + 1], most)[:-1] + simplified(points[middle:], most)


def clipped(points):
    """The part of a ring inside the frame and a margin (Sutherland and Hodgman)."""
    left, top, right, bottom = FRAME[0] - MARGIN, FRAME[1] - MARGIN, FRAME[2] + MARGIN, FRAME[3] + MARGIN
    for axis, bound, sign in ((0, left, 1), (0, right, -1), (1, top, 1), (1, bottom, -1)):
        kept = []
        for here, there in zip(points, points[1:] + points[:1], strict=True):
            inside_here, inside_there = sign * (here[axis] - bound) >= 0, sign * (there[axis] - bound) >= 0
            if inside_here:
                kept.append(here)
            if inside_here != inside_there:
                share = (bound - here[axis]) / (there[axis] - here[axis])
                kept.append(tuple(a + share * (b - a) for a, b in zip(here, there, strict=True)))
        points = kept
        if not points:
            break
    return points


def area(points: Sequence[Any]) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, [*points[1:], *points[:1]], strict=True)) / 2


def as_path(points: Iterable[Any]) -> str:
    """An SVG path: where it starts, then steps in tenths; the rounding does not add up."""
    steps, at = [], (0, 0)
    for x, y in points:
        to = (round(x * 10), round(y * 10))
        if to != at or not steps:
            steps.append(tuple(f"{(b - a) / 10:g}" for a, b in zip(at, to, strict=True)))
            at = to
    text = "M" + " ".join(steps[0]) + "l" + " ".join(" ".join(step) for step in steps[1:]) + "z"
    return text.replace(" -", "-")


if __name__ == "__main__":
    main(sys.argv[1])
