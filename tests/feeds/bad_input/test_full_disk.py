"""A disk that is full while a poster is stored: nothing is half done, and the next run completes it.

The disk is not really full: the operating system refuses this process any longer file, which fails in the same place.
"""

import io
import resource
from contextlib import contextmanager

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction
from django.urls import reverse
from PIL import Image

from portal.core.models import SchakelImage
from portal.feeds.choices import ItemState
from portal.feeds.errors import DecisionError
from portal.feeds.models import Item
from portal.feeds.pulling.pull import pull
from portal.feeds.review.auto_publish import publish_trusted_items
from portal.feeds.review.decisions import accept, merge
from portal.webinars.models import Recording
from portal.webinars.public.posters import make_missing_renditions
from tests.feeds.atom import entry, feed
from tests.local_server import Answer
from tests.webinars.factories import make_recording

pytestmark = pytest.mark.django_db


@contextmanager
def full_disk():
    """No file can be longer than a kilobyte."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.fixture
def item(site, source, answers, local_server, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    source.publishes = True
    source.save()
    picture = io.BytesIO()
    Image.effect_noise((640, 360), 90).convert("RGB").save(picture, "JPEG")
    address = local_server.answer("/vi/aaaaaaaaaaa/hqdefault.jpg", Answer(picture.getvalue()))
    answers(Answer(feed(entry(thumbnail=address))))
    pull(source)
    return Item.objects.get()


def test_an_item_is_not_half_accepted_and_is_at_the_next_try(item):
    with full_disk(), pytest.raises(DecisionError):
        accept(item, None)
    assert not Recording.objects.exists()
    assert not SchakelImage.objects.exists()
    item.refresh_from_db()
    assert item.state == ItemState.NEW
    assert accept(item, None).poster is not None
    assert SchakelImage.objects.count() == 1


def test_a_reviewer_reads_what_to_do(client, item):
    client.force_login(get_user_model().objects.create_superuser("admin", password="x"))
    client.get("/admin/")  # what a server does at its first request was done before the disk was full
    with full_disk():
        page = client.post(reverse("feeds:accept_item", args=[item.pk]), follow=True).content.decode()
    assert "De afbeelding kon niet bewaard worden, dus er veranderde niets." in page


def test_a_merged_item_leaves_the_recording_as_it_was(item):
    recording = make_recording(state="not_found")
    with full_disk(), pytest.raises(DecisionError):
        merge(item, recording, None)
    recording.refresh_from_db()
    assert (recording.state, recording.sources.count()) == ("not_found", 0)
    merge(item, recording, None)
    assert recording.sources.count() == 1


def test_a_trusted_source_publishes_it_at_the_next_run(item):
    with full_disk():
        assert list(publish_trusted_items()) == []
    (recording,) = publish_trusted_items()
    assert recording.poster is not None


def test_the_page_goes_without_its_picture_and_has_it_afterwards(client, item):
    accept(item, None, publish=True)
    path = Recording.objects.get().path_in("nl")
    client.get("/nl/")  # what a server does at its first request was done before the disk was full
    with full_disk():
        page = client.get(path)
    assert page.status_code == 200
    assert "/media/images/" not in page.content.decode()
    assert "/media/images/" in client.get(path).content.decode()


def test_the_widths_are_made_at_the_next_run(item):
    accept(item, None, publish=True)
    with full_disk(), pytest.raises(OSError, match="large"), transaction.atomic():
        list(make_missing_renditions())
    assert list(make_missing_renditions()) == [SchakelImage.objects.get()]
    assert list(make_missing_renditions()) == []
