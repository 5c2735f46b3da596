"""Caption files of many recordings come in at once: the name of each says of which recording and language it is."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import ModelLogEntry

from portal.webinars.models import Caption
from portal.webinars.transcripts.bulk_import import recording_and_language
from tests.markup import soup
from tests.webinars.factories import make_recording, make_source

pytestmark = pytest.mark.django_db

# Enough words for their language to show.
SAID = "Welkom in Mechelen, vandaag praten we over de straat en over de buurt, en dat is voor ons niet nieuw. "
FILE = "WEBVTT\n\n00:00.000 --> 00:04.000\n" + SAID * 3


@pytest.fixture
def reviewer(client):
    user = get_user_model().objects.create_user("nalezer", password="x")
    names = ("access_admin", "change_recording", "publish_recording", "view_recording")
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    client.force_login(user)
    return user


@pytest.fixture
def recording(site):
    recording = make_recording(spoken_language="nl")
    make_source(recording, "yt:dQw4w9-gX_Q", url="https://youtu.be/dQw4w9-gX_Q")
    return recording


def send(client, *files, origin="machine"):
    uploads = [SimpleUploadedFile(name, content.encode()) for name, content in files]
    return client.post(reverse("captions_by_name"), {"files": uploads, "origin": origin})


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("safe-spaces.nl.vtt", "nl"),
        ("safe-spaces.srt", ""),
        ("safe-spaces.xx.srt", None),
        ("dQw4w9-gX_Q.fr.vtt", "fr"),
        ("dQw4w9-gX_Q.json3", ""),
        ("Een titel, 1.5 uur [dQw4w9-gX_Q].nl-orig.vtt", "nl"),
        ("[dQw4w9-gX_Q].EN-GB.vtt", "en"),
        ("../../safe-spaces.nl.vtt", "nl"),
        ("safe-spaces-2.nl.vtt", None),
        ("[aaaaaaaaaaa].nl.vtt", None),
        ("dQw4w9-gX_Qx.nl.vtt", None),
        (".vtt", None),
    ],
)
def test_a_name_tells_the_recording_and_the_language(recording, name, language):
    found, code = recording_and_language(name)
    assert found == (None if language is None else recording)
    if language is not None:
        assert code == language


def test_the_number_of_a_linkedin_post_tells_its_recording(recording):
    other = make_recording("ander", title_nl="Ander")
    make_source(other, "li:6843120362218115072")
    assert recording_and_language("6843120362218115072.nl.srt") == (other, "nl")
    assert recording_and_language("post-6843120362218115072.srt") == (other, "")


def test_many_come_in_at_once_and_each_is_accounted_for(client, reviewer, recording):
    make_recording("ander", title_nl="Iets anders")
    page = send(
        client,
        ("safe-spaces.nl.vtt", FILE),
        ("[dQw4w9-gX_Q].fr.vtt", FILE),
        ("ander.vtt", FILE),
        ("niemand.nl.vtt", FILE),
        ("safe-spaces.de.vtt", "dit is geen ondertitel"),
    ).content.decode()
    assert sorted(Caption.objects.values_list("recording__key", "language", "origin")) == [
        ("safe-spaces", "fr", "machine"),
        ("safe-spaces", "nl", "machine"),
    ]
    for said in (
        "Het lijkt Nederlands.",
        "De bestandsnaam noemt geen taal, en de gesproken taal van de opname is niet bekend.",
        "Geen enkele opname past bij deze bestandsnaam.",
        "“safe-spaces.de.vtt” is geen WebVTT",
    ):
        assert said in page
    assert ModelLogEntry.objects.filter(action="webinars.captions", user=reviewer).count() == 2


def test_without_a_language_it_is_the_spoken_one(client, reviewer, recording):
    send(client, ("safe-spaces.vtt", FILE), origin="human")
    assert Caption.objects.get().language == "nl"
    assert Caption.objects.get().origin == "human"


def test_what_the_portal_gives_to_take_along_comes_back_to_its_place(client, reviewer, recording):
    send(client, ("safe-spaces.nl.vtt", FILE))
    address = soup(client.get(recording.path_in("nl"))).select_one('a[href$=".vtt"]')["href"]
    name = client.get(address)["Content-Disposition"].partition('filename="')[2].strip('"')
    assert recording_and_language(name) == (recording, "nl")


def test_a_writer_brings_them_into_drafts_only(client, reviewer, recording):
    make_recording("ontwerp", title_nl="Ontwerp", live=False)
    reviewer.user_permissions.set(Permission.objects.filter(codename__in=("access_admin", "change_recording")))
    page = send(client, ("safe-spaces.nl.vtt", FILE), ("ontwerp.nl.vtt", FILE)).content.decode()
    assert Caption.objects.get().recording.key == "ontwerp"
    assert "nu niet wijzigen" in page


def test_a_name_from_outside_is_shown_as_text(client, reviewer, recording):
    page = send(client, ("<img src=x onerror=alert(1)>.nl.vtt", FILE)).content.decode()
    assert "<img src=x" not in page


def test_without_a_file_the_form_says_so(client, reviewer):
    page = client.post(reverse("captions_by_name"), {"origin": "machine"}).content.decode()
    assert "verplicht" in page


def test_the_list_of_recordings_leads_there(client, reviewer, recording):
    address = reverse("captions_by_name")
    assert address in client.get(reverse("wagtailsnippets_webinars_recording:list")).content.decode()
    assert "safe-spaces.nl.vtt" in client.get(address).content.decode()


def test_who_may_not_change_recordings_is_not_let_in(client, recording):
    user = get_user_model().objects.create_user("lezer", password="x")
    user.user_permissions.set(Permission.objects.filter(codename="access_admin"))
    client.force_login(user)
    send(client, ("safe-spaces.nl.vtt", FILE))
    assert not Caption.objects.exists()
    assert "safe-spaces.nl.vtt" not in client.get(reverse("captions_by_name"), follow=True).content.decode()
