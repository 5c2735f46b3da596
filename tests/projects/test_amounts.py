from decimal import Decimal

import pytest

from portal.projects.amounts import euro, percentage

SPACE = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nl", f"€{SPACE}4.427.671"),
        ("fr", f"4{SPACE}427{SPACE}671{SPACE}€"),
        ("en", "€4,427,671"),
        ("de", f"4.427.671{SPACE}€"),
    ],
)
def test_an_amount_is_written_as_the_language_writes_it(language, words):
    assert euro(Decimal("4427671.00"), language) == words


def test_cents_are_shown_where_there_are_cents():
    assert euro(Decimal("748875.55"), "nl") == f"€{SPACE}748.875,55"


@pytest.mark.parametrize(
    ("language", "words"), [("nl", "78,2%"), ("fr", f"78,2{SPACE}%"), ("en", "78.2%"), ("de", f"78,2{SPACE}%")]
)
def test_a_share_is_computed_and_written_as_the_language_writes_it(language, words):
    assert percentage(Decimal("585844.22"), Decimal("748875.55"), language) == words


def test_a_whole_share_has_no_decimals():
    assert percentage(Decimal("2656603"), Decimal("4427671"), "en") == "60%"


def test_a_share_of_something_unknown_is_not_given():
    assert percentage(Decimal("1"), None) == percentage(None, Decimal("1")) == ""
