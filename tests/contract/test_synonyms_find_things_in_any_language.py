import pytest

GEARED = "method:geschakeld-optreden"
FRENCH = "project:nice-proximite"


@pytest.mark.parametrize(
    ("word", "language"),
    [("overlast", "nl"), ("nuisance", "en"), ("nuisances", "fr"), ("incivilités", "fr"), ("Belästigung", "de")],
)
def test_the_words_of_a_topic_find_the_same_things(ask, word, language):
    found = ask.keys(word, language)
    assert {GEARED, FRENCH, "method:burenbemiddeling", "recording:online-safe-spaces"} <= set(found)


@pytest.mark.parametrize("word", ["overlast", "nuisance", "incivilités", "Belästigung"])
def test_the_language_of_the_site_does_not_matter(ask, word):
    assert {language: set(ask.keys(word, language)) for language in ("fr", "en", "de")} == {
        language: set(ask.keys(word, "nl")) for language in ("fr", "en", "de")
    }


@pytest.mark.parametrize(
    "word", ["degrado urbano", "inciviltà", "incivismo", "incivilidades", "rendbontás", "výtržníctvo", "οχλήσεις"]
)
def test_everyday_words_of_six_more_languages_are_understood(ask, word):
    assert GEARED in ask.keys(word, "en")


def test_a_plural_is_understood_as_its_singular(ask):
    assert [one.key for one in ask("nuisances publiques ou stationnements illicites", "fr").concepts] == [
        "nuisance",
        "illegal-parking",
    ]


def test_narrower_topics_are_found_too(ask):
    assert "method:regie-overlast" in ask.keys("nuisance", "en")


def test_a_thing_of_the_topic_is_found_without_any_of_its_words(ask):
    assert ask.keys("leefbaarheid") == ["method:regie-overlast"]


def test_expansion_can_be_switched_off(ask):
    found = ask("incivilités", "fr", expand=False)
    assert (found.total, found.concepts) == (0, ())
