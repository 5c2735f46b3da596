"""Caption files of people and machines become lines of text, each word once, in the order of time."""

import json
from pathlib import Path

import pytest

from portal.webinars.captions import CueLine, parse
from tests.captured import ROOT, samples  # noqa: F401

FIXTURES = ROOT / "tests" / "fixtures" / "captions"


def texts(lines):
    return [line.text for line in lines]


def test_webvtt_written_by_a_person():
    assert parse((FIXTURES / "person.vtt").read_bytes()) == [
        CueLine(500, 3000, "Goedemorgen, en welkom bij deze sessie."),
        CueLine(3000, 4000, "Ja."),
        CueLine(4000, 5000, "Ja."),
        CueLine(3_602_250, 3_605_000, "Wat is <nabijheid> & wat niet?", "Mieke"),
        CueLine(3_602_250, 3_605_000, "Goede vraag.", "Jan"),
    ]


def test_srt_with_a_blank_line_in_a_cue_an_empty_cue_and_a_glued_one():
    assert parse((FIXTURES / "person.srt").read_bytes()) == [
        CueLine(500, 3000, "Goedemorgen, welkom bij deze sessie."),
        CueLine(4500, 5000, "In 2021: twintig jongeren."),
        CueLine(5000, 6000, "Dank u."),
    ]


def test_rolling_automatic_captions_give_each_word_once():
    assert texts(parse((FIXTURES / "rolling.vtt").read_bytes())) == [
        "goeiemorgen allemaal welkom",
        "op deze sessie",
        "over buurtwerk",
    ]


def test_rolling_captions_without_word_times_give_each_word_once():
    rolling = "\n\n".join(
        f"{n}\n00:00:{n:02},000 --> 00:00:{n + 1:02},000\nregel {n}\nregel {n + 1}" for n in range(1, 9)
    )
    assert texts(parse(rolling)) == ["regel 1 regel 2", *(f"regel {n}" for n in range(3, 10))]


def test_a_meeting_of_zoom_names_its_speakers():
    lines = parse((FIXTURES / "meeting.vtt").read_bytes())
    assert [(line.speaker, line.text) for line in lines] == [
        ("An Peeters", "Hoort u mij?"),
        ("Tom", "Ja: luid en duidelijk."),
        ("", "(gelach)"),
        ("An Peeters", "Dan beginnen we."),
    ]


def test_a_colon_now_and_then_is_no_speaker():
    text = "WEBVTT\n\n" + "\n\n".join(
        f"00:0{n}.000 --> 00:0{n}.900\n{'Let op: dit telt' if n == 3 else 'gewone tekst'}" for n in range(6)
    )
    assert {line.speaker for line in parse(text)} == {""}


@pytest.mark.parametrize(
    "content",
    [
        "WEBVTT\n\n00:01.000 --> 00:02.000\ntekst",
        "00:01.000 --> 00:02.000\ntekst",
        "\n\nWEBVTT\n\n00:01.000 --> 00:02.000\ntekst",
        "WEBVTT\n00:01.000 --> 00:02.000\ntekst",
        "1\r\n00:00:01,000 --> 00:00:02,000\r\ntekst\r\n",
        "1\r00:00:01,000 --> 00:00:02,000\rtekst\r",
        b"\xef\xbb\xbfWEBVTT\n\n00:01.000 --> 00:02.000\ntekst",
        b"\xef\xbb\xbf\tWEBVTT\n\n00:01.000 --> 00:02.000\ntekst",
        "WEBVTT\n\n00:01.000 --> 00:02.000\ntekst".encode("utf-16"),
        "WEBVTT\n\n00:00:01.000\t-->\t00:00:02.000 line:0\ntekst",
        "0:01 --> 0:02\ntekst",
    ],
)
def test_the_same_cue_in_many_spellings(content):
    assert parse(content) == [CueLine(1000, 2000, "tekst")]


