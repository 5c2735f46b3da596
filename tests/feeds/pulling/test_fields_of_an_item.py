"""The fields of an item are one list: what is stored, compared and shown on a recording follows from it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from portal.feeds import checks
from portal.feeds.choices import ItemState
from portal.feeds.item_values import ON_RECORDING, STORED, ItemValues, field_values, fields_used_for
from portal.feeds.models import Connection, Item, Source
from portal.feeds.pulling.store import StoreResult, content_hash, store_items
from portal.feeds.review.decisions import accept

NOW = timezone.now()
START = datetime(2026, 1, 2, 14, tzinfo=UTC)
FULL = {
    "external_id": "yt:aaaaaaaaaaa",
    "title": "Webinar é",
    "text": "Tekst",
    "url": "https://example.org/1",
    "duration_s": 60,
    "kind_guess": "webinar",
    "event_start": START,
    "event_end": START + timedelta(hours=1),
    "broadcast": "ended",
    "thumbnail_url": "",
    "file_url": "https://example.org/1.mp4",
    "published_at": START - timedelta(days=1),
    "updated_at": START,
    "reason": "region",
}


@pytest.fixture
def source(db):
    return Source.objects.create(name="Blog", kind="web_feed", config="https://example.org/feed")


def test_every_stored_field_is_in_the_item(source):
    store_items(source, [ItemValues(**FULL)], NOW)
    assert field_values(Item.objects.get(), STORED) == {name: FULL[name] for name in fields_used_for(STORED)}


@pytest.mark.parametrize("name", fields_used_for(STORED))
def test_another_value_of_any_field_is_stored_at_the_next_pull(source, name):
    other = {
        "title": "Anders",
        "text": "Anders",
        "url": "https://example.org/2",
        "duration_s": 90,
        "kind_guess": "other",
        "event_start": START + timedelta(days=1),
        "event_end": START + timedelta(days=2),
        "broadcast": "live",
        "thumbnail_url": "https://example.org/2.jpg",
        "file_url": "https://example.org/2.mp4",
        "published_at": START,
        "updated_at": START + timedelta(days=1),
        "reason": "no_views",
    }
    store_items(source, [ItemValues(**FULL)], NOW)
    store_items(source, [ItemValues(**FULL | {name: other[name]})], NOW + timedelta(hours=1))
    assert getattr(Item.objects.get(), name) == other[name]


def test_every_field_of_a_recording_is_copied_to_it(source):
    store_items(source, [ItemValues(**FULL)], NOW)
    (video_link,) = accept(Item.objects.get(), None).sources.all()
    assert field_values(video_link, ON_RECORDING) == {name: FULL[name] for name in fields_used_for(ON_RECORDING)}
    assert Item.objects.get().state == ItemState.ACCEPTED


@pytest.mark.no_database
class TestContentHash:
    """Its value must not change, or every stored item would count as changed at the next pull."""

    PLAIN = FULL | {"event_start": None, "event_end": None, "broadcast": ""}

    def test_of_an_item_without_a_date(self):
        expected = "c916c68e93aa01776674bbba96c2cd55e70afbd1b149a6fde812318e2b457a56"
        assert content_hash(ItemValues(**self.PLAIN)) == expected

    def test_of_a_session(self):
        expected = "279d0dcaac545ee855ee6343b0d6b5f34c29f8700fdb82fcf44d161dee0f78a9"
        assert content_hash(ItemValues(**self.PLAIN | {"event_start": START})) == expected

    def test_of_a_stream(self):
        expected = "f462ec654cca0d8a44967bad4a76143228b4d1b0abc62170ef3c75edbbc8d30f"
        assert content_hash(ItemValues(**self.PLAIN | {"broadcast": "live"})) == expected

    @pytest.mark.parametrize("name", ["thumbnail_url", "published_at", "updated_at", "reason", "file_url"])
    def test_does_not_depend_on_what_is_no_content(self, name):
        assert content_hash(ItemValues(**FULL | {name: ""})) == content_hash(ItemValues(**FULL))


@pytest.mark.no_database
class TestMissingColumns:
    def test_every_field_has_its_columns(self):
        assert checks.item_fields_have_columns(None) == []

    def test_a_column_that_is_missing_is_named(self):
        assert checks.missing_columns(Connection, STORED) == list(fields_used_for(STORED))


def test_an_empty_value_is_filled_by_a_source_that_knows_less(source):
    store_items(source, [ItemValues(**FULL | {"duration_s": None})], NOW)
    files = Source.objects.create(name="Lijst", kind="video_list")
    (stored,) = store_items(files, [ItemValues(**FULL | {"title": "Anders"})], NOW)
    assert stored.result == StoreResult.CHANGED
    assert (Item.objects.get().duration_s, Item.objects.get().title) == (60, "Webinar é")
