"""Administrators get an e-mail before the permission of a source ends, and about a source that keeps failing."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.utils import timezone
from wagtail.users.models import UserProfile

from portal.feeds.models import Connection, Source
from portal.feeds.pulling.pull import pull
from portal.jobs import queue, registry
from portal.jobs.models import Job
from tests.local_server import Answer

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def administrator(settings):
    """Somebody who is told, and a mail server to do it with."""
    settings.EMAIL_HOST = "mail.portal.test"
    user = get_user_model().objects.create_user("beheerder", "beheerder@portal.test", "x")
    user.user_permissions.set(Permission.objects.filter(codename="connect_source"))
    return user


@pytest.fixture
def hour():
    """What the job runner does every hour; gives whether it succeeded."""
    registry.load()

    def run():
        job, _new = Job.objects.update_or_create(name="feeds.notices", defaults={"run_at": timezone.now()})
        return queue.execute(job)

    return run


def ends_in(days):
    Connection.objects.update(expires_at=timezone.now() + timedelta(days=days))


@pytest.mark.parametrize(
    ("days", "says"),
    [
        (13.5, "De verbinding met LinkedIn eindigt over 14 dagen"),
        (2.5, "De verbinding met LinkedIn eindigt over 3 dagen"),
        (-1, "De verbinding met LinkedIn is verlopen"),
    ],
)
def test_each_stage_of_the_end_of_a_permission_is_told_once_with_the_address_of_the_panel(
    connected, hour, mailoutbox, days, says
):
    page = connected(days=days)
    assert hour()
    assert hour()
    (mail,) = mailoutbox
    assert mail.to == ["beheerder@portal.test"]
    assert "“Pagina”" in mail.subject
    assert says in mail.body
    assert f"http://127.0.0.1:8000/admin/feeds/sources/{page.pk}/connection/" in mail.body


def test_nothing_is_told_while_the_permission_lasts(connected, hour, mailoutbox):
    connected(days=15)
    assert hour()
    assert mailoutbox == []


def test_nothing_is_told_while_the_portal_can_renew_it_by_itself(connected, hour, mailoutbox):
    connected(days=5, refresh_days=200)
    assert hour()
    assert mailoutbox == []


def test_the_stages_come_one_after_the_other_and_anew_for_the_next_permission(connected, hour, mailoutbox):
    connected(days=60)
    told = []
    for days in (60, 13, 2, -1, 60, 12):
        ends_in(days)
        assert hour()
        told.append(len(mailoutbox))
    assert told == [0, 1, 2, 3, 3, 4]


def test_a_permission_that_linkedin_does_not_take_any_more_has_ended(connected, hour, mailoutbox):
    connected(days=60)
    Connection.objects.update(refused=True)
    assert hour()
    assert "LinkedIn aanvaardt de verbinding niet meer" in mailoutbox[0].body


def test_it_is_read_in_the_language_of_the_reader(administrator, connected, hour, mailoutbox):
    UserProfile.objects.create(user=administrator, preferred_language="de")
    connected(days=2)
    assert hour()
    assert mailoutbox[0].subject == "Schakel: Die Verbindung von „Pagina“ endet bald"


class TestASourceThatKeepsFailing:
    @pytest.fixture
    def silent(self, source, answers):
        """It answered four days ago, and then never more."""
        Source.objects.update(last_ok_at=timezone.now() - 4 * DAY)
        source.refresh_from_db()
        answers(Answer(status=404))
        pull(source)
        return source

    def test_it_is_told_after_three_days_once_for_each_silence(self, silent, hour, mailoutbox):
        assert hour()
        assert hour()
        (mail,) = mailoutbox
        assert mail.subject == "Schakel: “Proefkanaal” antwoordt al drie dagen niet"
        assert silent.last_error in mail.body
        assert f"/admin/snippets/feeds/source/inspect/{silent.pk}/" in mail.body
        Source.objects.update(last_ok_at=timezone.now() - 5 * DAY)
        assert hour()
        assert len(mailoutbox) == 2

    def test_it_is_not_told_before(self, source, answers, hour, mailoutbox):
        answers(Answer(status=404))
        pull(source)
        assert hour()
        assert mailoutbox == []

    def test_what_staff_switched_off_is_left_alone(self, silent, connected, hour, mailoutbox):
        connected(days=2)
        Source.objects.update(enabled=False)
        assert hour()
        assert mailoutbox == []

    def test_a_source_that_is_gone_and_was_switched_off_by_that_is_told_at_once(
        self, source, answers, hour, mailoutbox
    ):
        answers(Answer(status=410))
        pull(source)
        assert hour()
        assert hour()
        (mail,) = mailoutbox
        assert mail.subject == "Schakel: “Proefkanaal” bestaat niet meer en is uitgezet"

    def test_a_permission_that_ended_is_not_told_again_as_a_silence(self, connected, hour, mailoutbox):
        page = connected(days=-5)
        Source.objects.update(last_ok_at=timezone.now() - 5 * DAY)
        page.refresh_from_db()
        pull(page)
        assert hour()
        assert [mail.subject for mail in mailoutbox] == ["Schakel: De verbinding van “Pagina” is afgelopen"]


def test_without_a_mail_server_nothing_is_sent_and_it_is_told_once_there_is_one(settings, connected, hour, mailoutbox):
    connected(days=2)
    settings.EMAIL_HOST = ""
    assert hour()
    assert mailoutbox == []
    settings.EMAIL_HOST = "mail.portal.test"
    assert hour()
    assert len(mailoutbox) == 1


def test_a_mail_server_that_is_away_is_said_among_the_background_work_and_tried_again(
    settings, connected, hour, mailoutbox
):
    connected(days=2)
    locmem, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert not hour()
    assert "refused" in Job.objects.get(name="feeds.notices").last_error
    settings.EMAIL_BACKEND = locmem
    assert hour()
    assert len(mailoutbox) == 1
