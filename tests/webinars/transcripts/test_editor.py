"""Staff correct a transcript: what they changed goes before what was brought in, and is not lost by anything later."""

from dataclasses import replace

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from portal.webinars.choices import CaptionOrigin
from portal.webinars.public.search_documents import recording_documents
from portal.webinars.transcripts.corrections import CorrectionError, correct, restore
from portal.webinars.transcripts.selectors import transcripts_of
from portal.webinars.transcripts.storage import digest, import_captions, stored_lines
from search.models import Outbox
from tests.markup import soup, text_of
from tests.webinars.factories import make_caption, make_recording

pytestmark = pytest.mark.django_db

LINES = ((0, 4, "Welkom in mechele."), (4, 8, "We praten over overlast."), (8, 12, "Tot straks."))
FILE = "WEBVTT\n\n00:00.000 --> 00:04.000\nWelkom in mechele.\n\n00:04.000 --> 00:08.000\nEn nu anders."


@pytest.fixture
def recording(site):
    return make_recording(spoken_language="nl")


@pytest.fixture
def machine(recording):
    return make_caption(recording, lines=LINES, origin="machine")


@pytest.fixture
def reviewer(client):
    user = get_user_model().objects.create_user("nalezer", password="lang genoeg woord")
    names = ("access_admin", "change_recording", "publish_recording")
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    client.force_login(user)
    return user


def texts(caption):
    return [line.text for line in stored_lines(caption)]


def corrected(caption, *wanted, base=None):
    base = base or stored_lines(caption)
    lines = [(replace(line, text=text),) if text.strip() else () for line, text in zip(base, wanted, strict=False)]
    return correct(caption, base, lines, None)


def read(recording):
    recording.refresh_from_db()
    return transcripts_of(type(recording).objects.get(pk=recording.pk))["nl"]


def address(caption):
    return reverse("correct_caption", args=[caption.recording_id, caption.pk])


def send(client, caption, wanted, do="save", seen=None, **values):
    fields = {f"c{number}": text for number, text in enumerate(wanted)}
    data = {"seen": seen or digest(stored_lines(caption)), "do": do, **fields, **values}
    return client.post(address(caption), data, follow=True)


def test_a_correction_is_kept_beside_what_was_brought_in_and_read_before_it(recording, machine):
    done = corrected(machine, "Welkom in Mechelen.", "We praten over overlast.", "")
    assert done.changed == 2
    assert texts(machine) == [text for _start, _end, text in LINES]
    assert texts(done.caption) == ["Welkom in Mechelen.", "We praten over overlast."]
    assert (done.caption.origin, done.caption.corrected_from) == (CaptionOrigin.CORRECTED, CaptionOrigin.MACHINE)
    assert read(recording) == done.caption


def test_the_same_captions_that_come_in_anew_leave_the_corrections_alone(recording, machine):
    done = corrected(machine, "Welkom in Mechelen.", "We praten over overlast.", "Tot straks.")
    import_captions(recording, "nl", CaptionOrigin.MACHINE, FILE)
    assert texts(machine) == ["Welkom in mechele.", "En nu anders."]
    assert read(recording) == done.caption
    assert texts(done.caption)[0] == "Welkom in Mechelen."


def test_staff_are_told_that_what_they_brought_in_is_not_what_visitors_read(client, reviewer, recording, machine):
    corrected(machine, "Welkom in Mechelen.", "We praten over overlast.", "Tot straks.")
    page = client.post(
        reverse("recording_captions", args=[recording.pk]),
        {"language": "nl", "origin": "machine", "file": SimpleUploadedFile("a.vtt", FILE.encode())},
        follow=True,
    ).content.decode()
    assert "in deze taal lezen: door een machine gemaakt, door een mens verbeterd" in page


def test_a_corrected_text_goes_before_the_person_s_own_that_it_corrects_only(recording, machine):
    corrected(machine, "Welkom in Mechelen.", "We praten over overlast.", "Tot straks.")
    human = make_caption(recording, lines=LINES, origin="human")
    assert read(recording) == human
    done = corrected(human, "Welkom.", "We praten over overlast.", "Tot straks.")
    assert read(recording) == done.caption
    assert str(done.caption.get_origin_display()) == "door een mens geschreven, daarna verbeterd"


