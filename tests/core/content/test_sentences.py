"""A text on one line, and its first sentence."""

import pytest

from portal.core.content.sentences import first_sentence, one_line

NARROW, FIXED = "\u202f", "\u00a0"  # before a French colon, and between a number and its unit: no line breaks there


def test_lines_become_one_and_a_space_that_does_not_break_stays():
    folded = f"Le café{NARROW}:\n  18{FIXED}minutes\t de débat.\r\n"
    assert one_line(folded) == f"Le café{NARROW}: 18{FIXED}minutes de débat."


def test_the_first_sentence_keeps_its_spaces_that_do_not_break():
    text = f"Le café{NARROW}: une zone. Puis un débat."
    assert first_sentence(text, 40) == f"Le café{NARROW}: une zone"
    assert first_sentence(text, 40, full_stop=True) == f"Le café{NARROW}: une zone."


def test_a_sentence_is_cut_after_so_many_words():
    assert first_sentence("Een twee drie vier. Vijf.", 3) == "Een twee drie…"
    assert first_sentence("Een twee drie. Vier.", 3) == "Een twee drie"


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Am 14. September begann es. Dann kam mehr.", "Am 14. September begann es"),
        ("", ""),
        ("Is het zo? Ja.", "Is het zo?"),
    ],
)
def test_a_number_ends_no_sentence(text, first):
    assert first_sentence(text, 40) == first
