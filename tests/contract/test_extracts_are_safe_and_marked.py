import re

import pytest

from tests.contract.conftest import Asking
from tests.contract.corpus import document, text

NASTY = '<img src=x onerror="alert(1)"> & overlast <mark>not ours</mark>'


@pytest.fixture
def nasty(engine):
    engine.rebuild([document("method", "nasty", text("nl", NASTY, NASTY, NASTY, "x"))])
    return Asking(engine)


@pytest.mark.parametrize("question", ["overlast", "img onerror alert", "<mark>", ""])
def test_text_is_escaped_and_only_marked(nasty, question):
    hit = nasty.hit("method:nasty", question)
    for html in (hit.title_html, hit.extract_html):
        assert set(re.findall(r"<[^>]*>", html)) <= {"<mark>", "</mark>"}
        assert html.count("<mark>") == html.count("</mark>")
        assert html.startswith("&lt;")


def test_the_extract_shows_the_found_word_with_what_stands_around_it(engine):
    body = "Eerste zin over iets anders. " * 60 + "Hier staat de speelplaats centraal. " + "Nog een zin. " * 60
    engine.rebuild([document("page", "long", text("nl", "Lang", "Een leidende zin.", body, "x"))])
    extract = Asking(engine).hit("page:long", "speelplaats").extract_html
    assert "Hier staat de <mark>speelplaats</mark> centraal." in extract
    assert extract.startswith("… ") and extract.endswith(" …")
    assert len(extract) < 400


def test_without_a_found_word_the_extract_is_the_lead(ask):
    assert ask.hit("method:dubbele-diagnose", "Doppeldiagnose", "nl", expand=False).extract_html == (
        "Extra zorg voor extra kwetsbare mensen."
    )


def test_other_words_of_the_topic_are_marked_too(ask):
    assert "<mark>overlast</mark>" in ask.hit("method:geschakeld-optreden", "nuisance", "nl").extract_html


def test_marks_count_characters_not_bytes(engine):
    engine.rebuild([document("page", "emoji", text("nl", "👩‍👩‍👧 Überlast é overlast", "", "", "x"))])
    assert Asking(engine).hit("page:emoji", "overlast").title_html.endswith("é <mark>overlast</mark>")


def test_a_short_body_comes_behind_the_lead_that_explains_it(engine):
    engine.rebuild(
        [document("topic", "noise", text("nl", "lawaai", "Hinder door geluid.", "geluidshinder, herrie", "x"))]
    )
    assert Asking(engine).hit("topic:noise", "herrie").extract_html == (
        "Hinder door geluid. geluidshinder, <mark>herrie</mark>"
    )


def test_a_title_or_a_cell_in_the_middle_of_an_extract_is_set_apart(engine):
    body = "Actiecel\nGemeenschapswachten\n" + "Een zin over de wijk. " * 20
    engine.rebuild([document("page", "table", text("nl", "Over", "Een leidende zin.", body, "x"))])
    extract = Asking(engine).hit("page:table", "gemeenschapswachten").extract_html
    assert "Actiecel · <mark>Gemeenschapswachten</mark> · Een zin" in extract