def test_what_stood_there_before_can_be_put_back_and_that_too(recording, machine):
    first = corrected(machine, "Een.", "Twee.", "Drie.").caption
    corrected(first, "Een!", "", "Drie.")
    restore(first.earlier.first(), None)
    assert texts(first) == ["Een.", "Twee.", "Drie."]
    restore(first.earlier.first(), None)
    assert texts(first) == ["Een!", "Drie."]
    restore(first.earlier.last(), None)
    assert texts(first) == [text for _start, _end, text in LINES]
    assert first.earlier.count() == 5


def test_an_import_over_a_corrected_text_can_be_taken_back(recording, machine):
    done = corrected(machine, "Een.", "Twee.", "Drie.").caption
    import_captions(recording, "nl", CaptionOrigin.CORRECTED, FILE)
    restore(done.earlier.first(), None)
    assert texts(done) == ["Een.", "Twee.", "Drie."]


def test_two_people_who_change_other_lines_both_keep_theirs(recording, machine):
    base = stored_lines(machine)
    corrected(machine, "Een.", *(line.text for line in base[1:]), base=base)
    done = corrected(machine, base[0].text, "Twee.", base[2].text, base=base)
    assert texts(done.caption) == ["Een.", "Twee.", "Tot straks."]
    assert not done.refused


def test_of_a_line_that_two_people_changed_the_first_stays_and_the_second_is_given_back(recording, machine):
    base = stored_lines(machine)
    corrected(machine, "Een.", *(line.text for line in base[1:]), base=base)
    done = corrected(machine, "Eén.", "Twee.", base[2].text, base=base)
    assert texts(done.caption) == ["Een.", "Twee.", "Tot straks."]
    assert [line.text for line in done.refused] == ["Eén."]
    assert done.changed == 1


def test_nothing_is_kept_when_lines_are_missing_or_none_is_left(recording, machine):
    with pytest.raises(CorrectionError):
        corrected(machine, "Een.")
    with pytest.raises(CorrectionError):
        corrected(machine, "", " ", "")
    assert read(recording) == machine


def test_search_finds_the_corrected_words_at_their_second(recording, machine):
    Outbox.objects.all().delete()
    corrected(machine, "Welkom in Mechelen.", "We praten over overlast.", "Tot straks.")
    assert Outbox.objects.filter(kind="recording", key=recording.key).exists()
    (document,) = recording_documents([recording.key])
    assert (document.cues[0].start_s, document.cues[0].text) == (0, "Welkom in Mechelen.")


def test_the_public_page_says_that_it_was_corrected_and_when(client, recording, machine):
    done = corrected(machine, "Welkom in Mechelen.", "We praten over overlast.", "Tot straks.").caption
    transcript = soup(client.get(recording.path_in("nl"))).select_one("section[aria-labelledby=transcript]")
    assert "Welkom in Mechelen." in text_of(transcript)
    assert "door een machine gemaakt, door een mens verbeterd" in text_of(transcript)
    assert str(done.made_on.year) in text_of(transcript.p)


def test_every_line_stands_in_a_field_named_by_its_time(client, reviewer, machine):
    page = soup(client.get(address(machine)))
    assert text_of(page.select_one("label[for=c1]")) == "0:04"
    field = page.select_one("textarea#c1")
    assert (text_of(field), field["dir"]) == ("We praten over overlast.", "auto")


def test_what_is_saved_in_the_editor_opens_there_again(client, reviewer, recording, machine):
    response = send(client, machine, ["Welkom in\r\nMechelen.", "We praten over overlast.", "Tot straks."])
    kept = read(recording)
    assert response.redirect_chain[-1][0] == address(kept)
    assert texts(kept)[0] == "Welkom in Mechelen."
    assert client.get(address(machine), follow=True).redirect_chain[-1][0] == address(kept)


