"""A database that is away, locked or full is said in a designed answer: 503, when to come back, and nothing untrue."""

import errno
import io
import json
import sqlite3

import pytest
from django.db import InterfaceError, connection
from django.db.utils import ConnectionHandler

pytestmark = pytest.mark.django_db


def sqlite(path, **options):
    """A connection of Django's to a SQLite file of the test."""
    database = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path), "OPTIONS": {"timeout": 0, **options}}
    return ConnectionHandler({"default": database})["default"]


def away():
    database = {"ENGINE": "django.db.backends.postgresql", "NAME": "x", "HOST": "127.0.0.1", "PORT": 1}
    ConnectionHandler({"default": database})["default"].ensure_connection()


def broken_off():
    raise InterfaceError("connection already closed")


def locked(folder):
    with sqlite(folder / "db.sqlite3").cursor() as cursor:
        cursor.execute("CREATE TABLE t (x)")
        other = sqlite3.connect(folder / "db.sqlite3", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        try:
            cursor.execute("INSERT INTO t VALUES (1)")
        finally:
            other.close()


def full(folder):
    with sqlite(folder / "db.sqlite3").cursor() as cursor:
        cursor.execute("CREATE TABLE t (x)")
        cursor.execute("PRAGMA max_page_count = 2")
        cursor.execute("INSERT INTO t VALUES (zeroblob(100000))")


def missing(folder):
    sqlite(f"file:{folder}/missing.sqlite3?mode=rw").ensure_connection()


def destroyed(folder):
    (folder / "db.sqlite3").write_bytes(b"no database" * 1000)
    sqlite(folder / "db.sqlite3").cursor().execute("SELECT * FROM t")


def no_room(folder):
    raise OSError(errno.ENOSPC, "No space left on device")


TROUBLES = {
    "away": (lambda folder: away(), "Niet beschikbaar op dit moment"),
    "broken off": (lambda folder: broken_off(), "Niet beschikbaar op dit moment"),
    "missing": (missing, "Niet beschikbaar op dit moment"),
    "destroyed": (destroyed, "Niet beschikbaar op dit moment"),
    "locked": (locked, "Anderen zijn op dit moment aan het bewaren"),
    "full": (full, "De schijf van het portaal is vol"),
    "no room for a file": (no_room, "De schijf van het portaal is vol"),
}


@pytest.fixture(params=TROUBLES)
def trouble(request, tmp_path):
    """Something that fails as it really would, and what a reader of Dutch is told."""
    fail, words = TROUBLES[request.param]
    return (lambda *_arguments, **_named: fail(tmp_path)), words


@pytest.fixture
def visitor(client, site):
    client.raise_request_exception = False
    return client


def test_a_page_is_503_in_words_and_asks_no_database(visitor, trouble, monkeypatch):
    fail, words = trouble
    monkeypatch.setattr("portal.core.views.route_of", fail)
    with connection.execute_wrapper(lambda *_arguments: away()):
        answer = visitor.get("/nl/methodieken/")
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert answer.headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert words in answer.content.decode()
    assert "niets bewaard" not in answer.content.decode()


@pytest.mark.parametrize(
    ("path", "words"),
    [("/fr/", "Indisponible pour le moment"), ("/de/", "Im Moment nicht verfügbar"), ("/en/", "Not available")],
)
def test_it_is_said_in_the_language_of_the_address(visitor, monkeypatch, path, words):
    monkeypatch.setattr("portal.core.views.route_of", lambda *_arguments: away())
    assert words in visitor.get(path).content.decode()


def test_an_address_that_is_looked_up_after_a_404_is_503_too(visitor, monkeypatch):
    monkeypatch.setattr("portal.core.http.middleware.address_ledger.look_up", lambda path: away())
    assert visitor.get("/nl/there-is-nothing/").status_code == 503


def test_a_program_gets_json(visitor, trouble, monkeypatch):
    fail, _words = trouble
    monkeypatch.setattr("search.api.views.search", fail)
    answer = visitor.get("/api/v1/methods")
    assert (answer.status_code, answer.headers["Content-Type"]) == (503, "application/problem+json")
    assert json.loads(answer.content)["status"] == 503
    assert int(answer.headers["Retry-After"]) > 0


@pytest.mark.parametrize(
    ("path", "where"),
    [
        ("/feeds/nl/webinars.xml", "portal.webinars.public.views.selected_filters"),
        ("/nl/zoeken/results.atom?q=x", "search.results.views.search"),
        ("/nl/zoeken/results.csv?q=x", "search.results.csv_export.search"),
        ("/calendar/nl.ics", "portal.webinars.public.views.upcoming_sessions"),
        ("/sitemap.xml", "portal.home.sitemaps.PageSitemap.items"),
        ("/sitemap-pages.xml", "portal.home.sitemaps.PageSitemap.versions"),
    ],
)
def test_a_feed_a_table_and_a_calendar_get_a_sentence(visitor, monkeypatch, path, where):
    monkeypatch.setattr(where, lambda *_arguments, **_named: away())
    answer = visitor.get(path)
    assert (answer.status_code, answer.headers["Content-Type"]) == (503, "text/plain; charset=utf-8")
    assert "Retry-After" in answer.headers


def test_who_sends_something_reads_that_nothing_was_saved_and_how_to_send_it_again(visitor, trouble, monkeypatch):
    fail, words = trouble
    monkeypatch.setattr("portal.core.accounts.login.LabelledLoginForm.is_valid", fail)
    answer = visitor.post("/admin/login/", {"username": "x", "password": "x"}, headers={"Accept-Language": "nl"})
    assert answer.status_code == 503
    assert words in answer.content.decode()
    assert "Er is niets bewaard. Laad deze pagina opnieuw (F5)" in answer.content.decode()


def test_a_mistake_of_ours_stays_one(visitor, tmp_path, monkeypatch):
    def no_such_table(*_arguments):
        sqlite(tmp_path / "db.sqlite3").cursor().execute("SELECT * FROM nothing")

    monkeypatch.setattr("portal.core.views.route_of", no_such_table)
    assert visitor.get("/nl/").status_code == 500


def test_a_page_that_has_a_copy_is_read_without_a_database(visitor, settings):
    settings.PAGE_CACHE_ENABLED = True
    visitor.get("/nl/")
    with connection.execute_wrapper(lambda *_arguments: away()):
        assert visitor.get("/nl/").status_code == 200
        assert visitor.get("/nl/?utm_source=brief").status_code == 200


def test_connections_are_tried_before_they_are_used(settings):
    assert settings.DATABASES["default"]["CONN_HEALTH_CHECKS"] is True


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_first_request_after_the_server_came_back_is_answered(site):
    """PostgreSQL ends the connection, as it does when it stops; the next request makes another."""
    import psycopg

    from portal.wsgi import application

    def status():
        answers = []
        environ = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": "/nl/methodieken/",
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "wsgi.input": io.BytesIO(),
            "wsgi.url_scheme": "http",
        }
        application(environ, lambda status, _headers: answers.append(status)).close()
        return answers[0]

    assert status() == "200 OK"
    connection.ensure_connection()
    number = connection.connection.info.backend_pid
    with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": None}) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [number])
    assert status() == "200 OK"
    assert connection.connection.info.backend_pid != number
