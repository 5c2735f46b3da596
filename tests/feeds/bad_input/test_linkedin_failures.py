"""Bad input 46: what LinkedIn's API refuses, and the odd posts that it gives (docs/feed-rules.md 5.5)."""

import logging
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connections
from django.utils import timezone

from portal.feeds.choices import ItemState, Outcome, Reason
from portal.feeds.encryption import encrypt
from portal.feeds.models import Connection, Item
from portal.feeds.pulling.pull import pull
from tests.feeds.linkedin_server import error, number_of, post

pytestmark = pytest.mark.django_db

NOW = timezone.now()
DAY = timedelta(days=1)
POSTED = number_of(1_631_527_033_381)


@pytest.fixture
def archive(linkedin, connected):
    """A page of which two posts were found already; gives the source."""
    linkedin.posts = [post(POSTED), post(POSTED + 1, "Nog een bericht")]
    source = connected()
    assert pull(source, NOW).n_new == 2
    linkedin.calls.clear()
    return source


def refused(source, before):
    """The log of a pull that failed with a clear sentence and left the archive as it was."""
    log = pull(source, NOW + DAY)
    assert log.outcome in (Outcome.FAILED, Outcome.REFUSED, Outcome.REJECTED)
    assert log.message.endswith(".")
    assert "token-1" not in log.message
    assert list(Item.objects.values()) == before
    return log


@pytest.mark.parametrize(
    ("answer", "code", "says"),
    [
        (error(401, "EXPIRED_ACCESS_TOKEN", 65602), "http_401", "opnieuw"),
        (error(401, "REVOKED_ACCESS_TOKEN", 65601), "http_401", "opnieuw"),
        (error(403, "ACCESS_DENIED", 100), "http_403", "beheer"),
        (error(404, "RESOURCE_NOT_FOUND"), "http_404", "nummer"),
        (error(426, "NONEXISTENT_VERSION"), "version", "202609"),
        (error(400, "VERSION_MISSING"), "version", "202609"),
        (error(400, "ILLEGAL_ARGUMENT"), "http_400", "LinkedIn"),
        (error(429, "TOO_MANY_REQUESTS", 101), "http_429", "429"),
        (error(500), "http_500", "5xx"),
        ((503, b"<html>"), "http_503", "5xx"),
        ((200, b"<html>inloggen</html>"), "bad_shape", "lijst"),
        ((200, {"paging": {}}), "bad_shape", "lijst"),
    ],
)
def test_a_refusal_is_one_clear_sentence_and_leaves_the_archive_as_it_was(
    linkedin, archive, answer, code, says, caplog
):
    caplog.set_level(logging.DEBUG)
    linkedin.fail = lambda resource, call: answer
    log = refused(archive, list(Item.objects.values()))
    assert log.error_class == code
    assert says in log.message
    assert "token-1" not in caplog.text
    assert len(linkedin.calls) == 1


@pytest.mark.parametrize("status", [401, 403, 429, 500])
def test_an_answer_that_stops_halfway_is_not_used(linkedin, archive, status):
    linkedin.page = 1
    linkedin.posts = [post(POSTED + number, f"Bericht {number}") for number in range(400)]
    linkedin.fail = lambda resource, call: error(status) if call == 3 else None
    refused(archive, list(Item.objects.values()))


def test_a_token_that_linkedin_refused_is_not_sent_again(linkedin, archive):
    linkedin.fail = lambda resource, call: error(401, "REVOKED_ACCESS_TOKEN")
    pull(archive, NOW + DAY)
    linkedin.fail = lambda resource, call: None
    log = pull(archive, NOW + 2 * DAY)
    assert (log.outcome, log.error_class) == (Outcome.REFUSED, "refused")
    assert len(linkedin.calls) == 1


def test_a_refusal_of_the_old_token_does_not_count_for_a_new_one(linkedin, archive):
    ours = connections["default"]
    ours.inc_thread_sharing()

    def connect_meanwhile(resource, call):
        connections["default"] = ours  # the server has a thread of its own, which does not see what is not committed
        Connection.objects.update(access_token=encrypt("token-2"))
        return error(401, "REVOKED_ACCESS_TOKEN")

    linkedin.fail = connect_meanwhile
    pull(archive, NOW + DAY)
    ours.dec_thread_sharing()
    assert not Connection.objects.get().refused


