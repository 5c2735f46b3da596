"""Asking for a new password tells nobody which accounts there are, and its message goes out afterwards."""

import re

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.users.models import UserProfile

from portal.core.models import Attempts
from portal.jobs import password_reset, queue
from portal.jobs.models import Job
from portal.jobs.password_reset import NAME
from portal.starter.groups import WRITERS
from tests.factories import make_member

pytestmark = pytest.mark.django_db
_VALUES = re.compile(r"'[^']*'|\bs\d+_x\d+\b|\d+")


@pytest.fixture(autouse=True)
def mail_server(settings, site):
    settings.WAGTAIL_PASSWORD_RESET_ENABLED = True
    settings.WAGTAILADMIN_BASE_URL = "https://kennis.example.org"


def ask(email, address="203.0.113.7", **headers):
    return Client().post("/admin/password_reset/", {"email": email}, REMOTE_ADDR=address, headers=headers)


def send_what_waits():
    queue.run_due()
    return mail.outbox


def test_the_message_goes_out_after_the_answer(site):
    make_member(WRITERS, name="An")

    response = ask("an@example.org")

    assert response.status_code == 302
    assert mail.outbox == []
    [message] = send_what_waits()
    assert message.to == ["An@example.org"]
    assert "https://kennis.example.org/admin/password_reset/confirm/" in message.body


@pytest.mark.parametrize("who", ["nobody", "switched off", "without a password"])
def test_no_account_is_told_apart_by_the_words_or_the_work(site, who):
    make_member(WRITERS, name="An")
    if who != "nobody":
        other = make_member(WRITERS, name="Bea")
        other.is_active = who != "switched off"
        if who == "without a password":
            other.set_unusable_password()
        other.save()

    def work(email):
        with CaptureQueriesContext(connection) as queries:
            response = ask(email)
        return (response.status_code, response.url, [_VALUES.sub("?", query["sql"]) for query in queries])

    expected = work("an@example.org")
    Attempts.objects.all().delete()
    Job.objects.all().delete()
    assert work("bea@example.org") == expected
    assert send_what_waits() == []


def test_the_message_is_in_the_language_of_who_gets_it(site):
    user = make_member(WRITERS, name="An")
    UserProfile.objects.create(user=user, preferred_language="fr")
    ask("an@example.org")
    [message] = send_what_waits()
    assert "Veuillez" in message.body or "mot de passe" in message.body


def test_the_link_sets_a_password_and_the_device_is_known(site):
    make_member(WRITERS, name="An")
    ask("an@example.org")
    [message] = send_what_waits()
    client = Client()
    link = re.search(r"https://kennis\.example\.org(/admin/password_reset/confirm/\S+)", message.body)[1]
    form = client.get(link, follow=True)
    password = "een heel ander wachtwoord"
    done = client.post(form.request["PATH_INFO"], {"new_password1": password, "new_password2": password})
    assert done.status_code == 302
    for number in range(31):
        Client().post("/admin/login/", {"username": "An", "password": "x"}, REMOTE_ADDR=f"192.0.2.{number}")
    assert client.post("/admin/login/", {"username": "An", "password": password}).status_code == 302


def test_one_address_asks_a_few_times_and_then_waits(site):
    answers = [ask(f"naam{number}@example.org").status_code for number in range(11)]
    assert answers == [302] * 10 + [429]
    response = ask("an@example.org", accept_language="fr")
    assert response["Retry-After"] == "60"
    assert "Trop de tentatives. Attendez une minute, puis réessayez." in response.content.decode()
    assert ask("an@example.org", address="198.51.100.1").status_code == 302


def test_one_mailbox_is_not_filled_and_nobody_is_told(site):
    make_member(WRITERS, name="An")
    for number in range(8):
        assert ask("an@example.org", address=f"203.0.113.{number}").status_code == 302
        send_what_waits()
    assert len(mail.outbox) == 3


def test_a_mail_server_that_is_away_loses_nothing(site, monkeypatch):
    make_member(WRITERS, name="An")
    ask("an@example.org")

    def refuse(*_args, **_options):
        raise ConnectionRefusedError("away")

    with monkeypatch.context() as away:
        away.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
        queue.run_due()
    job = Job.objects.get(name=NAME)
    assert (job.done_at, job.attempts) == (None, 1)
    Job.objects.filter(name=NAME).update(run_at=job.last_run_at)
    assert len(send_what_waits()) == 1


def test_a_run_that_is_broken_off_stores_no_message_that_the_next_one_stores_again(site, settings, monkeypatch):
    settings.EMAIL_BACKEND = "portal.jobs.mail.QueuedEmailBackend"
    make_member(WRITERS, name="An")
    ask("an@example.org")
    form_save = password_reset._Message.save

    def broken_off(self, **options):
        form_save(self, **options)
        raise RuntimeError("broken off")

    with monkeypatch.context() as patch:
        patch.setattr(password_reset._Message, "save", broken_off)
        queue.run_due()
    assert not Job.objects.filter(name="mail.send").exists()
    assert Job.objects.get(name=NAME).payload == {"email": "an@example.org"}


def test_the_address_that_was_typed_is_not_kept(site):
    ask("iemand@example.org")
    queue.run_due()
    job = Job.objects.get(name=NAME)
    assert job.payload == {}
    assert "iemand" not in job.key + job.progress + job.last_error
