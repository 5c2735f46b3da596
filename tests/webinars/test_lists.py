"""In which of the three lists a recording stands (portal/webinars/lists.py)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.webinars.choices import RecordingList, TakeDownReason
from portal.webinars.lists import list_of, numbers
from portal.webinars.models import Recording, TakeDown
from portal.webinars.selectors import listed_recordings, public_recordings
from tests.webinars.factories import make_recording, make_source

pytestmark = pytest.mark.django_db

WATCH, TO_COME, TOOK_PLACE = RecordingList.WATCH, RecordingList.TO_COME, RecordingList.TOOK_PLACE
EPISODE = "https://podcast.ausha.co/efus-podcast/safe-riga"


def stands_in(recording):
    """The list of a recording, for which the query and the object say the same."""
    listed = public_recordings().filter(pk=recording.pk).first()
    name = list_of(Recording.objects.get(pk=recording.pk))
    assert name == (listed.of_list if listed else "")
    return name


def make_episode(key="riga", **fields):
    source = fields.pop("source", {})
    recording = make_recording(key, medium="audio", mechelen_part="none", **fields)
    make_source(recording, f"web:{key}", "web", **{"url": EPISODE, **source})
    return recording


def test_a_video_that_plays_here_is_to_watch():
    recording = make_recording()
    make_source(recording)
    assert stands_in(recording) == WATCH


def test_an_episode_on_its_own_page_is_to_listen_to_though_mechelen_took_no_part():
    assert stands_in(make_episode()) == WATCH


@pytest.mark.parametrize("state", ["unavailable", "unavailable_suspected"])
def test_an_episode_whose_page_is_lost_is_not_offered(state):
    assert stands_in(make_episode(source={"state": state})) == ""


def test_a_video_that_is_only_suspected_to_be_gone_stays_until_staff_looked():
    recording = make_recording()
    make_source(recording, state="unavailable_suspected")
    assert stands_in(recording) == WATCH


def test_what_mechelen_took_part_in_and_nobody_can_watch_took_place():
    for part in ("speaker", "host", "organiser", "featured"):
        assert stands_in(make_recording(part, state="not_found", mechelen_part=part)) == TOOK_PLACE


@pytest.mark.parametrize("part", ["", "none"])
def test_what_others_held_or_nobody_knows_of_is_in_no_list_without_a_recording(part):
    assert stands_in(make_recording(state="not_found", mechelen_part=part)) == ""


def test_a_recording_of_mechelen_that_is_gone_took_place():
    recording = make_recording(mechelen_part="speaker")
    make_source(recording, state="unavailable")
    assert stands_in(recording) == TOOK_PLACE


def test_a_recording_without_any_address_is_not_to_watch():
    assert stands_in(make_recording()) == ""


def test_a_page_with_an_address_that_is_no_web_page_is_not_to_watch():
    assert stands_in(make_episode(source={"url": "javascript:alert(1)"})) == ""


def test_a_session_is_to_come_until_it_is_over():
    now = timezone.now()
    fields = {"state": "planned", "mechelen_part": "speaker"}
    assert stands_in(make_recording("morgen", event_start=now + timedelta(days=1), **fields)) == TO_COME
    assert stands_in(make_recording("gisteren", event_start=now - timedelta(days=1), **fields)) == TOOK_PLACE


def test_a_session_of_which_only_the_month_is_known_is_to_come_all_that_month():
    today = timezone.localdate()
    last_month = today.replace(day=1) - timedelta(days=1)
    assert stands_in(make_recording("nu", state="planned", event_day=f"{today:%Y-%m}")) == TO_COME
    assert stands_in(make_recording("toen", state="planned", event_day=f"{last_month:%Y-%m}")) == ""


def test_a_session_that_was_called_off_is_in_no_list():
    start = timezone.now() - timedelta(days=1)
    for key, hours in (("voorbij", 0), ("te-komen", 48)):
        recording = make_recording(
            key, state="planned", mechelen_part="host", event_start=start + timedelta(hours=hours)
        )
        make_source(recording, f"web:{key}", "web", state="called_off")
        assert stands_in(recording) == ""


def test_an_example_is_offered_nowhere():
    recording = make_recording(is_example=True)
    make_source(recording)
    assert stands_in(recording) == ""
    assert not listed_recordings().exists()


def test_a_film_about_the_portal_can_be_found_and_is_no_webinar():
    recording = make_recording(is_about_portal=True, mechelen_part="organiser")
    make_source(recording)
    assert stands_in(recording) == ""
    assert listed_recordings().get() == recording


def test_what_was_taken_down_is_in_no_list():
    recording = make_recording(mechelen_part="speaker")
    make_source(recording)
    TakeDown.objects.create(recording=recording, reason=TakeDownReason.SPEAKER)
    assert stands_in(recording) == ""


def test_each_list_has_a_number_of_its_own():
    make_episode("a")
    make_episode("b")
    make_recording("c", state="not_found", mechelen_part="speaker")
    make_recording("d", state="not_found")
    make_recording("e", is_example=True)
    assert numbers(public_recordings()) == {WATCH: 2, TO_COME: 0, TOOK_PLACE: 1}
