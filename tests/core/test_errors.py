"""An error that is explained to a person says so in her language, and keeps its cause for the log."""

import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy

from portal.core.errors import ExplainedError
from portal.core.http.client_rules import FetchRefusedError


def test_the_sentence_is_in_the_language_that_is_active_when_it_is_shown():
    error = ExplainedError(gettext_lazy("Dutch"))
    with translation.override("fr"):
        french = str(error)
    with translation.override("nl"):
        assert str(error) != french


def test_values_are_filled_in_and_a_sentence_without_values_may_have_a_percent_sign():
    assert str(ExplainedError("%(count)s pages at most", count=3)) == "3 pages at most"
    assert str(ExplainedError("100 % of it")) == "100 % of it"


def test_the_log_gets_a_word_that_no_language_changes():
    error = FetchRefusedError(
        "scheme", gettext_lazy("Only http and https addresses are fetched, not “%(url)s”."), url="x:"
    )
    assert (error.code, error.args) == ("scheme", ("scheme",))
    assert "x:" in str(error)


def test_it_keeps_the_exception_that_it_was_raised_from():
    cause = OSError("no route")
    with pytest.raises(ExplainedError) as raised:
        raise ExplainedError("The other side does not answer.") from cause
    assert raised.value.__cause__ is cause
