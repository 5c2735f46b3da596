"""Who agreed to a recording being public is written down for the staff, and who withdrew is not named."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from portal.webinars.choices import NO_SPEECH
from portal.webinars.consent.selectors import consents_needing_attention, recordings_without_answer
from portal.webinars.models import Consent
from tests.webinars.factories import make_recording, make_speaker

pytestmark = pytest.mark.django_db

PATH = "/nl/webinars/safe-spaces/"
EMPTY = {"state": "not_asked", "since": "", "limit": "", "until": "", "review_on": "", "note": ""}


@pytest.fixture
def staff(client):
    user = get_user_model().objects.create_user("nalezer", password="x")
    wanted = ("access_admin", "change_recording", "publish_recording")
    user.user_permissions.set(Permission.objects.filter(codename__in=wanted))
    client.force_login(user)
    return user


@pytest.fixture
def ann(site):
    return make_speaker()


@pytest.fixture
def recording(ann):
    return make_recording(speakers=[ann])


def written(**who):
    return {f"speaker-{name}-{field}": value for name, own in who.items() for field, value in (EMPTY | own).items()}


def save(client, recording, **who):
    names = {"all": {}} | {name.replace("s_", ""): value for name, value in who.items()}
    return client.post(reverse("recording_consent", args=[recording.pk]), written(**names))


def test_each_speaker_and_everybody_together_have_a_consent_of_their_own(client, staff, recording, ann):
    answer = save(client, recording, **{f"s_{ann.pk}": {"state": "given", "since": "2026-03-01", "note": "Per mail."}})
    assert answer.status_code == 302
    consent = Consent.objects.get()
    assert (consent.speaker, consent.state, consent.note) == (ann, "given", "Per mail.")
    assert ModelLogEntry.objects.get(action="webinars.consent").user == staff


def test_a_consent_within_limits_says_which(client, staff, recording, ann):
    answer = save(client, recording, **{f"s_{ann.pk}": {"state": "limited"}})
    assert answer.status_code == 200
    assert not Consent.objects.exists()
    save(client, recording, **{f"s_{ann.pk}": {"state": "limited", "limit": "audio"}})
    assert Consent.objects.get().limit == "audio"


def test_who_withdrew_is_not_named_here_any_more(client, recording, ann):
    assert "Ann Peeters" in client.get(PATH).content.decode()
    Consent.objects.create(recording=recording, speaker=ann, state="withdrawn")
    assert "Ann Peeters" not in client.get(PATH).content.decode()


def test_notes_about_consent_are_on_no_public_page(client, recording, ann):
    Consent.objects.create(recording=recording, speaker=ann, state="given", note="Belde op dinsdag.")
    assert "Belde op dinsdag." not in client.get(PATH).content.decode()


@pytest.mark.parametrize(
    ("fields", "listed"),
    [
        ({"review_on": 30}, True),
        ({"review_on": -3}, True),
        ({"review_on": 90}, False),
        ({"until": 30, "state": "limited"}, True),
        ({"state": "withdrawn"}, True),
        ({}, False),
    ],
)
def test_staff_see_which_dates_come_near(recording, ann, fields, listed):
    days = {name: timezone.localdate() + timedelta(days=value) for name, value in fields.items() if name != "state"}
    Consent.objects.create(recording=recording, speaker=ann, state=fields.get("state", "given"), **days)
    assert consents_needing_attention().exists() is listed


def test_staff_see_who_was_not_asked(client, staff, recording, ann):
    assert list(recordings_without_answer()) == [recording]
    assert str(recording) in client.get(reverse("consent_report")).content.decode()
    Consent.objects.create(recording=recording, speaker=ann, state="asked")
    assert list(recordings_without_answer()) == [recording]
    Consent.objects.update(state="given")
    assert list(recordings_without_answer()) == []


def test_one_consent_for_everybody_is_enough(recording):
    Consent.objects.create(recording=recording, state="given")
    assert list(recordings_without_answer()) == []


def test_a_recording_without_speakers_was_not_asked_about_either(site):
    recording = make_recording()
    assert list(recordings_without_answer()) == [recording]


def test_where_nobody_speaks_nobody_is_asked(site):
    make_recording(spoken_language=NO_SPEECH)
    assert list(recordings_without_answer()) == []


@pytest.mark.parametrize("in_a_list", [False, True])
def test_a_speaker_is_not_deleted_while_her_consent_is_kept(admin_client, recording, ann, in_a_list):
    url = reverse("wagtailsnippets_webinars_speaker:delete", args=[ann.pk])
    if in_a_list:
        url = reverse("wagtail_bulk_action", args=["webinars", "speaker", "delete"]) + f"?id={ann.pk}&next=/admin/"
    consent = Consent.objects.create(recording=recording, speaker=ann, state="withdrawn")
    answer = admin_client.post(url, follow=True)
    assert "bewaard als bewijs" in " ".join(str(message) for message in answer.context["messages"])
    assert Consent.objects.filter(speaker=ann).exists()
    consent.delete()
    admin_client.post(url)
    assert not type(ann).objects.filter(pk=ann.pk).exists()
