"""The description that a source gives: its beginning is read, the rest is one click away, its addresses are links."""

import pytest
from django.template.loader import render_to_string

from portal.webinars.public.source_text import source_text
from tests.markup import soup, text_of
from tests.webinars.factories import make_recording, make_source

WORDS = "Een gesprek over veilige plekken in de stad, met wie er werkt. " * 6
ENDLESS = f"{WORDS}\n\n▀▀▀▀▀▀\nOnze kanalen\nhttps://example.org/kanaal\n\n{WORDS}"
PATH = "/nl/webinars/safe-spaces/"


def shown(paragraphs) -> str:
    return render_to_string("webinars/source_text.html", {"paragraphs": paragraphs})


def test_a_short_text_is_read_whole():
    assert source_text(WORDS).rest == ()


def test_a_long_text_is_divided_between_two_paragraphs():
    text = source_text(ENDLESS)
    assert "veilige plekken" in shown(text.beginning)
    assert "Onze kanalen" not in shown(text.beginning)
    assert "Onze kanalen" in shown(text.rest)


def test_a_line_without_letters_is_left_out():
    text = source_text(ENDLESS)
    assert "▀" not in shown(text.beginning + text.rest)


@pytest.mark.parametrize(
    ("written", "link"),
    [
        ("Zie https://example.org/a?b=1&c=2.", "https://example.org/a?b=1&c=2"),
        ("(https://example.org/a)", "https://example.org/a"),
    ],
)
def test_an_address_is_a_link_that_vouches_for_nothing(written, link):
    (anchor,) = soup(shown(source_text(written).beginning)).select("a")
    assert anchor["href"] == link
    assert anchor["rel"] == ["external", "nofollow", "noopener"]


@pytest.mark.parametrize(
    "written", ["<script>alert(1)</script>", "javascript:alert(1)", "mail@example.org", "a.example"]
)
def test_nothing_else_becomes_markup(written):
    html = shown(source_text(written).beginning)
    assert "<a" not in html
    assert "<script" not in html


@pytest.mark.django_db
def test_the_page_has_the_rest_behind_one_click_and_the_words_of_staff_undivided(client, site):
    recording = make_recording()
    make_source(recording, "yt:dQw4w9WgXcQ", text=ENDLESS)
    recording.abstract_nl = ""
    recording.save()
    assert "Onze kanalen" in text_of(soup(client.get(PATH)).select_one("details.more"))
    recording.abstract_nl = ENDLESS
    recording.save()
    assert not soup(client.get(PATH)).select("details.more")
