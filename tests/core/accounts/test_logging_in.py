"""Logging in is limited for an account and an address, and nobody is shut out for good."""

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import signing
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.core.accounts import attempt_limits
from portal.core.accounts.attempt_limits import AttemptLimit
from portal.core.models import Attempts
from portal.core.page_cache.generation import generation
from portal.starter.groups import WRITERS
from tests.factories import make_member

pytestmark = pytest.mark.django_db
_VALUES = re.compile(r"'[^']*'|\bs\d+_x\d+\b|\d+|(?<=\()\?(?:, \?)*(?=\))")
RIGHT, WRONG = "een lang wachtwoord", "iets anders"


@pytest.fixture
def writer(site):
    return make_member(WRITERS, name="An")


@pytest.fixture
def later(monkeypatch):
    """Let time pass for what counts attempts: `later(minutes=5)`."""
    clock = SimpleNamespace(now=timezone.now())
    monkeypatch.setattr(attempt_limits.timezone, "now", lambda: clock.now)

    def move(**span):
        clock.now += timedelta(**span)

    return move


def log_in(password, name="An", address="203.0.113.7", client=None, **headers):
    data = {"username": name, "password": password}
    return (client or Client()).post("/admin/login/", data, REMOTE_ADDR=address, headers=headers)


def is_in(response) -> bool:
    return response.status_code == 302


def guess(times, **where):
    return [log_in(WRONG, **where).status_code for _turn in range(times)]


def test_after_five_wrong_passwords_one_waits_even_with_the_right_one(writer, later):
    assert guess(5) == [200] * 5

    response = log_in(RIGHT)

    assert response.status_code == 429
    assert response["Retry-After"] == "60"
    assert "Te veel pogingen. Wacht één minuut en probeer het dan opnieuw." in response.content.decode()
    later(seconds=60)
    assert is_in(log_in(RIGHT))


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nl-BE,nl;q=0.9", "Te veel pogingen. Wacht 2 minuten en probeer het dan opnieuw."),
        ("fr-BE,fr;q=0.9,en;q=0.8", "Trop de tentatives. Attendez 2 minutes, puis réessayez."),
        ("de", "Zu viele Versuche. Warten Sie 2 Minuten und versuchen Sie es dann erneut."),
        ("en-GB", "Too many attempts. Wait 2 minutes, then try again."),
        ("pt,fr;q=0.5", "Trop de tentatives. Attendez 2 minutes, puis réessayez."),
        ("pt", "Te veel pogingen. Wacht 2 minuten en probeer het dan opnieuw."),
    ],
)
def test_how_long_to_wait_is_said_in_the_language_of_the_browser(writer, later, language, said):
    guess(5)
    later(seconds=60)
    guess(1)

    response = log_in(RIGHT, accept_language=language)

    assert said in response.content.decode()
    assert response["Content-Language"] in said or response["Content-Language"] == language[:2] or "pt" in language


def test_the_wait_doubles_to_a_quarter_of_an_hour_and_not_further(writer, later):
    guess(5)
    waits = []
    for _turn in range(8):
        waits.append(int(log_in(WRONG)["Retry-After"]))
        later(seconds=waits[-1])
        guess(1)
    assert waits == [60, 120, 240, 480, 900, 900, 900, 900]


def test_knocking_while_one_has_to_wait_makes_it_no_longer(writer, later):
    guess(5)
    later(seconds=30)
    assert guess(20) == [429] * 20
    later(seconds=30)
    assert is_in(log_in(RIGHT))


def test_another_account_and_another_address_do_not_wait(writer):
    make_member(WRITERS, name="Bea")
    guess(5)
    assert is_in(log_in(RIGHT, name="Bea"))
    assert is_in(log_in(RIGHT, address="203.0.113.8"))


def test_a_right_password_forgets_the_wrong_ones_before_it(writer):
    for _turn in range(4):
        guess(4)
        assert is_in(log_in(RIGHT))


def test_what_one_logs_in_with_is_the_same_account_however_it_is_written(writer):
    for name in ("An", "an", "AN", "Ａn", "aN"):
        guess(1, name=name)
    assert log_in(RIGHT).status_code == 429


def test_one_address_guesses_at_few_accounts(writer):
    answers = [log_in(WRONG, name=f"naam{number}").status_code for number in range(31)]
    assert answers == [200] * 30 + [429]
    assert log_in(RIGHT).status_code == 429


def test_many_addresses_guess_little_at_one_account(writer):
    answers = [log_in(WRONG, address=f"203.0.113.{number}").status_code for number in range(31)]
    assert answers == [200] * 30 + [429]


def test_an_ipv6_network_counts_as_one_address(writer):
    for number in range(5):
        guess(1, address=f"2001:db8:1:2::{number}")
    assert log_in(RIGHT, address="2001:db8:1:2:ffff::1").status_code == 429
    assert is_in(log_in(RIGHT, address="2001:db8:1:3::1"))


