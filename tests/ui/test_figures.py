"""Figures: valid, escaped, without styles of their own, and with their text in them."""

import math
import xml.etree.ElementTree as ElementTree

import pytest

from portal.ui import figures
from portal.ui.figures.label_placement import placed
from portal.ui.figures.map_drawing import land
from portal.ui.figures.projection import project
from portal.ui.styleguide.examples import CITIES, EVENTS, LINES, MOMENTS, NEIGHBOURS, RUNGS
from portal.ui.styleguide.examples import LIKE_MARKUP as NASTY

DRAWN = {
    "ladder": lambda: figures.ladder(RUNGS, title=NASTY),
    "chain": lambda: figures.chain(RUNGS, title=NASTY),
    "levels": lambda: figures.levels(RUNGS, title=NASTY),
    "timeline": lambda: figures.timeline(EVENTS),
    "map": lambda: figures.partner_map(CITIES, LINES, title=NASTY),
}


def parsed(markup: str) -> ElementTree.Element:
    return ElementTree.fromstring("<root>" + markup.replace(" open>", ' open="">') + "</root>")


@pytest.mark.parametrize("name", ["ladder", "chain", "levels"])
def test_the_text_of_a_figure_stands_in_it_as_a_list(name):
    tree = parsed(DRAWN[name]())
    items = tree.findall(".//ol/li")
    assert len(items) == len(RUNGS)
    assert [NASTY in "".join(item.itertext()) for item in items] == [False, True, True]


@pytest.mark.parametrize("name", ["ladder", "chain", "levels"])
def test_what_is_not_confirmed_says_so(name):
    tree = parsed(DRAWN[name]())
    doubts = ["rung__doubt" in ElementTree.tostring(item, encoding="unicode") for item in tree.findall(".//ol/li")]
    assert doubts == [True, False, False]


@pytest.mark.parametrize("draw", [figures.ladder, figures.chain, figures.levels, figures.timeline])
def test_nothing_is_drawn_of_nothing(draw):
    assert draw([]) == ""


def test_a_chain_and_its_network_have_a_numbered_ring_for_each_link():
    tree = parsed(figures.chain([{"title": str(number)} for number in range(6)]))
    numbers = [element.text for element in tree.iter("text") if element.get("class") == "chain__number"]
    assert numbers == ["1", "2", "3", "4", "5", "6"] * 2


def test_a_timeline_stands_in_order_under_a_line_of_years():
    tree = parsed(DRAWN["timeline"]())
    assert [time.get("datetime") for time in tree.iter("time")] == ["2019-10-16", "2021-02", "2022"]
    rings = [float(ring.get("cx").rstrip("%")) for ring in tree.iter("circle")]
    assert rings == sorted(rings) and 0 < rings[0] and rings[-1] < 100
    years = [text.text for text in tree.iter("text")]
    assert years == ["2019", "2020", "2021", "2022"]


def test_two_dates_make_no_line_of_years():
    events = [{"date": "2019", "text": "a"}, {"date": "2020", "text": "b"}]
    assert "<svg" not in figures.timeline(events)


def test_a_moment_stands_where_it_is_in_the_recording_and_leads_there():
    tree = parsed(figures.moments_strip([{"start_s": 720, "label": "het moment"}], 2880, url="/r/"))
    [link] = tree.iter("a")
    assert link.get("href") == "/r/?t=720#t-720"
    assert link.get("aria-label") == "12:00 het moment"
    assert [svg.get("x") for svg in tree.iter("svg") if svg.get("x")] == ["25.00%"]


def test_a_moment_after_the_end_is_left_out():
    assert figures.moments_strip([{"start_s": 4000}], 2880, url="/r/") == ""
    assert figures.moments_strip([{"start_s": 10}], None, url="/r/") == ""


def test_a_strip_without_links_is_an_ornament():
    tree = parsed(figures.moments_strip(MOMENTS, 2880))
    assert tree.find("svg").get("aria-hidden") == "true"
    assert not list(tree.iter("a"))


def test_every_city_is_in_the_list_and_those_outside_europe_are_not_drawn():
    tree = parsed(DRAWN["map"]())
    listed = [
        "".join(item.find("a").itertext() if item.find("a") is not None else [item.text]).strip()
        for item in tree.iter("li")
    ]
    assert sorted(listed) == sorted(["Leiria", NASTY, "San Diego", "Zonder plaats"])
    drawn = [title.text for title in tree.iter("title")]
    assert "San Diego" not in drawn and "Leiria" in drawn and "Mechelen" in drawn


