import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from portal.core.content.partial_dates import PartialDate, partial_date_sentence, validate_partial_date


@pytest.mark.parametrize(
    ("text", "language", "sentence"),
    [
        ("2021-09-13", "nl", "13 september 2021"),
        ("2021-09-13", "fr", "13 septembre 2021"),
        ("2021-09", "de", "September 2021"),
        ("2021", "en", "2021"),
        ("2022-12~", "nl", "omstreeks december 2022"),
        ("2022~", "fr", "vers\N{NO-BREAK SPACE}2022"),
        ("", "nl", ""),
    ],
)
def test_a_date_is_said_as_far_as_it_is_known(text, language, sentence):
    assert partial_date_sentence(text, language) == sentence


@pytest.mark.parametrize(
    "text", ["2021-13", "2021-00", "2021-00-12", "2021-09-00", "2021-02-30", "0000", "9999", "2021-1-1", "soon", "21"]
)
def test_what_is_no_date_is_refused_with_what_to_write(text):
    with pytest.raises(ValidationError, match="09/2021"):
        validate_partial_date(text)


def test_the_machine_form_has_what_is_known():
    assert PartialDate.parse("2021-09~").iso == "2021-09"


@pytest.mark.parametrize("text", ["2021-00-12", "2021-99"])
def test_what_was_stored_before_the_rule_was_strict_is_shown_as_it_was_typed(text):
    assert partial_date_sentence(text, "nl") == text


@pytest.mark.parametrize(
    ("first", "second", "before"),
    [
        ("2026-01", "2026-03", True),
        ("2026-03", "2026-01", False),
        ("2026-03-02", "2026-03-04", True),
        ("2026-03-04", "2026-03-02", False),
        ("2025~", "2026-01", True),
        ("2026", "2026-01", False),
        ("2026-01", "2026", False),
        ("2026-01", "2026-01-31", False),
    ],
)
def test_two_dates_are_compared_as_far_as_both_are_known(first, second, before):
    assert PartialDate.parse(first).is_before(PartialDate.parse(second)) is before


@given(st.from_regex(r"[0-9]{4}(-[0-9]{2}){0,2}~?", fullmatch=True))
def test_whatever_is_taken_can_be_said_in_every_language_and_compared(text):
    try:
        validate_partial_date(text)
    except ValidationError:
        return
    known = PartialDate.parse(text)
    assert all(known.sentence(language) for language in ("nl", "fr", "en", "de"))
    assert not known.is_before(known)
