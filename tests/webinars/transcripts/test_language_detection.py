"""Captions that are brought in under the wrong language are noticed, and said."""

import pytest

from portal.webinars.transcripts.language_detection import unexpected_language
from portal.webinars.transcripts.parsing import parse
from tests.captured import samples  # noqa: F401

NAMES = {"english": "en", "french": "fr", "german": "de"}


def lines(samples, name):  # noqa: F811
    path = samples / "captions" / f"srt_3b1b_3dtransform_{name}.srt"
    return [line.text for line in parse(path.read_bytes(), path.name)]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("named", ["nl", "fr", "en", "de", "es", "it", "pt", "hu", "sk", "el"])
def test_captured_captions_are_known_for_what_they_are(samples, name, named):  # noqa: F811
    assert unexpected_language(lines(samples, name), named) == ("" if NAMES[name] == named else NAMES[name])


def test_nothing_is_said_of_a_few_words_or_of_a_language_that_is_not_known_here(samples):  # noqa: F811
    assert unexpected_language(["the and of to is that"], "nl") == ""
    for name in ("arabic", "russian"):
        assert unexpected_language(lines(samples, name), "nl") == ""