def test_lines_that_overlap_come_in_order_and_once():
    text = (
        "WEBVTT\n\n00:05.000 --> 00:08.000\ndrie\n\n00:01.000 --> 00:04.000\neen\n\n00:03.000 --> 00:04.500\neen\ntwee"
        "\n\n00:09.000 --> 00:06.000\nvier"
    )
    assert parse(text) == [
        CueLine(1000, 4000, "een"),
        CueLine(3000, 4500, "twee"),
        CueLine(5000, 8000, "drie"),
        CueLine(9000, 9000, "vier"),
    ]


def test_times_of_more_than_a_day_are_kept():
    assert parse("25:00:00.000 --> 25:00:01.000\nlaat")[0].start_ms == 90_000_000


def test_right_to_left_text_is_left_as_it_is():
    assert parse("1\n00:00:01,000 --> 00:00:02,000\nשלום, עולם").pop().text == "שלום, עולם"


@pytest.mark.parametrize(
    ("name", "words"),
    [("auto_en_2018_colortags_t2o2.vtt", 6343), ("autotranslated_en_rolling_finec_part2.vtt", 1154)],
)
def test_captured_rolling_captions_have_as_many_words_as_were_timed(samples: Path, name, words):  # noqa: F811
    assert sum(len(line.text.split()) for line in parse((samples / "captions" / name).read_bytes())) == words


def test_captured_captions_of_every_kind_are_read_in_order(samples: Path):  # noqa: F811
    odd = {"vttjs_cue-times_min-mid-digits.vtt", "vttjs_file-layout_blank-file-with-bom.vtt"}
    odd |= {"vttjs_file-layout_bom-garbage-data.vtt", "webvttpy_invalid_format3.srt"}
    read = 0
    for path in (samples / "captions").iterdir():
        if path.suffix in (".vtt", ".srt") and path.name not in odd:
            starts = [line.start_ms for line in parse(path.read_bytes(), path.name)]
            assert starts == sorted(starts), path.name
            assert starts, path.name
            read += 1
    assert read > 20


def test_a_captured_meeting_has_its_speakers(samples: Path):  # noqa: F811
    lines = parse((samples / "captions" / "zoom_meeting_rpc031.vtt").read_bytes())
    assert {"Boma", "Chase Wright"} <= {line.speaker for line in lines}
    assert not any(line.text.startswith("Boma:") for line in lines)


def test_sbv_of_youtube():
    assert parse("0:00:00.378,0:00:11.378\nWelkom.\n\n0:00:11.378,0:00:12.305\nRegel een\nregel twee\n") == [
        CueLine(378, 11_378, "Welkom."),
        CueLine(11_378, 12_305, "Regel een regel twee"),
    ]


def test_json3_of_youtube_is_plain_text_in_pieces():
    events = [
        {"tStartMs": 0, "dDurationMs": 2000, "segs": [{"utf8": "een <plek> "}, {"utf8": "&amp; meer"}]},
        {"tStartMs": 1500, "dDurationMs": 10, "segs": [{"utf8": "\n"}]},
        {"tStartMs": 2000, "dDurationMs": 3000, "aAppend": 1, "segs": [{"utf8": "tweede   regel\n"}]},
        {"tStartMs": 5000, "dDurationMs": 1000},
    ]
    assert parse(json.dumps({"wireMagic": "pb3", "events": events})) == [
        CueLine(0, 2000, "een <plek> &amp; meer"),
        CueLine(2000, 5000, "tweede regel"),
    ]


def test_captured_sbv_and_json3(samples):  # noqa: F811
    assert len(parse((samples / "captions" / "webvttpy_two_captions.sbv").read_bytes())) == 2
    assert texts(parse((samples / "captions" / "json3_yt2md_append.json3").read_bytes())) == [
        "hello world",
        "second line",
        "after the gap",
        "final words",
    ]


def test_a_cue_that_a_file_holds_twice_is_said_once():
    cue = "00:01.000 --> 00:03.000\nDag.\n\n00:04.000 --> 00:05.000\nWelkom.\n\n"
    other = "00:01.000 --> 00:03.000\n<v An>Hallo.\n"
    assert [line.text for line in parse("WEBVTT\n\n" + cue + cue + other)] == ["Dag.", "Hallo.", "Welkom."]
