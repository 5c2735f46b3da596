"""schema.org in the page of a recording: what it is, its chapters as clips, a session as an event."""

import json
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.utils import timezone

from tests.markup import soup
from tests.webinars.factories import make_recording, make_source

pytestmark = pytest.mark.django_db

PATH = "/nl/webinars/safe-spaces/"
BRUSSELS = ZoneInfo("Europe/Brussels")


def told(client, path=PATH):
    scripts = soup(client.get(path)).select('script[type="application/ld+json"]')
    return [json.loads(script.string) for script in scripts]


def test_a_recording_is_a_video_with_its_chapters_as_clips(client, site):
    recording = make_recording(chapters=[(0, "Begin"), (60, "Vragen")], duration_s=100, spoken_language="nl")
    make_source(recording, "yt:dQw4w9WgXcQ", published_at=datetime(2021, 9, 20, 10, tzinfo=BRUSSELS))
    (video,) = told(client)
    assert (video["@type"], video["name"], video["duration"]) == ("VideoObject", "Veilige ruimtes", "PT100S")
    assert video["embedUrl"] == "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"
    assert video["uploadDate"].startswith("2021-09-20")
    assert [(clip["startOffset"], clip["endOffset"], clip["name"]) for clip in video["hasPart"]] == [
        (0, 60, "Begin"),
        (60, 100, "Vragen"),
    ]
    assert video["hasPart"][1]["url"] == f"{settings.WAGTAILADMIN_BASE_URL}{PATH}?t=60#t-60"


def test_what_is_not_known_is_not_said(client, site):
    make_source(make_recording(), "yt:dQw4w9WgXcQ")
    (video,) = told(client)
    assert not {"uploadDate", "duration", "hasPart", "thumbnailUrl", "inLanguage", "contentUrl"} & set(video)


def test_a_session_to_come_is_an_event(client, site):
    begins = timezone.now() + timedelta(days=3)
    make_recording(state="planned", event_start=begins, event_end=begins + timedelta(hours=1))
    (event,) = told(client)
    assert (event["@type"], event["startDate"]) == ("Event", begins.isoformat())
    assert event["location"]["url"] == f"{settings.WAGTAILADMIN_BASE_URL}{PATH}"


def test_a_session_without_a_date_and_a_recording_that_was_not_found_say_nothing(client, site):
    make_recording(state="planned")
    make_recording("other", state="not_found")
    assert told(client) == []
    assert told(client, "/nl/webinars/other/") == []


def test_words_cannot_end_the_script(client, site):
    make_source(make_recording(title_nl="</script><b>", abstract_nl="Gras & groen"), "yt:dQw4w9WgXcQ")
    (video,) = told(client)
    assert (video["name"], video["description"]) == ("</script><b>", "Gras & groen")
