"""The department's YouTube channel is a configured source from the first day, off until staff switch it on."""

import pytest

from portal.feeds.models import Source
from portal.feeds.pulling.pull import pull_due
from portal.starter.loading.feed_sources import load_feed_sources

pytestmark = pytest.mark.django_db

CHANNEL = "UCPEe6adbWbT2iggXTA2J81A"


def test_the_channel_is_there_and_nobody_asks_it():
    load_feed_sources()
    source = Source.objects.get()
    assert (source.kind, source.config, source.enabled) == ("youtube_atom", CHANNEL, False)
    assert list(pull_due()) == []


def test_what_staff_made_of_it_stays():
    load_feed_sources()
    Source.objects.update(name="Ons kanaal", enabled=True)
    assert load_feed_sources() == 0
    source = Source.objects.get()
    assert (source.name, source.enabled) == ("Ons kanaal", True)


def test_it_stays_away_once_staff_deleted_it():
    load_feed_sources()
    Source.objects.all().delete()
    load_feed_sources()
    assert not Source.objects.exists()


def test_a_channel_that_staff_entered_before_is_left_as_it_is():
    Source.objects.create(name="Ons kanaal", kind="youtube_atom", config=CHANNEL, enabled=True)
    load_feed_sources()
    source = Source.objects.get()
    assert (source.name, source.enabled) == ("Ons kanaal", True)
