"""A session ends after a working day without anybody there, and a form that comes after it loses nothing."""

import re
from contextlib import contextmanager
from html import unescape
from sqlite3 import Error as SqliteError

import pytest
from django.conf import settings as configured
from django.contrib.sessions.models import Session
from django.db import OperationalError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.core.accounts import staff_sessions
from portal.core.http import thread_limits
from portal.jobs import jobs
from portal.starter.groups import ADMINISTRATORS, WRITERS
from portal.webinars.models import Speaker
from tests.factories import make_member

pytestmark = pytest.mark.django_db
HOUR = 3600
PAGE = {"Accept": "text/html,application/xhtml+xml"}


@pytest.fixture
def writer(site):
    return make_member(WRITERS)


@pytest.fixture
def clock(monkeypatch):
    """Let time pass for the sessions: `clock(hours)`."""
    now = {"s": 0}
    real = staff_sessions.time.time
    monkeypatch.setattr(staff_sessions.time, "time", lambda: real() + now["s"])
    moment = timezone.now

    def later(hours):
        now["s"] += hours * HOUR
        shift = timezone.timedelta(seconds=now["s"])
        monkeypatch.setattr("django.contrib.sessions.backends.base.timezone.now", lambda: moment() + shift)
        monkeypatch.setattr("django.contrib.sessions.backends.db.timezone.now", lambda: moment() + shift)

    return later


def log_in(client=None):
    client = client or Client()
    data = {"username": "schrijvers", "password": "een lang wachtwoord"}
    assert client.post("/admin/login/", data).status_code == 302
    return client


def is_in(client) -> bool:
    return client.get("/admin/").status_code == 200


def test_a_session_ends_after_ten_hours_without_anybody(writer, clock):
    client = log_in()
    clock(9.9)
    assert is_in(client)
    clock(9.9)
    assert is_in(client)
    clock(10.1)
    assert not is_in(client)


def test_a_session_ends_after_a_day_whoever_is_there(writer, clock):
    client = log_in()
    for _turn in range(5):
        clock(4.7)
        assert is_in(client)
    clock(0.6)
    assert not is_in(client)
    assert is_in(log_in(client))


def test_what_a_page_asks_by_itself_keeps_no_session_alive(writer, clock):
    client = log_in()
    speaker = Speaker.objects.create(key="an", name="An")
    ping = reverse("wagtailadmin_editing_sessions:ping", args=["webinars", "speaker", speaker.pk, 1])
    for _turn in range(10):
        clock(1)
        client.get("/admin/session/")
        client.post(ping)
    assert not is_in(client)


def test_being_there_is_written_down_every_ten_minutes_only(writer, clock, django_assert_num_queries):
    client = log_in()

    def writes():
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as queries:
            client.get("/admin/account/")
        return [query["sql"] for query in queries if query["sql"].startswith('UPDATE "django_session"')]

    assert writes() == []
    clock(11 / 60)
    assert len(writes()) == 1
    assert writes() == []


