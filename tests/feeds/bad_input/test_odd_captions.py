"""Bad input 48 of docs/feed-rules.md 5.5: caption files. The text once, in the right order; see tests/webinars too."""

import pytest

from portal.webinars.transcripts.parsing import CaptionError, parse
from tests.captured import samples  # noqa: F401


def texts(content):
    return [line.text for line in parse(content)]


@pytest.mark.parametrize(
    "content",
    [
        "00:00:01.000 --> 00:00:02.000\nwelkom\n",
        "\ufeff\tWEBVTT\n\n00:00:01.000 --> 00:00:02.000\nwelkom\n",
        "WEBVTT\n\n00:01.000 --> 00:02.000\nwelkom\n",
        "1\n00:00:01,000 --> 00:00:02,000\nwelkom\n",
        "WEBVTT\n\n00:00:02.000 --> 00:00:01.000\nwelkom\n",
        "WEBVTT\n\n25:00:00.000 --> 25:00:01.000\nwelkom\n",
    ],
)
def test_48_no_header_a_mark_and_a_tab_short_backward_and_very_late_times_are_read(content):
    assert texts(content) == ["welkom"]


def test_48_cues_that_overlap_come_in_order_and_once():
    cues = "00:05.000 --> 00:09.000\ntwee\n\n00:01.000 --> 00:06.000\neen\n"
    assert texts(f"WEBVTT\n\n{cues}") == ["een", "twee"]


def test_48_rolling_captions_are_read_once(samples):  # noqa: F811
    content = (samples / "captions" / "vtt_richardadonnell.vtt").read_bytes()
    lines = texts(content)
    assert all(first != second for first, second in zip(lines, lines[1:], strict=False))


@pytest.mark.parametrize("language", ["arabic", "hebrew"])
def test_48_right_to_left_captions_keep_their_words(samples, language):  # noqa: F811
    lines = texts((samples / "captions" / f"srt_3b1b_3dtransform_{language}.srt").read_bytes())
    assert len(lines) >= 74
    assert all(any("\u0590" <= letter <= "\u06ff" for letter in line) for line in lines[:5])


@pytest.mark.parametrize("content", ["", "\ufeff", '{"events": [{"tStartMs": 0}]}', "geen ondertitels"])
def test_48_a_file_without_a_cue_is_refused_with_a_sentence(content):
    with pytest.raises(CaptionError) as refused:
        parse(content)
    assert str(refused.value)
