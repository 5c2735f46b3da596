"""A number in an address, a form or a header is plain digits; anything else is no number, and never an error."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.core.content.numbers import whole_number
from portal.core.content.rich_text import PublicPageLinkHandler
from portal.feeds.adapters.own_table.durations import parse_duration
from portal.webinars.admin.forms import TimestampInput

ODD = ["²", "٣", "①", "9" * 5000, "+1", "-1", "1_000", "1.0", "0x1", "", " ", "½", "一"]


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.text(max_size=30) | st.integers(-(10**30), 10**30).map(str))
def test_any_text_is_a_number_or_none(text):
    number = whole_number(text)
    assert number is None or str(number) == (text.strip().lstrip("0") or "0")


@pytest.mark.parametrize("text", ODD)
def test_what_only_looks_like_a_number_is_none(text):
    assert whole_number(text) is None


def test_plain_digits_are_one():
    assert (whole_number(" 07 "), whole_number("0"), whole_number(None)) == (7, 0, None)


@pytest.mark.parametrize("text", ODD)
def test_a_moment_of_a_recording_is_shown_again_as_it_was_typed(text):
    assert TimestampInput().format_value(text) == (text or None)


@pytest.mark.parametrize("text", [*(text for text in ODD if text != "1.0"), "9:²", "9" * 5000 + ":10"])
def test_a_length_in_a_table_that_is_none_is_left_out(text):
    assert parse_duration(text) is None


@pytest.mark.django_db
@pytest.mark.parametrize("text", ODD)
def test_pages_and_lists_answer_any_number(client, site, text):
    for path in ("/nl/methodieken/", "/nl/webinars/", "/nl/zoeken/"):
        assert client.get(path, {"q": "a", "page": text}).status_code == 200
    assert client.get("/api/v1/search", {"q": "a", "page": text}).status_code in (200, 400)
    assert PublicPageLinkHandler.expand_db_attributes_many([{"id": text}]) == ["<a>"]


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["²", "9" * 5000, "9" * 25])
def test_a_decision_about_something_that_is_none_is_no_error(client, site, text):
    client.force_login(get_user_model().objects.create_superuser("anna", password="x"))
    answer = client.post(reverse("feeds:decide_chosen"), {"item": [text], "do": "accept"})
    assert answer.status_code == 302
