"""A podcast as any feed: answers that are no feed, odd content types, and an episode that moved to another address."""

import pytest
from django.contrib.auth import get_user_model

from portal.feeds.choices import Outcome
from portal.feeds.models import Item, Source
from portal.feeds.pulling.pull import pull
from portal.feeds.review.decisions import accept
from portal.webinars.models import RecordingSource
from tests.feeds.adapters.test_web_feeds import NOW, PATH, item, rss
from tests.local_server import Answer

pytestmark = pytest.mark.django_db

OLD, NEW = "https://podcast.example.org/aflevering-1", "https://podcast.example.org/seizoen-1/aflevering-1"
CONSENT = b"<!DOCTYPE html><html><body><form action='/consent'>Alles aanvaarden</form></body></html>"


def episode(link=OLD, guid="aflevering-1", sound="1.mp3", **more):
    enclosure = f'<enclosure url="https://cdn.example.org/{sound}" type="audio/mpeg" length="1"/></item>'
    return item("Aflevering 1", link, guid, **more).replace("</item>", enclosure)


@pytest.fixture
def podcast(db, local_server):
    source = Source(name="Podcast", kind="web_feed", config=local_server.url(PATH), enabled=True)
    source.full_clean()
    source.save()
    return source


@pytest.fixture
def pulled(podcast, local_server):
    """Pull this answer: `pulled(body, status=200, **headers)`. Returns the line of the log."""

    def pull_answer(body, status=200, content_type="application/rss+xml"):
        headers = {"Content-Type": content_type} if content_type else {}
        local_server.answer(PATH, Answer(body, status, headers))
        return pull(podcast, NOW)

    return pull_answer


@pytest.mark.parametrize(
    ("status", "body", "content_type"),
    [
        (404, b"<html>Niet gevonden</html>", "text/html"),
        (403, b"<html>Verboden</html>", "text/html"),
        (410, b"", ""),
        (200, CONSENT, "text/html"),
        (200, CONSENT, "application/rss+xml"),
        (202, b"", "text/html"),
        (204, b"", ""),
        (200, b"ID3\x04\x00\x00\x00\x00", "audio/mpeg"),
        (200, b"%PDF-1.7 \xe2\xe3\xcf\xd3", "application/pdf"),
        (200, b'{"error": "log in"}', "application/json"),
    ],
)
def test_what_is_no_feed_changes_nothing_and_says_why(pulled, status, body, content_type):
    assert pulled(rss(episode())).outcome == Outcome.OK
    before = list(Item.objects.values())
    log = pulled(body, status, content_type)
    assert log.outcome not in (Outcome.OK, Outcome.UNCHANGED)
    assert log.message.endswith(".")
    assert list(Item.objects.values()) == before


@pytest.mark.parametrize(
    "content_type", ["", "text/html", "text/plain", "application/octet-stream", "audio/mpeg", "x/y; =;;", "é"]
)
def test_a_feed_is_read_whatever_its_server_calls_it(pulled, content_type):
    assert pulled(rss(episode()), content_type=content_type.encode().decode("latin-1")).outcome == Outcome.OK
    assert Item.objects.get().title == "Aflevering 1"


def test_an_episode_that_moved_stays_one_episode_and_leads_to_its_new_address(pulled):
    pulled(rss(episode()))
    recording = accept(Item.objects.get(), get_user_model().objects.create_user("nalezer"))
    pulled(rss(episode(NEW, sound="nieuw.mp3")))
    assert Item.objects.get().url == NEW
    assert list(RecordingSource.objects.values_list("recording", "url")) == [(recording.pk, NEW)]


def test_an_episode_that_is_not_in_the_feed_any_more_keeps_its_recording(pulled):
    pulled(rss(episode()))
    accept(Item.objects.get(), get_user_model().objects.create_user("nalezer"))
    assert pulled(rss(episode("https://podcast.example.org/2", "aflevering-2"))).outcome == Outcome.OK
    assert RecordingSource.objects.get().url == OLD


@pytest.mark.parametrize("link", ["javascript:alert(1)", "", "http://[", "/relatief"])
def test_an_episode_that_moved_to_no_address_leaves_no_dead_one(pulled, link):
    pulled(rss(episode()))
    accept(Item.objects.get(), get_user_model().objects.create_user("nalezer"))
    pulled(rss(episode(link)))
    assert "javascript" not in RecordingSource.objects.get().url
    assert not RecordingSource.objects.get().url.startswith("http://[")