def test_every_shared_project_has_its_own_line_with_its_name():
    tree = parsed(DRAWN["map"]())
    lines = [link for link in tree.iter("a") if link.find("path") is not None]
    assert [(link.get("href"), link.find("title").text) for link in lines] == [
        ("/nl/projecten/urbsecurity/", "UrbSecurity: Leiria"),
        ("/nl/projecten/x/", f"{NASTY}: Leiria"),
    ]
    assert len({link.find("path").get("d") for link in lines}) == 2


def test_the_drawing_of_the_map_is_not_in_the_way_of_the_keyboard():
    tree = parsed(DRAWN["map"]())
    assert tree.find(".//svg[@class='map']").get("aria-hidden") == "true"
    assert all(link.get("tabindex") == "-1" for link in tree.find(".//svg[@class='map']").iter("a"))


def test_neighbours_are_shown_from_nearer_by():
    near = figures.partner_map([CITIES[0], CITIES[0] | {"key": "gent", "name": "Gent", "lat": 51.05, "lon": 3.72}])
    far = figures.partner_map([*CITIES[:2], CITIES[0] | {"key": "helsinki", "lat": 60.2, "lon": 24.9}])

    def scale(markup):
        return float(parsed(markup).find(".//svg/g").get("transform").split("scale(")[1].rstrip(")"))

    assert scale(near) > 2 * scale(far)


def test_a_crowd_around_home_is_shown_from_nearer_by_in_a_corner_and_every_name_stands_there():
    tree = parsed(figures.partner_map(NEIGHBOURS))
    [lens] = (group for group in tree.iter("g") if group.get("class") == "map__lens")
    inside = sorted(text.text for text in lens.iter("text"))
    assert inside == ["Antwerpen", "Brussel", "Dordrecht", "Gent", "Mechelen", "Rotterdam"]
    every = [text.text for text in tree.iter("text")]
    assert sorted(set(every)) == sorted(city["name"] for city in NEIGHBOURS)


def test_two_maps_on_a_page_share_no_identifier():
    tree = parsed(figures.partner_map(NEIGHBOURS, labels=False) + figures.partner_map(NEIGHBOURS))
    identifiers = [element.get("id") for element in tree.iter() if element.get("id")]
    assert len(identifiers) == len(set(identifiers)) == 2


def test_names_on_the_map_do_not_lie_on_each_other_or_on_a_point():
    points = [(300 + 14 * math.cos(turn) * turn, 300 + 14 * math.sin(turn) * turn, "Stadsnaam") for turn in range(14)]
    labels = [label for label in placed(points, (0, 0, 740, 600)) if label]
    assert len(labels) >= 12
    boxes = [label.box for label in labels]
    assert not any(one.meets(other) for index, one in enumerate(boxes) for other in boxes[index + 1 :])
    assert all(box.within((0, 0, 740, 600)) for box in boxes)


def test_the_projection_keeps_shapes_and_puts_its_origin_in_the_middle():
    assert project(50, 9) == pytest.approx((0, 0), abs=1e-9)
    # Conformal: a small step north and a small step east are as long as they are on the sphere, in proportion.
    for latitude, longitude in ((51.03, 4.48), (39.7, -8.8), (60.2, 24.9)):
        here = project(latitude, longitude)
        north = math.dist(here, project(latitude + 0.01, longitude))
        east = math.dist(here, project(latitude, longitude + 0.01)) / math.cos(math.radians(latitude))
        assert north == pytest.approx(east, rel=0.001)


def test_the_land_behind_the_map_is_small_and_in_its_frame():
    assert sum(len(country["path"]) for country in land()["countries"].values()) < 30_000
    left, top, right, bottom = land()["frame"]
    for country in land()["countries"].values():
        assert country["path"].startswith("M")
        assert country["box"][0] >= left - 13 and country["box"][2] <= right + 13
        assert country["box"][1] >= top - 13 and country["box"][3] <= bottom + 13


def test_the_european_emblem_has_twelve_gold_stars_on_blue():
    tree = parsed(figures.emblem())
    svg = tree.find("svg")
    assert svg.get("role") == "img" and svg.get("aria-label")
    assert svg.get("viewBox") == "0 0 810 540"
    assert svg.find("path").get("fill") == "#003399"
    assert svg.find("g").get("fill") == "#FFCC00"
    stars = svg.findall("g/path")
    assert len(stars) == 12
    tops = [tuple(map(float, star.get("d")[1:].split("L")[0].split())) for star in stars]
    # Every star points up, and their centres lie on a circle of a third of the height.
    assert all(math.dist((x, y + 30), (405, 270)) == pytest.approx(180, abs=0.1) for x, y in tops)
