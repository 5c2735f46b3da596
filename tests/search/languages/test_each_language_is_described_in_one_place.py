"""Everything in search that differs by language is in search/languages, and a check names what a language lacks."""

from dataclasses import replace

import pytest
from django.conf import settings

from search import checks
from search.engines.embedded.schema import schemas_for
from search.indexing import digest
from search.languages import LANGUAGES, rules_for
from search.languages.definition import Language
from search.text_analysis.stemming import index_terms
from search.text_analysis.stop_words import is_stop_word

pytestmark = pytest.mark.no_database


def messages() -> list[str]:
    return [str(message.msg) for message in checks.languages_are_complete(None)]


def test_every_language_of_the_portal_is_described():
    assert messages() == []


@pytest.mark.parametrize("code", settings.CONTENT_LANGUAGES)
def test_a_language_that_pages_are_shown_in_lacks_nothing(code):
    assert rules_for(code).missing() == []


def test_a_language_without_an_entry_is_named(monkeypatch):
    monkeypatch.delitem(LANGUAGES, "de")
    assert messages() == ["Search does not know enough of the language de (Deutsch). Missing: an entry."]


def test_what_a_new_language_still_lacks_is_named(monkeypatch):
    monkeypatch.setitem(LANGUAGES, "de", replace(LANGUAGES["pt"], code="de"))
    (message,) = messages()
    assert message.endswith("Missing: noun_forms, hours, results_path.")


def test_a_language_that_nothing_is_shown_in_only_needs_an_entry(monkeypatch):
    monkeypatch.setitem(LANGUAGES, "hu", Language("hu"))
    assert messages() == []


def test_a_text_in_a_language_without_rules_is_folded_and_nothing_more():
    assert [term for _position, term in index_terms("De évlerin Önünde", "tr")] == ["de", "evlerin", "onunde"]


@pytest.mark.parametrize(("word", "code"), [("de", "nl"), ("qu", "fr"), ("που", "el"), ("aby", "sk"), ("alebo", "sk")])
def test_the_stop_words_of_a_language_are_left_out(word, code):
    assert is_stop_word(word, code) is (word != "aby")


def test_another_stop_word_makes_another_index(monkeypatch, tmp_path):
    before = schemas_for(("nl",)).digest
    for pattern in ("indexing/documents.py", "languages/nl/stop_words.txt"):
        copy = tmp_path / pattern
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes((digest.ROOT / pattern).read_bytes())
    monkeypatch.setattr(digest, "ROOT", tmp_path)
    one = schemas_for(("nl",)).digest
    (tmp_path / "languages/nl/stop_words.txt").open("a").write("zeker\n")
    assert len({before, one, schemas_for(("nl",)).digest}) == 3


def test_another_way_of_folding_accents_makes_another_index(monkeypatch, tmp_path):
    before = schemas_for(("nl",)).digest
    monkeypatch.setattr(digest.sorting, "__file__", str(tmp_path / "sorting.py"))
    (tmp_path / "sorting.py").write_text("another rule")
    assert schemas_for(("nl",)).digest != before
