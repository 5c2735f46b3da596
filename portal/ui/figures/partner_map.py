"""The map of partner cities: a line to each of them for every project, and the same as a list."""

from collections.abc import Iterable
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from portal.ui.figures.map_drawing import drawing, land
from portal.ui.figures.projection import project
from portal.ui.figures.values import value
from portal.ui.rendering import kept

MAPS_KEPT = 100  # some thirty kilobytes each


def partner_map(
    cities: Iterable,
    lines: Iterable = (),
    *,
    home: str = "mechelen",
    labels: bool = True,
    listing: str = "closed",
    title: str = "",
) -> SafeString:
    """A map of Europe with its partner cities, as near as they allow, and the list of them.

    `cities` have key, name, country (two letters), lat, lon (degrees), url, language; without a place or outside the
    map they are only listed. `lines` have `city` (its key), `title` and `url`: one for each project. They come from
    `home`, or from the city whose key is their `start`.
    `listing` is "closed" (opens on a click), "open" or "" for none. The drawing is for the eye and the pointer; who
    cannot see it or uses the keyboard has the list. Nothing for no cities.
    """
    cities, lines = tuple(cities), tuple(lines)
    if not cities:
        return SafeString()
    # Dictionaries, as in the style guide, are not kept.
    draw = _drawn if any(isinstance(thing, dict) for thing in (*cities, *lines)) else _kept
    return draw(cities, lines, home, labels, listing, title)


def _drawn(cities: tuple, lines: tuple, home: str, labels: bool, listing: str, title: str) -> SafeString:
    cities = tuple(_city(city) for city in cities)
    shared: dict[str, list] = {}
    for line in lines:
        entry = {name: value(line, name) for name in ("title", "url", "language", "start")}
        shared.setdefault(str(value(line, "city")), []).append(entry)
    # On the page of one project its name need not stand beside every city.
    several = len({line["title"] for lines_to in shared.values() for line in lines_to}) > 1
    listed = [
        city | {"shared": shared.get(city["key"], []) if several else []}
        for city in sorted(cities, key=lambda city: city["name"])
        if city["key"] != home or home in shared
    ]
    return render_to_string(
        "ui/figures/partner_map.html",
        {
            "title": title,
            "drawing": drawing([city for city in cities if city["point"]], shared, home, labels),
            "listed": listed,
            "outside": [city for city in listed if not city["point"]],
            "listing": listing,
        },
    )


_kept = kept(MAPS_KEPT)(_drawn)


def _city(city: Any) -> dict:
    """A city with its point in map units; None when it has no place on this map."""
    found = {name: value(city, name) for name in ("key", "name", "country", "url", "language")} | {"point": None}
    latitude, longitude = value(city, "lat", None), value(city, "lon", None)
    if latitude is not None and longitude is not None:
        x, y = project(float(latitude), float(longitude))
        left, top, right, bottom = land()["frame"]
        if left < x < right and top < y < bottom:
            found["point"] = (x, y)
    return found