def test_with_a_token_that_has_expired_nothing_is_asked(linkedin, archive):
    type(archive.connection).objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    log = refused(archive, list(Item.objects.values()))
    assert (log.error_class, log.http_status) == ("expired", None)
    assert "verlopen" in log.message
    assert linkedin.calls == []
    archive.refresh_from_db()
    assert archive.current_problem == log.message
    assert archive.enabled


def test_an_unconnected_source_says_who_connects_it(linkedin, page):
    log = pull(page, NOW)
    assert (log.outcome, log.error_class) == (Outcome.REFUSED, "not_connected")
    assert linkedin.calls == []


@pytest.mark.parametrize(("header", "seconds"), [({"Retry-After": "7200"}, 7200), ({"Retry-After": "10 jaar"}, None)])
def test_spent_calls_wait_for_what_linkedin_says_or_for_its_next_day(linkedin, archive, header, seconds):
    linkedin.fail = lambda resource, call: (*error(429), header)
    pull(archive, NOW + DAY)
    archive.refresh_from_db()
    waits = archive.next_run_at - (NOW + DAY)
    midnight = datetime.combine(datetime.now(UTC).date() + DAY, datetime.min.time(), UTC) - timezone.now()
    assert waits >= (timedelta(seconds=seconds) if seconds else midnight)


class TestOddPosts:
    @pytest.fixture
    def item(self, linkedin, connected):
        """What becomes of a page with this one post."""

        def read(one):
            linkedin.posts = [one]
            assert pull(connected(), NOW).outcome == Outcome.OK
            return Item.objects.get()

        return read

    def test_a_reshare_without_words_is_set_apart_and_said_so(self, item):
        parent = f"urn:li:share:{POSTED - 1}"
        found = item(post(POSTED, "", reshareContext={"parent": parent, "root": parent}))
        assert (found.state, found.reason) == (ItemState.QUARANTINED, Reason.RESHARE)
        assert parent in found.text
        assert found.aliases.count() == 0, "another post is no other name of this one"

    def test_a_reshare_with_words_points_at_what_it_passes_on(self, item):
        found = item(post(POSTED, "Kijk hier", reshareContext={"parent": f"urn:li:ugcPost:{POSTED - 1}"}))
        assert (found.state, found.title) == (ItemState.NEW, "Kijk hier")
        assert f"urn:li:ugcPost:{POSTED - 1}" in found.text

    def test_a_poll_is_read_with_its_question_and_answers(self, item):
        poll = {"question": "Welk thema?", "options": [{"text": "Polarisatie"}, {"text": "Gamen"}, None]}
        found = item(post(POSTED, "", content={"poll": poll}))
        assert (found.title, found.reason) == ("Welk thema?", "")
        assert "Polarisatie" in found.text

    def test_the_number_of_a_post_in_a_group_is_not_that_of_the_group(self, item):
        found = item(post(POSTED, sort=f"groupPost:{POSTED + 5}-{POSTED}") | {"id": f"urn:li:groupPost:7-{POSTED}"})
        assert found.external_id == f"li:{POSTED}"

    def test_a_picture_without_words_has_no_title_and_is_set_apart(self, item):
        found = item(post(POSTED, "", content={"media": {"id": "urn:li:image:C56"}}))
        assert (found.state, found.reason) == (ItemState.QUARANTINED, Reason.NO_TITLE)

    def test_a_post_without_a_number_is_set_apart(self, item):
        found = item(post(POSTED) | {"id": None})
        assert (found.state, found.reason) == (ItemState.QUARANTINED, Reason.NO_URN)

    def test_a_post_that_not_everybody_sees_says_so(self, item):
        assert item(post(POSTED, visibility="CONNECTIONS")).reason == Reason.NOT_PUBLIC

    def test_fields_of_another_shape_do_not_break_the_pull(self, item):
        odd = {
            "content": ["x"],
            "commentary": None,
            "reshareContext": "x",
            "visibility": 3,
            "lifecycleState": "PUBLISHED",
        }
        assert item(post(POSTED) | odd).reason == Reason.NO_TITLE
