import unicodedata

import pytest

from portal.core.searchable import SearchRequest
from tests.contract.corpus import document, text

DUAL = "method:dubbele-diagnose"


@pytest.mark.parametrize("word", ["médiation", "mediation", "MÉDIATION", "Mediation"])
def test_accents_and_capitals_do_not_matter(ask, word):
    assert "project:nice-proximite" in ask.keys(word, "fr")


def test_composed_and_decomposed_letters_are_the_same(ask):
    decomposed = unicodedata.normalize("NFD", "médiation")
    assert decomposed != "médiation"
    assert ask.keys(decomposed, "fr") == ask.keys("médiation", "fr")


@pytest.mark.parametrize("word", ["Straßensozialarbeit", "Strassensozialarbeit", "strassensozialarbeit"])
def test_sharp_s_is_two_s(ask, word):
    assert ask.keys(word, "de") == [DUAL]


@pytest.mark.parametrize("word", ["Belästigung", "Belastigung", "Belaestigung"])
def test_an_umlaut_may_be_left_out_or_written_as_two_letters(ask, word):
    assert "method:geschakeld-optreden" in ask.keys(word, "de", expand=False)


@pytest.mark.parametrize("words", ["école", "l'école", "l’école", "à l'école", "ECOLE"])
def test_a_french_word_is_found_with_and_without_its_article(ask, words):
    assert DUAL in ask.keys(words, "fr")


@pytest.mark.parametrize(
    ("plural", "singular", "language"),
    [
        ("innames", "inname", "nl"),
        ("spaces", "space", "en"),
        ("quartiers", "quartier", "fr"),
        ("Beamten", "Beamte", "de"),
    ],
)
def test_singular_and_plural_are_the_same(ask, plural, singular, language):
    """The same things, not the same order: what has the very form that was typed may come first."""
    assert ask.keys(plural, language)
    assert sorted(ask.keys(singular, language)) == sorted(ask.keys(plural, language))


def test_a_soft_hyphen_does_not_split_a_word(ask):
    assert ask.keys("over\u00adlast") == ask.keys("overlast")


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("neighbour behaviour", "neighbor behavior", "en"),
        ("dual diagnosis", "dual-diagnosis", "en"),
        ("what didn't work", "what did not work", "en"),
        ("what’s nuisance", "what is nuisance", "en"),
        ("Belästigung", "Belaestigung", "de"),
        ("Straßensozialarbeit", "STRASSENSOZIALARBEIT", "de"),
        ("dubbele diagnose", "dubbelediagnose", "nl"),
        ("buren bemiddeling", "burenbemiddeling", "nl"),
        ("buren-bemiddeling", "burenbemiddeling", "nl"),
        ("l'incivilité", "incivilite", "fr"),
        ("qu'est-ce que l’espace public", "espace public", "fr"),
    ],
)
def test_two_ways_of_writing_are_understood_alike(ask, one, other, language):
    told = [concept.key for concept in ask(one, language).concepts]
    assert told == [concept.key for concept in ask(other, language).concepts]
    assert set(ask.keys(one, language)) == set(ask.keys(other, language))


@pytest.mark.parametrize(
    ("written", "asked", "language"),
    [
        ("Binnen 48 uur is er iemand.", "48u", "nl"),
        ("Binnen 48u is er iemand.", "48 uur", "nl"),
        ("Binnen 48 uur is er iemand.", "48h", "nl"),
        ("Sous 48 heures.", "48h", "fr"),
        ("Within 48 hours.", "48h", "en"),
        ("Innerhalb von 48 Stunden.", "48 Std.", "de"),
        ("Een zone 30 in de wijk.", "zone30", "nl"),
        ("Een zone30 in de wijk.", "zone 30", "nl"),
        ("Hier rijdt u 30 km/u.", "30km/u", "nl"),
        ("Hier rijdt u 30 km/u.", "30 km/h", "nl"),
        ("Betaald uit Horizon 2020.", "H2020", "nl"),
        ("Een G.A.S. voor wie stoort.", "GAS", "nl"),
        ("Een GAS voor wie stoort.", "G.A.S.", "nl"),
        ("De GAS-bemiddeling helpt.", "gasbemiddeling", "nl"),
        ("De gasbemiddeling helpt.", "GAS-bemiddeling", "nl"),
        ("The behaviour of the organisation.", "behavior organization", "en"),
        ("A neighborhood program.", "neighbourhood programme", "en"),
        ("Die Videoüberwachung im Park.", "Videoueberwachung", "de"),
        ("Die Videoueberwachung im Park.", "Videoüberwachung", "de"),
        ("Le cœur de la ville.", "coeur", "fr"),
    ],
)
def test_a_text_is_found_however_its_words_are_written(empty_engine, written, asked, language):
    empty_engine.rebuild([document("page", "one", text(language, "Titel", "", written, "one"))])
    found = empty_engine.search(SearchRequest(asked, language, expand=False))
    assert [hit.id for hit in found.hits] == ["page:one"]


def test_letters_and_digits_typed_as_one_are_wanted_together(empty_engine):
    texts = {"ours": "De gang van zone30.", "another": "De gang van zone 50."}
    empty_engine.rebuild([document("page", key, text("nl", "Titel", "", said, key)) for key, said in texts.items()])
    assert [hit.id for hit in empty_engine.search(SearchRequest("zone30", "nl")).hits] == ["page:ours"]
