"""A short name in square brackets becomes the number of a source, in text and in markup."""

from html import unescape

import pytest
from django.utils import translation
from django.utils.safestring import mark_safe
from hypothesis import given
from hypothesis import strategies as st

from portal.core.content.references import with_references, without_references
from tests.markup import soup, text_of

pytestmark = pytest.mark.no_database

NUMBERS = {"police-2019": 2, "study": 5}


def test_a_reader_sees_the_number_of_the_source_as_a_link_to_it():
    html = soup(with_references("Er waren drie proeven. [police-2019, study]", NUMBERS))
    assert [(link["href"], link.text, link["aria-label"]) for link in html.select("a.ref")] == [
        ("#source-2", "2", "Bron 2"),
        ("#source-5", "5", "Bron 5"),
    ]


@pytest.mark.parametrize(("language", "label"), [("fr", "Source 2"), ("de", "Quelle 2")])
def test_the_link_is_named_in_the_language_of_the_page(language, label):
    with translation.override(language):
        assert soup(with_references("x [police-2019]", NUMBERS)).a["aria-label"] == label


@pytest.mark.parametrize(
    "text", ["de wet [sic] zegt", "zie [onbekend]", "[police-2019, onbekend]", "een [link](study)"]
)
def test_brackets_that_name_no_source_stay(text):
    assert unescape(with_references(text, NUMBERS)) == text
    assert without_references(text, NUMBERS) == text


def test_general_knowledge_is_announced_to_a_screen_reader():
    stored = mark_safe('<p>Eigen.</p><p data-block-key="a" class="general">Van het vak.</p>')  # noqa: S308
    paragraphs = soup(with_references(stored, {})).select("p")
    assert [text_of(paragraph) for paragraph in paragraphs] == ["Eigen.", "Algemene vakkennis: Van het vak."]


@given(st.text())
def test_a_plain_text_is_escaped_and_nothing_of_it_is_lost(text):
    assert unescape(with_references(text, {})) == text


@given(st.text(alphabet="abc <>&[]-,.", max_size=60))
def test_without_references_nothing_else_is_lost(text):
    assert without_references(f"{text} [study]", NUMBERS).rstrip() == without_references(text, NUMBERS).rstrip()