def test_whoever_guesses_elsewhere_keeps_nobody_out_who_was_here_before(writer):
    own = Client()
    assert is_in(log_in(RIGHT, client=own, address="198.51.100.1"))
    own.post("/admin/logout/")
    for number in range(31):
        guess(1, address=f"203.0.113.{number}")

    assert log_in(RIGHT, address="198.51.100.2").status_code == 429
    assert is_in(log_in(RIGHT, client=own, address="198.51.100.2"))


def test_a_known_device_guesses_no_more_than_another(writer, later):
    own = Client()
    log_in(RIGHT, client=own)
    own.post("/admin/logout/")

    assert guess(6, client=own) == [200] * 5 + [429]
    assert guess(5, client=own, name="Bea") == [200] * 5, "for another account it is no known device"


def test_a_device_is_known_by_a_cookie_of_the_admin_that_no_script_reads(writer):
    client = Client()
    cookie = log_in(RIGHT, client=client).cookies["schakel_known"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/admin/", True, "Lax")
    assert "An" not in signing.loads(cookie.value, salt="schakel_known")
    client.cookies["schakel_known"] = cookie.value[:-1] + ("a" if cookie.value[-1] != "a" else "b")
    client.post("/admin/logout/")
    for number in range(31):
        guess(1, address=f"203.0.113.{number}")
    assert log_in(RIGHT, client=client, address="198.51.100.1").status_code == 429


def test_only_what_the_proxy_saw_is_the_address(writer, settings):
    for number in range(5):
        log_in(WRONG, x_forwarded_for=f"192.0.2.{number}")
    assert log_in(RIGHT, x_forwarded_for="192.0.2.99").status_code == 429, "anybody may send that header"

    settings.BEHIND_PROXY = True
    Attempts.objects.all().delete()
    for number in range(5):
        log_in(WRONG, address="10.0.0.1", x_forwarded_for=f"192.0.2.{number}, 203.0.113.50")
    assert log_in(RIGHT, address="10.0.0.1", x_forwarded_for="203.0.113.50").status_code == 429
    assert is_in(log_in(RIGHT, address="10.0.0.1", x_forwarded_for="203.0.113.51"))


def test_neither_address_nor_name_is_kept_and_all_is_forgotten_after_an_hour(writer, later):
    guess(2)
    kept = " ".join(str(value) for row in Attempts.objects.values() for value in row.values())
    assert "203.0" not in kept
    assert "An" not in kept
    later(minutes=61)
    guess(1, name="Bea", address="198.51.100.9")
    assert Attempts.objects.count() == 3


def test_an_empty_field_is_no_attempt(writer):
    for _turn in range(8):
        log_in("")
        log_in(WRONG, name="")
    assert not Attempts.objects.exists()


@pytest.mark.parametrize("state", ["unknown", "switched off", "without a password"])
def test_no_account_is_told_apart_by_the_work_that_a_wrong_password_makes(writer, monkeypatch, state):
    hashed = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *what: hashed.append(1) or encode(*what))

    def work(name, password):
        Attempts.objects.all().delete()
        hashed.clear()
        with CaptureQueriesContext(connection) as queries:
            said = log_in(password, name=name).content.decode()
        message = said[said.index('<div class="messages"') : said.index("<form")]
        return message, len(hashed), [_VALUES.sub("?", query["sql"]) for query in queries]

    other = make_member(WRITERS, name="Bea")
    if state == "switched off":
        other.is_active = False
        other.save()
    elif state == "without a password":
        other.set_unusable_password()
        other.save()
    else:
        other.delete()

    expected = work("An", WRONG)
    assert work("Bea", WRONG) == expected
    assert work("Bea", RIGHT) == expected


def test_nobody_is_remembered_longer_than_the_session(writer):
    assert 'name="remember"' not in Client().get("/admin/login/").content.decode()
    client = Client()
    client.post("/admin/login/", {"username": "An", "password": RIGHT, "remember": "on"})
    assert not client.cookies["sessionid"]["max-age"]


def test_logging_in_leaves_the_published_copies(writer, django_capture_on_commit_callbacks):
    before = generation()
    with django_capture_on_commit_callbacks(execute=True):
        guess(2)
        log_in(RIGHT)
    assert generation() == before


@settings(max_examples=60, deadline=None, derandomize=True)
@given(free=st.integers(1, 50), longest_s=st.integers(60, 3600), count=st.integers(0, 10_000))
def test_a_wait_never_shrinks_with_more_attempts_and_never_passes_its_limit(free, longest_s, count):
    limit = AttemptLimit(free, longest_s)
    assert limit.wait_s(count) <= limit.wait_s(count + 1) <= longest_s
    assert (limit.wait_s(count) == 0) == (count < free)
