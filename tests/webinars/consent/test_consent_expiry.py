"""Who agreed until a day is not public after it: staff are told before, and the portal takes the recording away."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from portal.jobs import queue, registry
from portal.jobs.models import Job
from portal.webinars.consent.selectors import consents_needing_attention
from portal.webinars.models import Consent, TakeDown
from tests.markup import soup
from tests.webinars.factories import make_caption, make_recording, make_speaker

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
PATH = "/nl/webinars/safe-spaces/"


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PRIVATE_ROOT = tmp_path / "private"


@pytest.fixture(autouse=True)
def reviewer(client, db):
    user = get_user_model().objects.create_user("nalezer", "nalezer@portal.test", "x")
    wanted = ("access_admin", "change_recording", "publish_recording", "view_recording")
    user.user_permissions.set(Permission.objects.filter(codename__in=wanted))
    client.force_login(user)
    return user


@pytest.fixture
def recording(site):
    recording = make_recording(speakers=[make_speaker()])
    make_caption(recording, "nl", [(0, 4, "Welkom.")])
    return recording


@pytest.fixture
def agreed(recording):
    """Write down that the speaker agreed until so many days from now: `agreed(-1)` ended yesterday."""

    def write(days=None, **fields):
        until = None if days is None else TODAY + timedelta(days=days)
        speaker = recording.speakers.get().speaker
        values = {"state": "given", "until": until} | fields
        return Consent.objects.update_or_create(recording=recording, speaker=speaker, defaults=values)[0]

    return write


@pytest.fixture
def run():
    """What the job runner does every ten minutes; gives whether it succeeded."""
    registry.load()

    def work():
        job, _new = Job.objects.update_or_create(name="webinars.consent_ends", defaults={"run_at": timezone.now()})
        return queue.execute(job)

    return work


def form(client, recording):
    return client.get(reverse("wagtailsnippets_webinars_recording:edit", args=[recording.pk])).content.decode()


def report(client):
    return client.get(reverse("consent_report")).content.decode()


class TestOnTheDayAfter:
    @pytest.mark.parametrize("state", ["given", "limited"])
    def test_the_recording_is_taken_away_with_a_note_and_nobody_is_named(self, client, recording, agreed, run, state):
        agreed(-1, state=state)
        assert run()
        taken = TakeDown.objects.get()
        assert "Ann Peeters: stemde in tot en met" in taken.note
        assert taken.words_stay
        page = client.get(PATH).content.decode()
        assert "De opname werd weggehaald." in page
        assert "Welkom." not in page
        assert "Ann Peeters" not in page
        assert ModelLogEntry.objects.get(action="webinars.take_down").user is None

    def test_the_last_day_itself_still_counts(self, recording, agreed, run):
        agreed(0)
        assert run()
        assert not TakeDown.objects.exists()

    @pytest.mark.parametrize("state", ["not_asked", "asked", "withdrawn"])
    def test_without_an_agreement_there_is_none_that_ends(self, agreed, run, state):
        agreed(-1, state=state)
        assert run()
        assert not TakeDown.objects.exists()

    def test_a_day_to_look_again_takes_nothing_away(self, agreed, run):
        agreed(review_on=TODAY - timedelta(days=1))
        assert run()
        assert not TakeDown.objects.exists()

    def test_a_draft_and_an_example_are_left_alone(self, recording, agreed, run):
        agreed(-1)
        for values in ({"live": False, "is_example": False}, {"live": True, "is_example": True}):
            type(recording).objects.update(**values)
            assert run()
            assert not TakeDown.objects.exists()

    def test_twice_and_for_two_speakers_it_is_one_take_down(self, recording, agreed, run):
        agreed(-1)
        Consent.objects.create(recording=recording, state="given", until=TODAY - timedelta(days=3))
        assert run()
        assert run()
        assert ModelLogEntry.objects.filter(action="webinars.take_down").count() == 1

    def test_it_is_given_back_once_a_later_day_is_written_down_and_stays(self, client, recording, agreed, run):
        agreed(-1)
        assert run()
        lift = reverse("lift_take_down", args=[recording.pk])
        assert "Vul eerst de nieuwe datum in." in client.post(lift, follow=True).content.decode()
        assert TakeDown.objects.exists()
        agreed(100)
        client.post(lift)
        assert run()
        assert not TakeDown.objects.exists()
        assert "Welkom." in client.get(PATH).content.decode()


class TestStaffAreTold:
    def test_the_form_says_that_the_portal_will_take_it_away(self, client, recording, agreed):
        agreed(30)
        assert "De dag erna haalt het portaal de opname weg." in form(client, recording)
        agreed(90)
        assert "De dag erna haalt het portaal" not in form(client, recording)

    def test_the_form_says_who_withdrew_and_leads_to_the_take_down_filled_in(self, client, recording, agreed):
        agreed(state="withdrawn")
        page = form(client, recording)
        assert "Ann Peeters: de instemming is ingetrokken, maar de opname is nog openbaar." in page
        address = reverse("take_down_recording", args=[recording.pk]) + "?reason=speaker"
        assert address in page
        asked = client.get(address).content.decode()
        assert 'value="speaker"' in asked
        assert asked.count("checked") == 2, "why, and what becomes of the words"

    def test_a_writer_reads_it_too_and_who_takes_it_away(self, client, recording, agreed, reviewer):
        agreed(state="withdrawn")
        type(recording).objects.update(live=False)
        wanted = ("access_admin", "change_recording")
        reviewer.user_permissions.set(Permission.objects.filter(codename__in=wanted))
        page = form(client, recording)
        assert "Een nalezer haalt ze weg." in page
        assert "take-down" not in page

    def test_the_form_recalls_a_limit(self, client, recording, agreed):
        agreed(state="limited", limit="audio")
        assert "stemde in binnen grenzen, alleen geluid" in form(client, recording)

    def test_writing_down_a_withdrawal_offers_the_take_down_at_once(self, client, recording, agreed):
        consent = agreed()
        fields = {"since": "", "limit": "", "until": "", "review_on": "", "note": ""}
        sent = {
            f"speaker-{name}-{field}": value
            for name, state in ((consent.speaker_id, "withdrawn"), ("all", "not_asked"))
            for field, value in ({"state": state} | fields).items()
        }
        page = client.post(reverse("recording_consent", args=[recording.pk]), sent, follow=True).content.decode()
        assert "maar de opname is nog openbaar." in page
        assert "?reason=speaker" in page

    def test_nothing_is_said_once_it_is_taken_away(self, client, recording, agreed, run):
        agreed(-1)
        assert run()
        assert "de opname is nog openbaar" not in form(client, recording)


class TestTheReport:
    def test_a_broken_consent_is_taken_away_in_one_step(self, client, recording, agreed):
        agreed(state="withdrawn")
        address = reverse("take_down_recording", args=[recording.pk])
        assert soup(report(client)).select(f'form[method=post][action="{address}"]')
        client.post(address, {"reason": "speaker", "words": "stay"})
        assert TakeDown.objects.get().reason == "speaker"
        assert not consents_needing_attention().exists()

    def test_a_day_that_comes_near_is_to_be_looked_at_and_offers_nothing(self, client, agreed):
        agreed(10)
        page = report(client)
        assert "nagaan of ze mag blijven" in page
        assert "take-down" not in page

    def test_what_the_portal_took_away_by_itself_is_seen_for_sixty_days(self, client, recording, agreed, run):
        agreed(-1)
        assert run()
        assert "weggehaald op" in report(client)
        agreed(-61)
        assert not consents_needing_attention().exists()


class TestByMail:
    @pytest.fixture(autouse=True)
    def mail_server(self, settings):
        settings.EMAIL_HOST = "mail.portal.test"

    def test_it_is_told_a_fortnight_before_and_when_it_happened_once_each(self, agreed, run, mailoutbox):
        agreed(15)
        assert run()
        assert mailoutbox == []
        consent = agreed(14)
        for _time in range(2):
            assert run()
        (mail,) = mailoutbox
        assert mail.to == ["nalezer@portal.test"]
        assert mail.subject.endswith("wordt weggehaald: een instemming loopt af")
        assert f"http://127.0.0.1:8000/admin/recordings/{consent.recording_id}/consent/" in mail.body
        agreed(-1)
        for _time in range(2):
            assert run()
        assert len(mailoutbox) == 2
        assert mailoutbox[1].subject.endswith("is weggehaald: een instemming is afgelopen")

    def test_the_day_to_look_again_is_told_once_when_it_has_come(self, client, recording, agreed, run, mailoutbox):
        agreed(review_on=TODAY + timedelta(days=1))
        assert run()
        assert mailoutbox == []
        agreed(review_on=TODAY)
        for _time in range(2):
            assert run()
        (mail,) = mailoutbox
        assert mail.subject.endswith("moet opnieuw bekeken worden")
        assert "opnieuw bekeken worden" in form(client, recording)

    def test_what_staff_took_away_themselves_before_is_not_told(self, client, recording, agreed, run, mailoutbox):
        client.post(reverse("take_down_recording", args=[recording.pk]), {"reason": "rights", "words": "stay"})
        agreed(-1)
        assert run()
        assert mailoutbox == []
        assert TakeDown.objects.get().reason == "rights"

    def test_a_mail_server_that_is_away_does_not_keep_a_recording_there(self, settings, agreed, run):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
        agreed(-1)
        assert not run()
        assert TakeDown.objects.exists()
