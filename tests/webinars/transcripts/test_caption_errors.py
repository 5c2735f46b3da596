"""What is not captions is refused with the line and a sentence, never read halfway."""

import pytest

from portal.webinars.transcripts.parsing import MAX_BYTES, CaptionError, parse


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("", 1),
        (b"", 1),
        (b"\xef\xbb\xbf", 1),
        ("   \n\n", 1),
        ("zomaar een tekst\nover twee regels", 1),
        ("<!DOCTYPE html>\n<html><body>Aanmelden</body></html>", 1),
        ("<html>\n<!-- niets -->\n</html>", 2),
        ('{"events": []}', 1),
        ('{"events": [\n{"tStartMs": 1,', 2),
        ('{"events": [{"segs": [{"utf8": "ja"}]}]}', 1),
        ('{"events": [{"tStartMs": -5, "segs": [{"utf8": "ja"}]}]}', 1),
        ('{"events": [{"tStartMs": "nu", "segs": [{"utf8": "ja"}]}]}', 1),
        ('{"events": {"een": 1}}', 1),
        ("{}", 1),
        ("WEBVTT\n\nNOTE alleen een opmerking", 1),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n\n", 1),
        ("rommel\n\n00:01.000 --> 00:02.000\ntekst", 1),
        ("WEBVTT\n\n00:000.000 --> 00:02.000\ntekst", 3),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\nja\n\n00:61.000 --> 01:02.000\nnee", 6),
        ("WEBVTT\n\n-00:01.000 --> 00:02.000\ntekst", 3),
        ("1\n00:00:01,000 --> morgen\ntekst", 2),
        ("WEBVTT\n\n9999:00:00.000 --> 9999:00:01.000\ntekst", 3),
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\nna\xc3\xafef na\xefef", 4),
        ("x" * (MAX_BYTES + 1), 1),
    ],
)
def test_it_names_the_line_and_says_what_is_wrong(content, line):
    with pytest.raises(CaptionError) as refused:
        parse(content)
    assert refused.value.line == line
    assert refused.value.message.endswith(".") or refused.value.message.endswith("?")
    assert str(line) in str(refused.value)


def test_the_name_of_the_file_is_in_the_message():
    with pytest.raises(CaptionError, match="notulen.docx"):
        parse(b"PK\x03\x04", "notulen.docx")
