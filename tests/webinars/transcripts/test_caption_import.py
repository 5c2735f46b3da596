"""A caption file becomes the transcript of a recording, whole or not at all, and search hears of it."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from portal.webinars.choices import CaptionOrigin
from portal.webinars.models import Caption, Cue, Recording
from portal.webinars.transcripts.parsing import CaptionError
from portal.webinars.transcripts.storage import delete_transcript, import_captions
from search.models import Outbox
from tests.captured import ROOT
from tests.markup import soup, text_of

pytestmark = pytest.mark.django_db

FIXTURES = ROOT / "tests" / "fixtures" / "captions"
ONE = "WEBVTT\n\n00:01.000 --> 00:02.500\nGoedemorgen."


@pytest.fixture
def recording(db):
    return Recording.objects.create(key="proef", title_nl="Proef", spoken_language="nl")


def lines(caption):
    return list(caption.cues.values_list("position", "start_ms", "end_ms", "text", "speaker"))


def test_a_file_becomes_lines_in_order(recording):
    caption = import_captions(
        recording, "nl", CaptionOrigin.HUMAN, (FIXTURES / "meeting.vtt").read_bytes(), "meeting.vtt"
    )
    assert (caption.language, caption.origin) == ("nl", CaptionOrigin.HUMAN)
    assert caption.made_on is not None
    assert lines(caption)[:2] == [
        (0, 15480, 16320, "Hoort u mij?", "An Peeters"),
        (1, 17000, 19000, "Ja: luid en duidelijk.", "Tom"),
    ]


def test_the_same_language_and_origin_is_replaced_and_others_stay(recording):
    machine = import_captions(recording, "nl", CaptionOrigin.MACHINE, (FIXTURES / "rolling.vtt").read_bytes())
    human = import_captions(recording, "nl", CaptionOrigin.HUMAN, (FIXTURES / "person.srt").read_bytes())
    again = import_captions(recording, "nl", CaptionOrigin.MACHINE, ONE)
    assert again == machine
    assert lines(again) == [(0, 1000, 2500, "Goedemorgen.", "")]
    assert human.cues.count() == 3
    assert recording.captions.count() == 2


def test_a_file_that_cannot_be_read_changes_nothing(recording):
    caption = import_captions(recording, "nl", CaptionOrigin.HUMAN, ONE)
    with pytest.raises(CaptionError) as refused:
        import_captions(recording, "nl", CaptionOrigin.HUMAN, ONE + "\n\n00:xx --> 00:09.000\nmis")
    assert refused.value.line == 6
    assert caption.cues.count() == 1
    with pytest.raises(CaptionError):
        import_captions(recording, "fr", CaptionOrigin.HUMAN, "geen ondertitels")
    assert Caption.objects.count() == 1


def test_search_is_told_once_and_after_the_lines_are_there(recording):
    import_captions(recording, "nl", CaptionOrigin.HUMAN, (FIXTURES / "person.vtt").read_bytes())
    Outbox.objects.all().delete()
    import_captions(recording, "nl", CaptionOrigin.HUMAN, ONE)
    assert set(Outbox.objects.values_list("kind", "key")) == {("recording", "proef")}
    assert Outbox.objects.count() <= 2


def test_a_transcript_is_removed_with_its_lines(recording):
    delete_transcript(import_captions(recording, "nl", CaptionOrigin.HUMAN, ONE))
    assert not Caption.objects.exists()
    assert not Cue.objects.exists()


def person(*permissions):
    user = get_user_model().objects.create_user("medewerker", password="x")
    user.user_permissions.set(Permission.objects.filter(codename__in=("access_admin", *permissions)))
    return user


@pytest.fixture
def reviewer(db):
    return person("change_recording", "publish_recording")


def send(client, recording, content=ONE, name="proef.vtt", **values):
    data = {"language": "nl", "origin": "human", "file": SimpleUploadedFile(name, content.encode())} | values
    return client.post(reverse("recording_captions", args=[recording.pk]), data, follow=True)


def test_staff_bring_in_a_file_and_see_it_listed(client, reviewer, recording):
    client.force_login(reviewer)
    page = send(client, recording).content.decode()
    assert lines(Caption.objects.get()) == [(0, 1000, 2500, "Goedemorgen.", "")]
    assert "Nederlands" in page


def test_a_wrong_file_is_refused_with_its_line(client, reviewer, recording):
    client.force_login(reviewer)
    page = send(client, recording, "WEBVTT\n\n00:01.000 --> straks\nmis").content.decode()
    assert not Caption.objects.exists()
    assert "3" in page
    assert 'type="file"' in page


def test_a_transcript_can_be_taken_away_again(client, reviewer, recording):
    client.force_login(reviewer)
    caption = import_captions(recording, "nl", CaptionOrigin.HUMAN, ONE)
    address = reverse("remove_caption", args=[recording.pk, caption.pk])
    client.post(address)
    assert not Caption.objects.exists()


def test_the_transcript_of_another_recording_is_out_of_reach(client, reviewer, recording):
    client.force_login(reviewer)
    other = import_captions(Recording.objects.create(key="ander"), "nl", CaptionOrigin.HUMAN, ONE)
    assert client.post(reverse("remove_caption", args=[recording.pk, other.pk])).status_code == 404
    assert Caption.objects.exists()


def test_who_may_not_change_the_recording_brings_in_nothing(client, reviewer, recording):
    reviewer.user_permissions.remove(Permission.objects.get(codename="change_recording"))
    client.force_login(reviewer)
    send(client, recording)
    assert not Caption.objects.exists()


def test_who_may_not_publish_leaves_the_transcripts_of_a_public_recording_alone(client, recording):
    client.force_login(person("change_recording"))
    page = send(client, recording).content.decode()
    assert not Caption.objects.exists()
    assert "een nalezer" in page


def test_who_may_not_publish_brings_a_transcript_into_a_draft(client, recording):
    recording.live = False
    recording.save()
    client.force_login(person("change_recording"))
    send(client, recording)
    assert Caption.objects.exists()


def test_nobody_brings_in_a_file_while_somebody_else_has_locked_the_recording(client, reviewer, recording):
    recording.locked, recording.locked_by = True, get_user_model().objects.create_user("ander")
    recording.save()
    client.force_login(reviewer)
    send(client, recording)
    assert not Caption.objects.exists()


def test_the_form_of_a_recording_leads_to_its_transcripts(client, recording):
    client.force_login(get_user_model().objects.create_superuser("beheerder", password="x"))
    page = client.get(reverse("wagtailsnippets_webinars_recording:edit", args=[recording.pk])).content.decode()
    assert reverse("recording_captions", args=[recording.pk]) in page


def test_words_in_another_language_than_the_chosen_one_are_said(client, reviewer, recording):
    client.force_login(reviewer)
    german = "Und das ist nicht der Weg, den wir mit den Leuten in der Stadt auf der Straße gehen. " * 4
    page = soup(send(client, recording, f"00:01.000 --> 00:09.000\n{german}"))
    assert "Deutsch" in text_of(page.select_one(".messages"))