@contextmanager
def sessions_cannot_be_saved(monkeypatch):
    def fail(*args, **kwargs):
        raise OperationalError("database or disk is full") from SqliteError("database or disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(Session, "save", fail)
        yield


def test_who_is_there_reads_on_when_that_cannot_be_written_down(writer, clock, monkeypatch):
    client = log_in()
    clock(11 / 60)
    with sessions_cannot_be_saved(monkeypatch):
        assert is_in(client)
    assert is_in(client)


def test_who_is_logged_out_meanwhile_has_the_answer_to_what_she_asked(writer, clock, monkeypatch):
    client = log_in()
    clock(11 / 60)
    real = staff_sessions.StaffSessionMiddleware._write_down

    def gone(self, session):
        Session.objects.all().delete()
        real(self, session)

    monkeypatch.setattr(staff_sessions.StaffSessionMiddleware, "_write_down", gone)
    assert is_in(client)
    assert not is_in(client)


def test_what_has_to_be_saved_and_cannot_be_is_no_end_of_the_session(writer, monkeypatch):
    client = log_in()
    client.raise_request_exception = False

    def changes(self, session):
        session["choice"] = "other"

    monkeypatch.setattr(staff_sessions.StaffSessionMiddleware, "_write_down", changes)
    with sessions_cannot_be_saved(monkeypatch):
        assert client.get("/admin/").status_code == 503


def test_a_request_that_finds_no_place_looks_at_no_session(writer, clock, monkeypatch, django_assert_num_queries):
    client = log_in()
    clock(25)
    full = thread_limits.SharedThreads(2)
    full._all.acquire()
    with monkeypatch.context() as patch, django_assert_num_queries(0):
        patch.setattr(thread_limits, "shared", full)
        assert client.get("/admin/").status_code == 503
    assert Session.objects.exists()
    assert not is_in(client)


def test_visitors_start_no_session_and_get_no_cookie(site, client):
    response = client.get("/nl/")
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    assert not client.get("/admin/login/").cookies.get("sessionid")


def test_ended_sessions_leave_the_table(writer):
    log_in()
    Session.objects.update(expire_date=timezone.now() - timezone.timedelta(days=1))
    jobs.delete_old_rows(None)
    assert not Session.objects.exists()


def test_the_state_says_who_is_logged_in_and_gives_a_token_that_is_accepted(writer):
    client = Client(enforce_csrf_checks=True)
    assert client.get("/admin/session/").json()["user"] == ""
    client.force_login(writer)
    state = client.get("/admin/session/")
    assert "no-store" in state["Cache-Control"]
    assert state.json()["user"] == str(writer.pk)
    address = reverse("wagtailsnippets_webinars_speaker:add")
    answer = client.post(address, speaker(csrfmiddlewaretoken=state.json()["token"]))
    assert answer.status_code == 302
    assert Speaker.objects.get().name == "An Proef"


def speaker(**more):
    return {"name": "An Proef", "key": "an-proef", "role_nl": "\nBegeleider & <coach>"} | more


def what_is_in(page: str) -> dict:
    """What the form of a page would send."""
    fields = re.findall(r'<textarea name="([^"]+)" hidden>\n(.*?)</textarea>', page, re.DOTALL)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    return {name: unescape(value) for name, value in fields} | {"csrfmiddlewaretoken": token}


def test_a_form_that_comes_after_the_session_has_what_was_typed_and_is_sent_once_more(writer):
    client = Client(enforce_csrf_checks=True)
    client.force_login(writer)
    address = reverse("wagtailsnippets_webinars_speaker:add")
    token = client.get("/admin/session/").json()["token"]
    Session.objects.all().delete()

    answer = client.post(address, speaker(csrfmiddlewaretoken=token, password1="geheim"), headers=PAGE)

    page = answer.content.decode()
    assert answer.status_code == 403
    assert "U was niet meer aangemeld. Er is niets verloren" in page
    assert "geheim" not in page
    typed = what_is_in(page)
    assert typed["role_nl"] == "\nBegeleider & <coach>"
    client.force_login(writer)
    client.get("/admin/session/")
    client.cookies["csrftoken"] = "b" * 32  # logging in gives another
    again = client.post(address, typed, headers=PAGE)
    assert again.status_code == 403
    assert "U hebt zich opnieuw aangemeld" in again.content.decode()
    assert client.post(address, what_is_in(again.content.decode()), headers=PAGE).status_code == 302
    assert Speaker.objects.get().name == "An Proef"


@pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
def test_it_is_said_in_the_language_of_the_browser(site, language):
    answer = Client().post("/admin/pages/3/edit/", {"title": "x"}, headers=PAGE | {"Accept-Language": language})
    said = {
        "nl": "Nog niet bewaard",
        "fr": "Pas encore enregistré",
        "de": "Noch nicht gespeichert",
        "en": "Not saved yet",
    }
    assert said[language] in answer.content.decode()
    assert answer["Content-Language"] == language


def test_what_another_site_sent_is_not_offered_to_be_sent_once_more(site):
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_member(ADMINISTRATORS))
    headers = PAGE | {"Origin": "https://elsewhere.example"}
    answer = client.post(reverse("wagtailusers_users:add"), {"username": "indringer"}, headers=headers)
    assert answer.status_code == 403
    assert "indringer" not in answer.content.decode()


def test_a_script_that_sends_after_the_end_is_told_so(site):
    answer = Client().post("/admin/pages/3/edit/", {"title": "x"}, headers={"Accept": "application/json"})
    assert answer.status_code == 403
    assert answer.json() == {"success": False, "error_message": "U bent niet meer aangemeld."}


def test_a_login_page_that_was_open_too_long_is_opened_again(site):
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/admin/login/", {"username": "an", "password": "geheim"}, headers=PAGE)
    assert answer.status_code == 403
    page = answer.content.decode()
    assert 'href="/admin/login/"' in page
    assert "geheim" not in page


def test_a_visitor_whose_form_is_refused_reads_why_in_her_language(site, rf):
    from django.contrib.auth.models import AnonymousUser
    from django.utils import translation

    request = rf.post("/fr/")
    request.user = AnonymousUser()
    with translation.override("fr"):
        answer = staff_sessions.csrf_failure(request, "reason")
    assert answer.status_code == 403
    assert "Le formulaire n’a pas été accepté" in answer.content.decode()


def test_a_page_that_needs_no_login_takes_its_form(writer):
    assert Client().post("/admin/login/", {"username": "x", "password": "y"}).status_code == 200
    assert configured.SESSION_COOKIE_AGE == 10 * HOUR
