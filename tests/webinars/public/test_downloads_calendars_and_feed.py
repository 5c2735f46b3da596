"""Transcripts, calendars and the feed: what leaves the portal as a file."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

import feedparser
import pytest
from django.conf import settings
from django.utils import timezone
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from icalendar import Calendar

from portal.core.content.characters import printable
from portal.webinars.models import Series
from portal.webinars.public import calendar
from portal.webinars.transcripts import exports
from portal.webinars.transcripts.paragraphs import Line, parts
from portal.webinars.transcripts.parsing import parse
from tests.webinars.factories import make_caption, make_recording, make_speaker, make_watchable

LINES = [Line(0, 2.5, "Welkom <hier> & daar.", "Ann"), Line(3725.25, 3727, "Tot ziens.")]


def test_webvtt_can_be_read_back():
    read = parse(exports.vtt(LINES))
    assert [(line.start_ms, line.end_ms, line.text, line.speaker) for line in read] == [
        (0, 2500, "Welkom <hier> & daar.", "Ann"),
        (3_725_250, 3_727_000, "Tot ziens.", ""),
    ]


def test_subrip_can_be_read_back():
    read = parse(exports.srt(LINES))
    assert [(line.start_ms, line.text) for line in read] == [
        (0, "Ann: Welkom <hier> & daar."),
        (3_725_250, "Tot ziens."),
    ] or [line.start_ms for line in read] == [0, 3_725_250]
    assert exports.srt(LINES).startswith("1\n00:00:00,000 --> 00:00:02,500\nAnn: Welkom")


def test_the_text_has_its_chapters_and_the_time_of_each_paragraph():
    text = exports.txt(parts(LINES, [(0, "Begin"), (3000, "Slot")]), ["Titel", "", "Bron"])
    assert (
        text
        == "Titel\nBron\n\nBegin\n-----\n\n[0:00] Ann: Welkom <hier> & daar.\n\nSlot\n----\n\n[1:02:05] Tot ziens.\n"
    )


@pytest.mark.django_db
def test_a_transcript_is_offered_in_three_formats(client, site):
    recording = make_recording(event_start=datetime(2021, 9, 13, 12, tzinfo=UTC))
    make_caption(recording, "fr", [(0, 2, "Bienvenue.")])
    for ending, content_type in exports.FORMATS.items():
        response = client.get(f"/captions/safe-spaces.fr.{ending}")
        assert response.headers["Content-Type"] == content_type
        assert response.headers["Content-Language"] == "fr"
        assert f'filename="safe-spaces.fr.{ending}"' in response.headers["Content-Disposition"]
        assert "Bienvenue." in response.content.decode()
    assert f"{settings.WAGTAILADMIN_BASE_URL}/id/recording/safe-spaces" in response.content.decode()
    assert "13 septembre 2021" in response.content.decode()


@pytest.mark.django_db
def test_a_file_names_only_who_agreed(client, site):
    recording = make_recording(speakers=[make_speaker()])
    make_caption(recording, "nl", [(0, 2, "Welkom.", "Ann Peeters"), (3, 4, "Dank.", "Bob Maes")])
    for ending in exports.FORMATS:
        text = client.get(f"/captions/safe-spaces.nl.{ending}").content.decode()
        assert "Ann Peeters" in text
        assert "Bob Maes" not in text


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", ["safe-spaces.de.vtt", "other.nl.vtt", "hidden.nl.vtt", "safe-spaces.nl.pdf", "a.b.c.vtt"]
)
def test_what_there_is_not_is_not_found(client, site, name):
    make_caption(make_recording(), "nl")
    make_caption(make_recording("hidden", live=False), "nl")
    assert client.get(f"/captions/{name}").status_code == 404


# Calendars


def event(**changes):
    values = {
        "uid": "recording-a@example.org",
        "title": "Veilig, of niet; een gesprek",
        "text": "Eerste regel.\nTweede \\ regel.",
        "url": "https://example.org/nl/webinars/a/",
        "starts": datetime(2027, 3, 1, 13, tzinfo=UTC),
        "ends": datetime(2027, 3, 1, 14, 30, tzinfo=UTC),
        "changed": datetime(2027, 1, 1, tzinfo=UTC),
    }
    return calendar.CalendarEvent(**values | changes)


def test_an_event_is_written_as_calendars_want_it():
    text = calendar.calendar([event()], "Webinars", "nl")
    assert text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert "\r\nDTSTART:20270301T130000Z\r\nDTEND:20270301T143000Z\r\n" in text
    assert "\r\nSUMMARY;LANGUAGE=nl:Veilig\\, of niet\\; een gesprek\r\n" in text
    assert "\r\nDESCRIPTION;LANGUAGE=nl:Eerste regel.\\nTweede \\\\ regel.\r\n" in text


def test_no_line_is_longer_than_seventy_five_octets():
    text = calendar.calendar([event(title="élan " * 40)], "Webinars", "fr")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "élan " * 40 in text.replace("\r\n ", "")


def test_an_end_that_is_not_known_is_not_made_up():
    assert "DTEND" not in calendar.calendar([event(ends=None)], "Webinars", "nl")


@hypothesis_settings(max_examples=50, deadline=None, derandomize=True)
@given(title=st.text(max_size=200), text=st.text(alphabet="aé,;:\\\n\r \"'^", max_size=200))
def test_a_calendar_reads_what_was_written(title, text):
    written = calendar.calendar([event(title=title, text=text)], "Webinars", "de")
    assert all(len(line.encode()) <= 75 for line in written.split("\r\n"))
    (read,) = Calendar.from_ical(written).walk("VEVENT")
    assert read["uid"] == "recording-a@example.org"
    assert read["summary"] == "\n".join(printable(title).splitlines())
    assert read.get("description", "") == "\n".join(printable(text).splitlines())
    assert read["summary"].params["language"] == "de"
    assert read["dtstart"].dt == datetime(2027, 3, 1, 13, tzinfo=UTC)


@pytest.mark.django_db
def test_a_session_keeps_its_identity_when_it_moves(client, site):
    recording = make_recording(state="planned", event_start=timezone.now() + timedelta(days=9))
    recording.first_published_at = recording.last_published_at = timezone.now()
    recording.save()
    before = client.get("/calendar/nl/safe-spaces.ics").content.decode()
    recording.event_start += timedelta(days=1)
    recording.last_published_at += timedelta(minutes=5)
    recording.save()
    after = client.get("/calendar/fr/safe-spaces.ics").content.decode()

    def value(text, name):
        return next(line.partition(":")[2] for line in text.split("\r\n") if line.startswith(name + ":"))

    assert value(before, "UID") == value(after, "UID") == "recording-safe-spaces@127.0.0.1"
    assert value(before, "DTSTART") != value(after, "DTSTART")
    assert int(value(before, "SEQUENCE")) < int(value(after, "SEQUENCE"))


@pytest.mark.django_db
def test_the_calendar_to_subscribe_to_has_the_sessions_to_come(client, site):
    now = timezone.now()
    make_recording("soon", title_nl="Binnenkort", state="planned", event_start=now + timedelta(days=2))
    make_recording("past", title_nl="Voorbij", event_start=now - timedelta(days=2))
    make_recording("undated", title_nl="Ooit", state="planned")
    make_recording("hidden", title_nl="Verborgen", state="planned", event_start=now + timedelta(days=2), live=False)
    response = client.get("/calendar/nl.ics")
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert [line for line in response.content.decode().split("\r\n") if line.startswith("SUMMARY")] == [
        "SUMMARY;LANGUAGE=nl:Binnenkort"
    ]
    assert client.get("/calendar/nl/undated.ics").status_code == 404
    assert client.get("/calendar/xx.ics").status_code == 404


# The feed


@pytest.mark.django_db
def test_the_feed_is_in_the_language_of_its_path(client, site, webinars_in_french):
    series = Series.objects.create(key="s", title_nl="Reeks", title_fr="Série", live=True)
    make_watchable(
        "a", title_nl="Oud", title_fr="Ancien", slug_fr="ancien", event_start=timezone.now() - timedelta(days=900)
    )
    make_watchable("b", title_nl="Nieuw", event_start=timezone.now() - timedelta(days=9), series=series)
    make_watchable("c", title_nl="Voorbeeld", is_example=True)
    make_recording("d", title_nl="Van anderen", state="not_found", mechelen_part="none")
    response = client.get("/feeds/fr/webinars.xml")
    feed = feedparser.parse(BytesIO(response.content))
    assert (feed.bozo, feed.feed.language, feed.feed.title) == (False, "fr", "Webinaires")
    assert [entry.title for entry in feed.entries] == ["Nieuw", "Ancien"]
    base = settings.WAGTAILADMIN_BASE_URL
    assert [entry.link for entry in feed.entries] == [f"{base}/fr/webinaires/b/", f"{base}/fr/webinaires/ancien/"]
    assert [entry.id for entry in feed.entries] == [f"{base}/id/recording/b", f"{base}/id/recording/a"]
    assert feed.entries[0].tags[0].term == "Série"


@pytest.mark.django_db
def test_text_of_a_source_is_no_markup_in_the_feed(client, site):
    make_watchable("x", abstract_nl="<script>alert(1)</script> & meer")
    content = client.get("/feeds/nl/webinars.xml").content.decode()
    assert "&amp;lt;script&amp;gt;" in content


@pytest.mark.django_db
def test_a_language_without_the_page_has_no_feed(client, site):
    assert client.get("/feeds/de/webinars.xml").status_code == 404
