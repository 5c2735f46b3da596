import pytest
from django.core.exceptions import ValidationError

from portal.core.dates import PartialDate, partial_date_sentence, validate_partial_date


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


@pytest.mark.parametrize("text", ["13/09/2021", "2021-13", "2021-02-30", "soon", "21"])
def test_what_is_no_date_is_refused_with_what_to_write(text):
    with pytest.raises(ValidationError, match="09/2021"):
        validate_partial_date(text)


def test_the_machine_form_has_what_is_known():
    assert PartialDate.parse("2021-09~").iso == "2021-09"
