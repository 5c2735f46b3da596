import unicodedata

import pytest

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
