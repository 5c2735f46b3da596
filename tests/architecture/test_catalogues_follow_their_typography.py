"""The words of the interface in the typography of their language, as the pages are (tests/starter)."""

import re
from pathlib import Path

import polib
import pytest

LOCALE = Path(__file__).parents[2] / "locale"
NARROW = "\N{NARROW NO-BREAK SPACE}"


def words(language):
    """Every translated message, in all its plural forms."""
    for entry in polib.pofile(str(LOCALE / language / "LC_MESSAGES" / "django.po")):
        if not entry.obsolete:
            yield from (text for text in (entry.msgstr, *entry.msgstr_plural.values()) if text)


@pytest.mark.parametrize("language", ["nl", "fr", "de"])
def test_an_apostrophe_is_that_of_the_printer(language):
    assert [text for text in words(language) if re.search(r"\w'\w", text)] == []


def test_french_punctuation_stands_off_by_a_narrow_space_that_does_not_break():
    ordinary = re.compile(rf"[ \N{{NO-BREAK SPACE}}][;:?!»]|«(?!{NARROW})")
    glued = re.compile(r"[^\W\d][;?!»]")
    assert [text for text in words("fr") if ordinary.search(text) or glued.search(text.replace("&amp;", "&"))] == []


def test_dutch_and_german_quotes_come_in_pairs():
    assert [text for text in words("nl") if text.count("“") != text.count("”")] == []
    assert [text for text in words("de") if text.count("„") != text.count("“")] == []
