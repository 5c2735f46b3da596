"""Recordings that are larger, longer or stranger than most: every page, list and file with them still answers."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar

from portal.webinars.models import Cue
from portal.webinars.public.search_documents import recording_documents
from tests.conftest import MOST_QUERIES
from tests.factories import make_method
from tests.schema_org import graph_of, mistakes
from tests.webinars.factories import make_caption, make_recording, make_source

pytestmark = pytest.mark.django_db

PATH = "/nl/webinars/safe-spaces/"
TEN_HOURS = 36_000
ATOM = "{http://www.w3.org/2005/Atom}"
LONG_TITLES = ["Woorden " * 37, "W" * 300, "W" * 290 + "</title>", "Ë" * 300]


def answered(client, path):
    """The body of a page that took no more queries than any other."""
    with CaptureQueriesContext(connection) as queries:
        response = client.get(path)
    assert response.status_code == 200, path
    assert len(queries) <= MOST_QUERIES, path
    return response.content.decode()


@pytest.fixture
def ten_hours(site):
    recording = make_recording(duration_s=TEN_HOURS, chapters=[(0, "Begin"), (TEN_HOURS - 60, "Slot")])
    make_source(recording, "yt:dQw4w9WgXcQ")
    caption = make_caption(recording, lines=())
    Cue.objects.bulk_create(
        Cue(caption=caption, position=n, start_ms=n * 6000, end_ms=n * 6000 + 5000, text=f"Zin {n} van een lange dag.")
        for n in range(TEN_HOURS // 6)
    )
    return recording


def test_a_transcript_of_ten_hours_can_be_read_searched_and_taken_along(client, ten_hours):
    assert "Zin 0 van" in answered(client, PATH)
    assert "<mark>5999</mark>" in answered(client, f"{PATH}?q=5999&t=35994")
    for ending, last in (("vtt", "09:59:54.000 -->"), ("srt", "09:59:54,000 -->"), ("txt", "Zin 5999 van")):
        assert last in answered(client, f"/captions/safe-spaces.nl.{ending}")
    (document,) = recording_documents(["safe-spaces"])
    assert (len(document.cues), document.cues[-1].start_s) == (TEN_HOURS // 6, 35_994)


@pytest.mark.parametrize("second", ["99999999", "-1", "1e9", "٣", "", "0" * 400, "36000", "\x00"])
def test_a_second_that_no_recording_has_shows_the_page(client, site, second):
    make_caption(make_recording(), lines=[(0, 4, "Welkom.")])
    assert "Welkom." in answered(client, f"{PATH}?t={second}")


@pytest.mark.parametrize("title", LONG_TITLES)
def test_a_title_of_three_hundred_characters_is_shown_whole_on_its_page_and_breaks_no_list(client, site, title):
    begins = timezone.now() + timedelta(days=3)
    method = make_method(title="Buurtwerk")
    for key, fields in (("safe-spaces", {}), ("komt", {"state": "planned", "event_start": begins})):
        recording = make_recording(key, title_nl="", methods=[(method, None)], **fields)
        make_source(recording, f"yt:{key:a<11}", title=title)
    page = client.get(PATH)
    assert title.strip() in page.context["title"]
    assert mistakes(graph_of(page)) == []
    for path in ("/nl/", "/nl/webinars/", method.get_url(), "/sitemap-recordings.xml"):
        answered(client, path)
    titles = [
        entry.findtext(f"{ATOM}title") for entry in ElementTree.fromstring(answered(client, "/feeds/nl/webinars.xml"))
    ]
    assert any(title.strip() in (one or "") for one in titles)
    (session,) = Calendar.from_ical(answered(client, "/calendar/nl.ics")).walk("VEVENT")
    assert title.strip() in session["SUMMARY"]


@pytest.mark.parametrize("duration", [60, None, 0])
def test_chapters_beyond_the_end_break_nothing(client, site, duration):
    chapters = [(0, "Begin"), (90, "Na het einde"), (2_000_000_000, "In een ander leven")]
    recording = make_recording(duration_s=duration, chapters=chapters)
    make_source(recording, "yt:dQw4w9WgXcQ")
    make_caption(recording, lines=[(0, 4, "Welkom.")])
    assert "Begin" in answered(client, PATH)
    assert mistakes(graph_of(client.get(PATH))) == []
    assert "Welkom." in answered(client, "/captions/safe-spaces.nl.txt")
    list(recording_documents(["safe-spaces"]))
