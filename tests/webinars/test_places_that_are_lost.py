"""A page elsewhere at which a recording was to be had: what the check of links finds, lists and pages say."""

import pytest

from portal.links.checking import check_due, update_list
from portal.links.models import OutsideLink
from portal.webinars import jobs
from portal.webinars.lists import list_of
from portal.webinars.models import Recording, RecordingSource
from portal.webinars.recording_state import displayed_state
from tests.local_server import Answer, local_server  # noqa: F401
from tests.markup import soup, text_of
from tests.webinars.factories import make_recording, make_source

pytestmark = pytest.mark.django_db

EPISODE = "/efus-podcast/safe-riga"


class Run:
    def progress(self, text):
        pass


def make_episode(url, **fields):
    recording = make_recording("riga", title_nl="Riga", medium="audio", mechelen_part="none")
    make_source(recording, "web:riga", "web", url=url, **fields)
    return recording


def check(times=1):
    """Try what is due, as often as it takes to believe it, and let the webinars hear of it."""
    for _time in range(times):
        OutsideLink.objects.update(next_try_at="2026-01-01T00:00:00Z")
        update_list()
        list(check_due())
        jobs.note_lost_places(Run())


def listed(key="riga"):
    return list_of(Recording.objects.get(key=key))


@pytest.mark.parametrize(("status", "times"), [(404, 2), (410, 2), (500, 2), (403, 1), (429, 1)])
def test_an_episode_whose_page_does_not_answer_is_no_longer_offered(site, client, local_server, status, times):  # noqa: F811
    make_episode(local_server.answer(EPISODE, Answer(b"", status)))
    assert listed() == "watch"
    check(times)
    assert listed() == ""
    for path in ("/nl/webinars/", "/nl/webinars/riga/"):
        assert client.get(path).status_code == 200
    assert "Riga" not in text_of(soup(client.get("/nl/webinars/")).main)


def test_one_failure_may_be_an_outage(site, local_server):  # noqa: F811
    make_episode(local_server.answer(EPISODE, Answer(b"", 404)))
    check()
    assert listed() == "watch"


@pytest.mark.parametrize(
    ("target", "problem"), [("/consent?then=1", "consent"), ("/", "start_page"), ("/efus-podcast", "elsewhere")]
)
def test_an_episode_that_leads_to_another_page_is_no_longer_offered(site, local_server, target, problem):  # noqa: F811
    url = local_server.url(EPISODE)
    local_server.head_answers[EPISODE] = (302, {"Location": target})
    local_server.head_answers[target] = (200, {})
    local_server.head_answers[target.partition("?")[0]] = (200, {})
    make_episode(url)
    check()
    assert OutsideLink.objects.get().problem == problem
    assert listed() == ""


def test_an_episode_that_moved_to_another_place_of_the_same_name_is_still_offered(site, local_server):  # noqa: F811
    moved = "/en/podcast/safe-riga"
    local_server.head_answers[EPISODE] = (301, {"Location": moved})
    local_server.head_answers[moved] = (200, {})
    make_episode(local_server.url(EPISODE))
    check()
    assert (OutsideLink.objects.get().state, listed()) == ("reached", "watch")


def test_an_episode_that_answers_again_is_offered_again(site, local_server):  # noqa: F811
    make_episode(local_server.answer(EPISODE, Answer(b"hallo")), state="unavailable")
    check()
    assert listed() == "watch"


def test_an_episode_that_is_gone_is_not_called_recorded(site, local_server):  # noqa: F811
    make_episode(local_server.answer(EPISODE, Answer(b"", 404)))
    check(2)
    assert displayed_state(Recording.objects.get(key="riga")) == "unavailable"


def test_what_a_feed_says_of_a_place_is_left_to_the_feed(site, local_server):  # noqa: F811
    url = local_server.answer(EPISODE, Answer(b"hallo"))
    make_episode(url, state="unavailable", fetched_at="2026-11-30T12:00:00Z")
    check()
    assert RecordingSource.objects.get().state == "unavailable"


def test_platforms_whose_pages_tell_a_check_nothing_are_not_tried(site):
    make_source(make_recording("a"), "yt:aaaaaaaaaaa", url="https://www.youtube.com/watch?v=aaaaaaaaaaa")
    make_source(make_recording("b"), "li:684312036221811", "linkedin", url="https://www.linkedin.com/feed/update/x/")
    update_list()
    assert not OutsideLink.objects.exists()
