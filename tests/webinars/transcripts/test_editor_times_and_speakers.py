"""Staff correct when a line of a transcript begins and ends and who speaks, and divide a line, in one form."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.urls import reverse

from portal.webinars.transcripts.parsing import CueLine
from portal.webinars.transcripts.storage import digest, stored_lines, write_lines
from tests.markup import soup, text_of
from tests.webinars.factories import make_caption, make_recording, make_speaker

pytestmark = pytest.mark.django_db

LINES = [
    CueLine(0, 4_000, "Welkom in Mechelen.", "Speaker 1"),
    CueLine(4_000, 8_000, "We praten over overlast.", "Speaker 1"),
    CueLine(8_000, 12_000, "Dank u.", "Speaker 2"),
]


@pytest.fixture
def machine(site):
    recording = make_recording(spoken_language="nl", duration_s=20, speakers=[make_speaker()])
    caption = make_caption(recording, origin="machine")
    write_lines(caption, LINES)
    return caption


@pytest.fixture(autouse=True)
def reviewer(client, db):
    user = get_user_model().objects.create_user("nalezer", password="lang genoeg woord")
    names = ("access_admin", "change_recording", "publish_recording")
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    client.force_login(user)
    return user


@pytest.fixture
def send(client, machine):
    """Send the form of the editor with these fields otherwise than they are: `send("save", b1="0:05")`."""

    def sent(do, base=None, **fields):
        base = base or LINES
        texts = {f"c{row}": line.text for row, line in enumerate(base)}
        data = {"seen": digest(base), "do": do, **texts, **fields}
        return client.post(reverse("correct_caption", args=[machine.recording_id, machine.pk]), data, follow=True)

    return sent


def opened(row, begin, end, speaker):
    return {f"b{row}": begin, f"e{row}": end, f"w{row}": speaker}


def fields_of(response):
    """What stands in the fields of the editor, by the name of the field."""
    fields = soup(response).select("form input[name], form textarea[name]")
    return {field["name"]: field.get("value", text_of(field)) for field in fields}


def kept(machine):
    return stored_lines(machine.recording.captions.get(origin="corrected"))


def nothing_was_saved(machine):
    return not machine.recording.captions.filter(origin="corrected").exists()


def test_a_paragraph_is_opened_with_what_was_typed_so_far_and_nothing_is_saved(send, machine):
    typed = fields_of(send("open-0", c2="Dank u wel.", s1="Bob"))
    expected = {"b0": "0:00", "e1": "0:08", "w1": "Speaker 1", "c2": "Dank u wel.", "s1": "Bob"}
    assert typed.items() >= expected.items()
    assert "b2" not in typed, "the paragraph of the other speaker stays closed"
    typed = fields_of(send("open-2", **opened(0, "0:00.5", "0:04", "Ann")))
    assert typed.items() >= {"b0": "0:00.5", "b2": "0:08"}.items()
    assert nothing_was_saved(machine)


def test_begin_end_and_speaker_of_a_line_are_kept_beside_what_was_brought_in(send, machine):
    send("save", **opened(1, "0:04.25", "0:07,5", "Ann Peeters"))
    assert kept(machine) == [LINES[0], CueLine(4_250, 7_500, LINES[1].text, "Ann Peeters"), LINES[2]]
    assert stored_lines(machine) == LINES


def test_a_speaker_is_called_otherwise_in_all_lines_and_visitors_read_a_name_that_may_be_named(client, send, machine):
    path = machine.recording.path_in("nl")
    assert "Speaker 1" not in client.get(path).content.decode()
    assert "2 regels verbeterd" in text_of(soup(send("save", s0="Ann Peeters")))
    assert [line.speaker for line in kept(machine)] == ["Ann Peeters", "Ann Peeters", "Speaker 2"]
    page = client.get(path)
    assert "Ann Peeters" in text_of(soup(page).select_one("div.transcript"))
    assert "Speaker 2" not in page.content.decode()


def test_what_is_written_at_a_line_goes_before_what_is_written_for_all(send, machine):
    send("save", s0="Ann Peeters", **opened(1, "0:04", "0:08", "Bob"))
    assert [line.speaker for line in kept(machine)] == ["Ann Peeters", "Bob", "Speaker 2"]


def test_an_emptied_name_disappears(send, machine):
    send("save", s1="")
    assert [line.speaker for line in kept(machine)] == ["Speaker 1", "Speaker 1", ""]


def test_the_names_of_the_speakers_of_the_recording_are_offered(send):
    assert soup(send("look")).select('option[value="Ann Peeters"]')


def test_enter_divides_an_opened_line_and_its_time_by_the_length_of_the_texts(send, machine):
    send("save", c1="Wij.\r\nEn ook jullie.\r\n", **opened(1, "0:04", "0:08", "Speaker 1"))
    assert kept(machine) == [
        LINES[0],
        CueLine(4_000, 4_888, "Wij.", "Speaker 1"),
        CueLine(4_888, 8_000, "En ook jullie.", "Speaker 1"),
        LINES[2],
    ]


def test_an_emptied_line_disappears_whatever_its_times_say(send, machine):
    send("save", c1=" ", **opened(1, "0:09", "0:03", "x"))
    assert kept(machine) == [LINES[0], LINES[2]]


@pytest.mark.parametrize(
    ("fields", "says", "field"),
    [
        (opened(1, "vier", "0:08", ""), "“vier”, bij de regel van 0:04, is geen tijd.", "b1"),
        (opened(1, "0:04", "", ""), "“”, bij de regel van 0:04, is geen tijd.", "e1"),
        (opened(1, "0:06", "0:05", ""), "De regel op 0:04 moet eindigen nadat hij begint.", "e1"),
        (opened(2, "0:03", "0:12", ""), "De regel op 0:08 zou beginnen voor de regel erboven.", "b2"),
        (opened(1, "0:09", "0:10", ""), "De regel op 0:04 zou beginnen na de regel eronder.", "b1"),
        (opened(2, "0:08", "0:25", ""), "na het einde van de opname, op 0:21.", "e2"),
    ],
)
def test_a_time_that_cannot_be_is_said_in_one_sentence_at_its_field_and_nothing_is_lost(
    send, machine, fields, says, field
):
    response = send("save", c0="Welkom iedereen.", **fields)
    page = soup(response)
    assert "Nog niet bewaard." in text_of(page)
    assert says in text_of(page)
    assert [wrong["id"] for wrong in page.select("[aria-invalid=true]")] == [field]
    assert fields_of(response)["c0"] == "Welkom iedereen."
    assert nothing_was_saved(machine)


def test_lines_may_all_be_moved_together(send, machine):
    later = {}
    for row, (begin, end) in enumerate([("0:08", "0:12"), ("0:12", "0:16"), ("0:16", "0:20")]):
        later |= opened(row, begin, end, LINES[row].speaker)
    send("save", **later)
    assert [line.start_ms for line in kept(machine)] == [8_000, 12_000, 16_000]


def test_a_recording_of_unknown_length_takes_any_end(send, machine):
    type(machine.recording).objects.update(duration_s=None)
    send("save", **opened(2, "0:08", "2:00:00", "Speaker 2"))
    assert kept(machine)[2].end_ms == 7_200_000


def test_times_that_came_in_wrong_are_no_obstacle_to_correcting_something_else(send, machine):
    odd = [CueLine(0, 0, "Een.", ""), CueLine(5_000, 900_000, "Twee.", "")]
    write_lines(machine, odd)
    send("save", odd, c0="Eén.", **opened(0, "0:00", "0:00", ""), **opened(1, "0:05", "15:00", ""))
    assert [line.text for line in kept(machine)] == ["Eén.", "Twee."]


def test_two_people_who_correct_times_and_text_of_other_lines_both_keep_theirs(send, machine):
    send("save", **opened(1, "0:05", "0:08", "Speaker 1"))
    send("save", c0="Welkom iedereen.")
    assert [(line.start_ms, line.text) for line in kept(machine)][:2] == [
        (0, "Welkom iedereen."),
        (5_000, "We praten over overlast."),
    ]


def test_of_a_line_that_two_people_changed_the_first_stays_and_the_second_is_told(send, machine):
    send("save", **opened(1, "0:05", "0:08", "Speaker 1"))
    page = text_of(soup(send("save", c1="Wij praten.")))
    assert "U schreef: Wij praten." in page
    assert kept(machine)[1] == CueLine(5_000, 8_000, "We praten over overlast.", "Speaker 1")


def test_times_can_be_put_back_and_the_comparison_says_who_spoke(client, send, machine):
    send("save", **opened(1, "0:05", "0:08", "Bob"))
    corrected = machine.recording.captions.get(origin="corrected")
    url = reverse("earlier_caption", args=[machine.recording_id, corrected.pk, corrected.earlier.first().pk])
    assert "Bob: We praten over overlast." in text_of(soup(client.get(url)))
    client.post(url)
    assert kept(machine) == LINES


def test_a_paragraph_that_is_not_there_cannot_be_opened(send):
    for forged in ("open-1", "open-99", "open-", "open-x"):
        assert send(forged).status_code == 400


def test_a_form_that_is_full_says_so(settings, send):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 20
    response = send("open-0")
    assert "Bewaar eerst." in text_of(soup(response))
    assert "b0" not in fields_of(response)
