"""Caption files of people and machines become lines of text, each word once, in the order of time."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.webinars.transcripts.parsing import CaptionError, CueLine, parse
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


def test_the_same_word_of_each_of_several_speakers_is_kept():
    votes = "".join(f"00:0{at}.000 --> 00:0{at}.900\n<v {name}>Ja.\n\n" for at, name in enumerate(["An", "Bob", "Cis"]))
    lines = parse("WEBVTT\n\n" + votes)
    assert [(line.speaker, line.text) for line in lines] == [("An", "Ja."), ("Bob", "Ja."), ("Cis", "Ja.")]
    together = parse("WEBVTT\n\n00:01.000 --> 00:04.000\n<v An>Ja.\n\n00:02.000 --> 00:04.000\n<v Bob>Ja.\n")
    assert [line.speaker for line in together] == ["An", "Bob"]


def cues(*lines, every=2000):
    """A WebVTT file with a cue for each of these, one after the other; a list is a cue of several lines."""
    parts = ["WEBVTT"]
    for number, words in enumerate(lines):
        times = [f"00:{ms // 60000:02}:{ms / 1000 % 60:06.3f}" for ms in (number * every, (number + 1) * every)]
        parts.append(" --> ".join(times) + "\n" + (words if isinstance(words, str) else "\n".join(words)))
    return "\n\n".join(parts)


class TestHeadersAreNotSpeech:
    def test_of_a_stream_whose_pieces_were_put_together(self):
        assert texts(parse((FIXTURES / "F1_glued_headers.vtt").read_bytes())) == ["Eerste zin.", "Tweede zin."]

    @pytest.mark.parametrize(
        "between",
        [
            "\n\nWEBVTT\n\n",
            "\nWEBVTT\n",
            "\n\n\ufeffWEBVTT - deel 2\n\n",
            "\n\nWEBVTT\nKind: captions\nLanguage: nl\n\n",
            "\n\nWEBVTT\n\nKind: captions\nLanguage: nl\n\n",
            "\n\nX-TIMESTAMP-MAP=MPEGTS:900000,LOCAL:00:00:00.000\n\n",
            "\nX-TIMESTAMP-MAP=MPEGTS:900000,LOCAL:00:00:00.000\n\n",
            "\n\nWEBVTT\n\nSTYLE\n::cue { color: red }\n\nREGION\nid:r1\n\nNOTE van de regie\nnog iets\n\n",
            "\n\nWEBVTT\n\n1\n",
        ],
    )
    def test_wherever_they_stand(self, between):
        text = f"WEBVTT\n\n00:00.000 --> 00:02.000\nEerste zin.{between}00:02.000 --> 00:04.000\nTweede zin.\n"
        assert texts(parse(text)) == ["Eerste zin.", "Tweede zin."]

    def test_at_the_end_of_a_file(self):
        text = "WEBVTT\n\n00:00.000 --> 00:02.000\nEerste zin.\n\nWEBVTT\nX-TIMESTAMP-MAP=LOCAL:0:00.000\n\nKind: x\n"
        assert texts(parse(text)) == ["Eerste zin."]

    def test_each_piece_of_a_stream_begins_where_its_own_clock_says(self):
        piece = "WEBVTT\nX-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:{}\n\n00:01.000 --> 00:02.000\n{}\n\n"
        lines = parse(piece.format(900_000, "Een.") + piece.format(1_440_000, "Twee."))
        assert [(line.start_ms, line.text) for line in lines] == [(1000, "Een."), (7000, "Twee.")]


class TestAnArrowInTheWords:
    def test_is_said(self):
        assert texts(parse((FIXTURES / "F3_arrow_in_words.srt").read_bytes())) == ["Stap 1 --> stap 2", "Twee"]

    @pytest.mark.parametrize(
        "words", ["a --> b", "--> verder", "10:00 --> 12:00 is pauze", "Van 10:00 --> 12:00", "ja -->"]
    )
    def test_is_told_from_a_line_of_times(self, words):
        text = f"1\n00:00:01,000 --> 00:00:02,000\n{words}\n\n2\n00:00:03,000 --> 00:00:04,000\nTwee\n"
        assert texts(parse(text)) == [words, "Twee"]


class TestLiveCaptionsAreSaidOnce:
    def test_a_line_that_grows_word_by_word(self):
        lines = parse(cues("De", "De voorzitter", "De voorzitter opent", "Punt", "Punt één", "Punt één is goed"))
        assert [(line.start_ms, line.end_ms, line.text) for line in lines] == [
            (0, 6000, "De voorzitter opent"),
            (6000, 12_000, "Punt één is goed"),
        ]

    def test_a_line_that_grows_letter_by_letter(self):
        assert texts(parse(cues("De voorz", "De voorzitter", "De voorzitter op", "De voorzitter opent."))) == [
            "De voorzitter opent."
        ]

    def test_a_line_that_grows_once(self):
        assert texts(parse(cues("Ik stel voor", "Ik stel voor dat we stemmen.", "Wie is voor?"))) == [
            "Ik stel voor dat we stemmen.",
            "Wie is voor?",
        ]

    def test_two_lines_that_roll_in_a_part_of_a_meeting(self):
        meeting = [f"Zin nummer {number} van het verslag." for number in range(40)]
        rolling = [[f"Dit is regel {n} van de raad,", f"Dit is regel {n + 1} van de raad,"] for n in range(6)]
        read = texts(parse(cues(*meeting, *rolling)))
        assert read[:40] == meeting
        assert " ".join(read[40:]).split() == " ".join(f"Dit is regel {n} van de raad," for n in range(7)).split()

    def test_two_lines_of_which_the_second_grows_before_they_roll(self):
        read = texts(
            parse(
                cues(
                    ["Wij openen", "de"],
                    ["Wij openen", "de vergadering"],
                    ["de vergadering", "van"],
                    ["de vergadering", "van maandag"],
                    ["van maandag", "zes maart"],
                )
            )
        )
        assert " ".join(read) == "Wij openen de vergadering van maandag zes maart"

    def test_the_end_of_a_line_that_comes_again_at_the_beginning_of_the_next(self):
        read = texts(parse(cues("en dan gaan wij nu over naar punt één", "nu over naar punt één van de agenda")))
        assert " ".join(read) == "en dan gaan wij nu over naar punt één van de agenda"

    def test_a_long_line_that_stands_there_twice(self):
        assert texts(parse(cues("Wij openen de vergadering.", "Wij openen de vergadering.", "Goed."))) == [
            "Wij openen de vergadering.",
            "Goed.",
        ]

    @pytest.mark.parametrize(
        "said",
        [
            ["Ja, ja.", "Dat is zo.", "Ja, ja."],
            ["Ja.", "Ja.", "Ja."],
            ["Ja", "Ja dat klopt", "Goed zo", "Nee", "Dank u"],
            ["Dank u wel.", "Dank u wel, voorzitter."],
            ["Wij willen dat het stopt.", "Goed.", "Wij willen dat het stopt."],
            ["Het is goed.", "Goed. Dan gaan we verder."],
            ["Dat kan niet, zei ze.", "Zei ze dat?", "Dat zei ze."],
            ["een twee drie", "drie vier vijf", "vijf zes zeven"],
        ],
    )
    def test_what_people_say_again_stays(self, said):
        assert texts(parse(cues(*said))) == said

    def test_what_is_said_again_after_a_while_stays(self):
        text = (
            "WEBVTT\n\n00:00.000 --> 00:02.000\nWij gaan nu stemmen.\n\n00:30.000 --> 00:32.000\nWij gaan nu stemmen.\n"
        )
        assert len(parse(text)) == 2

    def test_what_another_person_says_again_stays(self):
        said = cues("<v An>Dat is een goed idee.", "<v Jan>Dat is een goed idee.", "<v An>Dat is een goed idee. Ja.")
        assert len(parse(said)) == 3

    @given(
        st.lists(st.lists(st.sampled_from("abcdefghij"), min_size=4, max_size=9, unique=True), min_size=1, max_size=6)
    )
    @settings(derandomize=True, max_examples=60, deadline=None)
    def test_sentences_that_grow_come_out_as_they_were_said(self, sentences):
        said = [[f"{word}{number}" for word in words] for number, words in enumerate(sentences)]
        growing = [" ".join(words[:end]) for words in said for end in range(1, len(words) + 1)]
        assert texts(parse(cues(*growing, every=300))) == [" ".join(words) for words in said]

    @given(
        st.lists(st.lists(st.sampled_from("abcdefghij"), min_size=2, max_size=6, unique=True), min_size=2, max_size=9)
    )
    @settings(derandomize=True, max_examples=60, deadline=None)
    def test_sentences_without_a_word_in_common_are_left_alone(self, sentences):
        said = [" ".join(f"{word}{number}" for word in words) for number, words in enumerate(sentences)]
        assert texts(parse(cues(*said))) == said


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_captions_in_every_usual_encoding(encoding):
    text = "1\n00:00:01,000 --> 00:00:02,000\nPrévention «\xa0sécurité\xa0» – Größe\n"
    assert texts(parse(text.encode(encoding))) == ["Prévention « sécurité » – Größe"]


PIECES = """
WEBVTT
NOTE x
STYLE
X-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:900000
X-TIMESTAMP-MAP=
00:01.000 --> 00:02.000
00:00:05,000 --> 00:00:01,000 align:start
9999:99:99.999 --> x
a --> b
-->
1
<v Jan>Hallo
<00:00:01.000><c> woord</c>
Ja.
{"events": [{"tStartMs": 1
0:00:00.378,0:00:11.378
é
""".split("\n")


@given(
    st.one_of(
        st.lists(st.sampled_from(PIECES), max_size=20).map(lambda lines: "\n".join(lines).encode()),
        st.binary(max_size=120),
    )
)
@settings(derandomize=True, max_examples=300, deadline=None)
def test_any_bytes_are_captions_or_are_refused_with_a_line_and_a_sentence(content):
    try:
        lines = parse(content)
    except CaptionError as refused:
        assert refused.line >= 1
        assert refused.message.endswith((".", "?"))
    else:
        assert lines and all(line.text and line.start_ms <= line.end_ms for line in lines)