def test_a_replacement_is_shown_with_its_number_then_made_then_undone_and_not_saved(client, reviewer, machine):
    typed = ["Welkom in mechele, dus Mechele.", "We praten over overlast.", "Tot straks."]
    wanted = {"find": "mechele", "instead": "Mechelen", "whole_words": "on"}
    page = soup(send(client, machine, typed, "look", **wanted))
    assert "zou 2 keer veranderen" in text_of(page)
    changes = [(text_of(new.find_previous_sibling("del")), text_of(new)) for new in page.select("del + ins")]
    assert changes == [("mechele", "Mechelen"), ("Mechele", "Mechelen")]
    response = send(client, machine, typed, "replace", **wanted)
    assert text_of(soup(response).select_one("textarea#c0")) == "Welkom in Mechelen, dus Mechelen."
    assert "2 keer vervangen" in text_of(soup(response))
    done = ["Welkom in Mechelen, dus Mechelen.", "We praten over overlast.", "Tot zo."]
    page = soup(send(client, machine, done, "undo", undo=response.context["undo"], **wanted))
    assert text_of(page.select_one("textarea#c0")) == "Welkom in mechele, dus Mechele."
    assert text_of(page.select_one("textarea#c2")) == "Tot zo."
    assert texts(machine)[0] == "Welkom in mechele."
    assert not machine.recording.captions.filter(origin="corrected").exists()


def test_an_earlier_version_is_compared_before_it_is_put_back(client, reviewer, recording, machine):
    kept = corrected(machine, "Een.", "Twee.", "Drie.").caption
    corrected(kept, "Een.", "Twee!", "Drie.")
    url = reverse("earlier_caption", args=[recording.pk, kept.pk, kept.earlier.first().pk])
    assert "1 regel verschilt" in text_of(soup(client.get(url)))
    assert client.post(url).status_code == 302
    assert texts(kept) == ["Een.", "Twee.", "Drie."]


def test_a_text_of_another_time_is_not_saved_over_this_one(client, reviewer, machine):
    page = soup(send(client, machine, ["a", "b", "c"], seen="0" * 64))
    assert "Iemand anders heeft dit transcript gewijzigd" in text_of(page)
    assert texts(machine) == [text for _start, _end, text in LINES]


def test_a_forged_memory_of_a_replacement_is_refused(client, reviewer, machine):
    for forged in ('[[99, "a", "b"]]', "[[0]]", "{", "7"):
        assert send(client, machine, texts(machine), "undo", undo=forged).status_code == 400


def test_four_thousand_lines_are_corrected_in_one_go(client, reviewer, recording):
    long = make_caption(recording, "de", [(n, n + 1, f"Zeile {n}") for n in range(4000)], "machine")
    wanted = [f"Satz {n}" for n in range(4000)]
    assert send(client, long, wanted).status_code == 200
    assert texts(recording.captions.get(language="de", origin="corrected")) == wanted


def test_what_is_longer_than_a_form_can_be_is_corrected_as_a_file(client, reviewer, recording):
    endless = make_caption(recording, "de", [(n, n + 1, "Wort") for n in range(8001)], "machine")
    assert "te lang" in client.get(address(endless), follow=True).content.decode()


def test_right_to_left_text_and_one_endless_line_come_back_as_they_were(client, reviewer, recording):
    endless = "woord" * 20_000
    caption = make_caption(recording, lines=((0, 4, "مرحبا بكم"), (4, 8, "x")), origin="machine")
    send(client, caption, ["مرحبا بكم جميعا", endless])
    assert texts(read(recording)) == ["مرحبا بكم جميعا", endless]
    fields = soup(client.get(address(read(recording)))).select("textarea[dir=auto]")
    assert "مرحبا بكم جميعا" in [text_of(field) for field in fields]


def test_who_may_not_bring_in_captions_may_not_correct_them(client, recording, machine):
    user = get_user_model().objects.create_user("schrijver", password="lang genoeg woord")
    user.user_permissions.set(Permission.objects.filter(codename__in=("access_admin", "change_recording")))
    client.force_login(user)
    send(client, machine, ["a", "b", "c"])
    assert read(recording) == machine


def test_a_transcript_is_taken_away_only_after_a_question(client, reviewer, recording, machine):
    url = reverse("remove_caption", args=[recording.pk, machine.pk])
    assert "voorgoed" in client.get(url).content.decode()
    assert recording.captions.exists()
    client.post(url)
    assert not recording.captions.exists()
