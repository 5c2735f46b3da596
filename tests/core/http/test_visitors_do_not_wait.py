"""Visitors' pages may have every thread of the server; logins, searches, the admin and long files share half."""

import json
import threading
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core import signing
from django.test import Client

from portal.core.http import thread_limits
from tests.factories import make_method
from tests.markup import soup

pytestmark = pytest.mark.django_db

SHARED = [
    ("/admin/login/", "text/html"),
    ("/nl/zoeken/?q=overlast", "text/html"),
    ("/nl/zoeken/results.csv?q=overlast", "text/plain"),
    ("/nl/zoeken/results.atom?q=overlast", "text/plain"),
    ("/nl/zoeken/suggestions.json?q=over", "application/json"),
    ("/api/v1/methods", "application/problem+json"),
    ("/feeds/nl/webinars.xml", "text/plain"),
    ("/calendar/nl.ics", "text/plain"),
    ("/nl/methodieken/?tier=full", "text/html"),
    ("/nl/webinars/?year=2024", "text/html"),
]


@pytest.fixture(autouse=True)
def four_threads(site, monkeypatch):
    """As with SCHAKEL_THREADS=4: two may be shared, one of them by strangers."""
    shared = thread_limits.SharedThreads(4)
    monkeypatch.setattr(thread_limits, "shared", shared)
    return shared


@contextmanager
def a_login_that_lasts(monkeypatch):
    """A login stands still in the hash of its password."""
    begun, go_on = threading.Event(), threading.Event()

    def slow(*_args, **_kwargs):
        begun.set()
        return not go_on.wait(30)

    monkeypatch.setattr("portal.core.accounts.login.LabelledLoginForm.is_valid", slow)
    other = threading.Thread(target=lambda: Client().post("/admin/login/", {"username": "x", "password": "x"}))
    other.start()
    assert begun.wait(30)
    yield
    go_on.set()
    other.join(30)


def full(shared):
    """Hold every place that a stranger may have."""
    return shared._for_strangers.acquire(blocking=False)


class TestWhatIsShared:
    @pytest.mark.parametrize(("path", "kind"), SHARED)
    def test_it_is_told_to_come_back_when_the_half_is_taken(self, client, four_threads, path, kind):
        full(four_threads)
        answer = client.get(path)
        assert answer.status_code == 503
        assert int(answer.headers["Retry-After"]) > 0
        assert answer.headers["Content-Type"].startswith(kind)
        assert answer.headers["Cache-Control"] == "no-store"

    @pytest.mark.parametrize(("path", "kind"), SHARED)
    def test_each_gives_its_place_back(self, client, path, kind):
        for _time in range(3):
            assert client.get(path).status_code in (200, 503)
        assert client.get("/admin/login/").status_code == 200

    def test_one_that_fails_gives_its_place_back(self, client, monkeypatch):
        client.raise_request_exception = False

        def fail(*_args):
            raise ValueError("broken")

        monkeypatch.setattr("search.results.views.search", fail)
        assert [client.get("/nl/zoeken/?q=x").status_code for _time in range(3)] == [500, 500, 500]

    def test_who_has_a_session_still_finds_a_place_when_strangers_have_theirs(self, client, four_threads):
        get_user_model().objects.create_superuser("ann", "", "x")
        client.post("/admin/login/", {"username": "ann", "password": "x"})
        full(four_threads)
        assert client.get("/admin/").status_code == 200

    @pytest.mark.parametrize(
        "cookies",
        [
            {"sessionid": "made-up"},
            {"sessionid": "made-up", "schakel_known": "made-up"},
            {"sessionid": "made-up", "schakel_known": signing.dumps(["a", "b"], salt="something else")},
            {"schakel_known": signing.dumps(["a", "b"], salt="schakel_known")},
        ],
    )
    def test_who_makes_up_a_session_is_a_stranger(self, client, four_threads, cookies):
        client.cookies.load(cookies)
        full(four_threads)
        assert client.get("/admin/login/").status_code == 503

    def test_something_sent_to_a_page_is_no_visit(self, client, four_threads):
        full(four_threads)
        answer = client.post("/nl/", {"a": "1"})
        assert answer.status_code == 503
        assert "Er is niets bewaard" in answer.content.decode()

    def test_it_is_said_in_the_language_of_the_page(self, client, four_threads):
        full(four_threads)
        for path, words in (("/fr/recherche/?q=x", "Trop de demandes"), ("/de/suche/?q=x", "Zu viele Anfragen")):
            answer = client.get(path)
            assert words in answer.content.decode()
            assert soup(answer).html["lang"] == path[1:3]
        assert "Trop de demandes" in client.get("/admin/login/", headers={"Accept-Language": "fr-BE"}).content.decode()

    def test_a_form_that_saves_by_itself_reads_json(self, client, four_threads):
        full(four_threads)
        answer = client.post("/admin/login/", headers={"Accept": "application/json"})
        assert answer.status_code == 503
        assert json.loads(answer.content)["success"] is False


