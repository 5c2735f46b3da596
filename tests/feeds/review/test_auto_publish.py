"""Videos of a source that staff trust go on line by themselves; whatever is in doubt waits for somebody."""

import io
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from portal.feeds.choices import Broadcast, ItemState, KindGuess, Reason
from portal.feeds.models import Item, Source
from portal.feeds.pulling.pull import pull
from portal.feeds.review import auto_publish
from portal.jobs import queue, registry
from portal.jobs.models import Job
from portal.webinars.models import Recording
from tests.feeds.atom import entry, feed
from tests.local_server import Answer
from tests.webinars.factories import make_recording

pytestmark = pytest.mark.django_db

NOW = timezone.now()


@pytest.fixture
def run(site):
    """What the job runner does every five minutes."""
    registry.load()

    def work():
        job, _new = Job.objects.update_or_create(name="feeds.publish", defaults={"run_at": timezone.now()})
        assert queue.execute(job)

    return work


@pytest.fixture
def trusted(source):
    source.publishes = True
    source.save()
    return source


@pytest.fixture
def brought(trusted, answers, local_server, settings, tmp_path):
    """An item that the trusted source brought after that, with its picture on the suite's server."""
    settings.MEDIA_ROOT = tmp_path
    picture = io.BytesIO()
    Image.new("RGB", (480, 360), "teal").save(picture, "JPEG")
    address = local_server.answer("/vi/aaaaaaaaaaa/hqdefault.jpg", Answer(picture.getvalue()))
    answers(Answer(feed(entry(thumbnail=address))))
    pull(trusted)
    return Item.objects.get()


def state():
    return Item.objects.get().state


def test_a_video_that_came_in_is_public_with_its_picture_and_without_anybody(client, brought, run):
    run()
    recording = Recording.objects.get()
    assert recording.live
    assert recording.poster is not None
    page = client.get(recording.path_in("nl"))
    assert page.status_code == 200
    assert "Webinar: buurtwerk" in page.content.decode()
    assert state() == ItemState.ACCEPTED


def test_it_is_published_once_and_what_staff_take_off_line_stays_off_line(brought, run):
    run()
    Recording.objects.get().unpublish()
    run()
    assert not Recording.objects.get().live


def test_what_was_there_before_the_source_was_trusted_waits(brought, run):
    Item.objects.update(first_seen=NOW - timedelta(days=1))
    run()
    assert state() == ItemState.NEW


def test_a_source_that_is_not_trusted_any_more_publishes_nothing(brought, trusted, run):
    trusted.publishes = False
    trusted.save()
    run()
    assert state() == ItemState.NEW


def test_a_source_that_is_pointed_at_another_feed_is_trusted_from_then_on(trusted):
    before = trusted.publishes_since
    trusted.config = f"{trusted.config}&other=1"
    trusted.save()
    assert trusted.publishes_since > before


@pytest.mark.parametrize(
    "doubt",
    [
        {"kind_guess": KindGuess.SHORT},
        {"broadcast": Broadcast.UPCOMING},
        {"broadcast": Broadcast.LIVE},
        {"reason": Reason.NO_VIEWS},
        {"reason": Reason.UNAVAILABLE},
        {"state": ItemState.IGNORED},
        {"state": ItemState.QUARANTINED},
        {"external_id": "li:6843120362218115072"},
    ],
)
def test_whatever_is_in_doubt_waits(brought, run, doubt):
    Item.objects.update(**doubt)
    run()
    assert not Recording.objects.exists()


def test_what_may_belong_to_a_recording_that_there_is_waits(brought, run):
    Item.objects.update(title="Eerste hulp bij buurtwerk")
    make_recording(title_nl="Eerste hulp bij buurtwerk", event_start=brought.published_at, state="not_found")
    run()
    assert state() == ItemState.NEW
    assert Recording.objects.count() == 1


def test_a_draft_that_somebody_made_of_the_video_before_stays_a_draft(brought, run):
    place = make_recording(key="met-de-hand", title_nl="Iets heel anders", live=False)
    place.sources.create(platform="youtube", external_id="yt:aaaaaaaaaaa")
    run()
    assert not Recording.objects.get().live


def test_only_who_may_publish_lets_a_source_do_it(client, trusted):
    user = get_user_model().objects.create_user("beheerder", password="x")
    rights = ["access_admin", "view_source", "change_source"]
    address = reverse("wagtailsnippets_feeds_source:edit", args=[trusted.pk])
    for more, seen in ([], False), (["publish_recording"], True):
        user.user_permissions.set(Permission.objects.filter(codename__in=[*rights, *more]))
        client.force_login(user)
        assert ('name="publishes"' in client.get(address).content.decode()) is seen


def test_the_source_says_that_it_does(client, trusted):
    user = get_user_model().objects.create_superuser("admin", password="x")
    client.force_login(user)
    page = client.get(reverse("wagtailsnippets_feeds_source:inspect", args=[trusted.pk])).content.decode()
    assert "Vanzelf publiceren" in page
    assert Source.objects.get().publishes


def test_one_that_cannot_be_published_does_not_hold_up_the_others(trusted, answers, monkeypatch, site):
    answers(Answer(feed(entry(video="aaaaaaaaaaa", title="Eerste"), entry(video="bbbbbbbbbbb", title="Over wijken"))))
    pull(trusted)
    real = auto_publish.accept

    def accept(item, user, **more):
        if item.external_id == "yt:aaaaaaaaaaa":
            raise OverflowError("boo")
        return real(item, user, **more)

    monkeypatch.setattr(auto_publish, "accept", accept)
    monkeypatch.setattr("portal.feeds.review.decisions.fetch_poster", lambda url: None)
    published = []
    with pytest.raises(OverflowError):
        published.extend(auto_publish.publish_trusted_items())
    assert Item.objects.get(external_id="yt:bbbbbbbbbbb").state == ItemState.ACCEPTED
    assert Recording.objects.get().live
