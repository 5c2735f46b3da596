"""Mail to the staff is stored with what it is about and sent by the runner: nothing lost, nothing twice."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.mail import BadHeaderError, EmailMessage, EmailMultiAlternatives, send_mail
from django.db import transaction
from django.utils import timezone

from portal.core.admin.notices import Message, send_once
from portal.jobs import password_reset, queue, registry
from portal.jobs.mail import NAME
from portal.jobs.models import Job

pytestmark = pytest.mark.django_db


def go_on(later=timedelta()):
    """What the runner does then; returns how many messages it tried."""
    registry.load()
    count = 0
    while job := queue.claim(timezone.now() + later):
        if job.name in (NAME, password_reset.NAME):
            count += job.name == NAME
            queue.execute(job)
        else:
            Job.objects.filter(pk=job.pk).update(done_at=timezone.now())
    return count


def mails():
    return Job.objects.filter(name=NAME)


class TestStoring:
    def test_it_is_sent_by_the_runner_and_not_by_who_sends_it(self, mail_server):
        assert send_mail("Onderwerp", "Tekst é", None, ["ann@portal.test"]) == 1
        assert mail_server.taken == []
        assert go_on() == 1
        assert "To: ann@portal.test" in mail_server.taken[0]
        assert mails().get().state == "klaar"

    def test_it_goes_with_the_transaction_that_is_taken_back(self, mail_server):
        with pytest.raises(ValueError, match="taken back"), transaction.atomic():
            send_mail("Onderwerp", "Tekst", None, ["ann@portal.test"])
            raise ValueError("taken back")
        assert not mails().exists()

    def test_everything_of_a_message_arrives(self, mail_server):
        message = EmailMultiAlternatives(
            "Onderwerp", "Tekst", "van@portal.test", ["ann@portal.test"], ["bcc@portal.test"], cc=["cc@portal.test"]
        )
        message.attach_alternative("<p>Tekst</p>", "text/html")
        message.extra_headers = {"Auto-Submitted": "auto-generated"}
        message.send()
        assert go_on() == 3
        for text in mail_server.taken:
            for line in ("From: van@portal.test", "Cc: cc@portal.test", "Auto-Submitted: auto-generated", "<p>Tekst"):
                assert line in text
            assert "bcc@portal.test" not in text
        assert len({re.search(r"Message-ID: (.*)\r", text)[1] for text in mail_server.taken}) == 1

    def test_a_line_break_in_a_header_is_refused_at_once(self, mail_server):
        with pytest.raises(BadHeaderError):
            send_mail("een\nBcc: x@portal.test", "x", None, ["ann@portal.test"])

    def test_an_attachment_is_refused_at_once(self, mail_server):
        message = EmailMessage("x", "x", None, ["ann@portal.test"], attachments=[("a.txt", "x", "text/plain")])
        with pytest.raises(ValueError, match="attachment"):
            message.send()

    def test_the_text_is_forgotten_when_it_was_sent(self, mail_server):
        send_mail("Onderwerp", "https://portal.test/reset/secret", None, ["ann@portal.test"])
        assert "secret" in str(mails().get().payload)
        go_on()
        assert mails().get().payload == {}

    def test_staff_do_not_read_it_in_the_admin(self, mail_server, admin_client):
        send_mail("Onderwerp", "https://portal.test/reset/secret", None, ["ann@portal.test"])
        job = mails().get()
        for address in ("/admin/jobs/", f"/admin/jobs/inspect/{job.pk}/"):
            page = admin_client.get(address).content.decode()
            assert "ann@portal.test: Onderwerp" in page
            assert "secret" not in page


class TestWhoSends:
    def test_a_forgotten_password(self, mail_server, client, site, settings):
        settings.WAGTAIL_PASSWORD_RESET_ENABLED = True
        get_user_model().objects.create_user("ann", "ann@portal.test", "Proef-wachtwoord-1")
        client.post("/admin/password_reset/", {"email": "ann@portal.test"})
        assert mail_server.taken == []
        go_on()
        assert "/admin/password_reset/confirm/" in mail_server.taken[0]

    def test_what_a_writer_hands_in(self, mail_server, site):
        from tests.factories import make_method

        reviewer = get_user_model().objects.create_user("rik", "rik@portal.test", "x")
        reviewer.groups.add(Group.objects.get(name="Nalezers"))
        writer = get_user_model().objects.create_user("ann", "ann@portal.test", "x")
        writer.groups.add(Group.objects.get(name="Schrijvers"))
        method = make_method(title="Buurtwerk")
        method.get_workflow().start(method, writer)
        assert mail_server.taken == []
        go_on()
        assert any("To: rik@portal.test" in text for text in mail_server.taken)

    def test_a_notice_is_stored_with_the_row_that_says_that_it_was(self, mail_server):
        ann = get_user_model().objects.create_user("ann", "ann@portal.test", "x")
        with pytest.raises(ValueError, match="killed"), transaction.atomic():
            send_once("x", [ann], lambda: Message("Bericht", "Tekst"))
            raise ValueError("killed")
        assert send_once("x", [ann], lambda: Message("Bericht", "Tekst")) == 1
        assert send_once("x", [ann], lambda: Message("Bericht", "Tekst")) == 0
        assert go_on() == 1


class TestTrouble:
    def test_a_server_that_is_away_loses_nothing_and_is_not_asked_for_each_message(self, mail_server, settings):
        port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
        for number in range(5):
            send_mail(f"Bericht {number}", "Tekst", None, ["ann@portal.test"])
        assert go_on() == 1
        assert "refused" in mails().exclude(last_error="").get().last_error
        assert go_on() == 0
        settings.EMAIL_PORT = port
        assert go_on(timedelta(hours=2)) == 5
        subjects = [re.search(r"Subject: (.*)\r", text)[1] for text in mail_server.taken]
        assert sorted(subjects) == [f"Bericht {number}" for number in range(5)]

    @pytest.mark.parametrize("code", [421, 450, 451, 452])
    def test_what_is_refused_for_now_is_tried_again(self, mail_server, code):
        mail_server.refused = {"ann@": code}
        send_mail("Onderwerp", "Tekst", None, ["ann@portal.test"])
        go_on()
        job = mails().get()
        assert job.done_at is None
        assert str(code) in job.last_error
        mail_server.refused = {}
        assert go_on(timedelta(hours=2)) == 1
        assert len(mail_server.taken) == 1

    @pytest.mark.parametrize("code", [550, 551, 553, 554])
    def test_what_is_refused_for_good_is_said_and_not_tried_again(self, mail_server, admin_client, code):
        mail_server.refused = {"ann@": code}
        send_mail("Onderwerp", "secret", None, ["ann@portal.test", "bob@portal.test"])
        assert go_on() == 2
        assert len(mail_server.taken) == 1, "the other got hers"
        job = mails().exclude(last_error="").get()
        assert job.state == "opgegeven"
        assert job.payload == {}
        assert f"{code} " in job.last_error
        assert "opgegeven" in admin_client.get("/admin/jobs/").content.decode()
        assert go_on(timedelta(days=2)) == 0

    def test_a_runner_that_was_killed_after_sending_sends_nothing_twice(self, mail_server, monkeypatch):
        send_mail("Onderwerp", "Tekst", None, ["ann@portal.test"])
        monkeypatch.setattr("portal.jobs.queue._end", lambda *_arguments, **_outcome: None)
        go_on()
        assert mails().get().done_at is None
        monkeypatch.undo()
        assert go_on(timedelta(minutes=5)) == 1
        assert len(mail_server.taken) == 1