class TestPages:
    @pytest.mark.parametrize("path", ["/nl/", "/nl/?utm_source=brief", "/nl/methodieken/", "/", "/robots.txt"])
    def test_they_are_answered_while_everything_else_is_full(self, client, four_threads, path):
        full(four_threads)
        assert client.get(path).status_code in (200, 302)

    @pytest.mark.django_db(transaction=True, serialized_rollback=True)
    def test_they_are_answered_while_passwords_are_hashed(self, client, monkeypatch):
        with a_login_that_lasts(monkeypatch):
            assert client.get("/nl/").status_code == 200
            assert client.get("/admin/login/").status_code == 503
        assert client.get("/admin/login/").status_code == 200


class TestFiles:
    @pytest.fixture
    def film(self, settings, monkeypatch):
        monkeypatch.setattr(thread_limits, "WHOLE_UP_TO", 1000)
        path = Path(settings.MEDIA_ROOT, "films", "proef.mp4")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"film" * 1000)
        return path

    def test_a_long_file_holds_its_place_until_it_was_sent(self, client, film):
        first = client.get("/media/films/proef.mp4")
        assert first.status_code == 200
        assert client.get("/media/films/proef.mp4").status_code == 503
        assert client.get("/nl/").status_code == 200
        assert b"".join(first.streaming_content) == film.read_bytes()
        second = client.get("/media/films/proef.mp4")
        assert second.status_code == 200
        assert b"".join(second.streaming_content)

    def test_a_short_one_is_handed_over_whole_and_needs_none(self, client, film, four_threads):
        film.write_bytes(b"short")
        full(four_threads)
        answer = client.get("/media/films/proef.mp4")
        assert not answer.streaming
        assert answer.content == b"short"
        assert answer.headers["Content-Length"] == "5"
        assert answer.headers["Content-Type"] == "video/mp4"

    def test_a_style_sheet_too(self, client, four_threads):
        full(four_threads)
        answer = client.get("/static/ui/css/schakel.css")
        assert answer.status_code == 200
        assert not answer.streaming


def test_a_long_file_that_is_no_page_needs_a_place_too(client, four_threads, monkeypatch):
    """A script of the admin is longer than a megabyte."""
    monkeypatch.setattr(thread_limits, "WHOLE_UP_TO", 1000)
    first = client.get("/static/ui/css/schakel.css")
    assert client.get("/static/ui/css/schakel.css").status_code == 503
    assert client.get("/nl/").status_code == 200
    assert b"".join(first.streaming_content)
    assert client.get("/static/ui/css/schakel.css").status_code == 200


def test_half_is_at_least_one_thread():
    for number in (1, 2, 3):
        assert thread_limits.SharedThreads(number).take(type("Request", (), {"COOKIES": {}})())


def test_a_page_that_is_filtered_shares_and_says_so_in_its_own_parameters(client, four_threads):
    make_method(title="Buurtwerk")
    full(four_threads)
    assert client.get("/nl/methodieken/?nothing=known").status_code == 200
    assert client.get("/nl/methodieken/?sort=newest").status_code == 503
