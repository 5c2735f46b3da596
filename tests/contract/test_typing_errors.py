import pytest


@pytest.mark.parametrize("word", ["polarisatei", "polaristie", "polarizatie", "pollarisatie"])
def test_a_misspelt_word_finds_what_was_meant(ask, word):
    found = ask(word)
    assert found.suggestion == "polarisatie"
    assert [hit.id for hit in found.hits] == ["project:orpheus"]
    assert "<mark>polarisatie</mark>" in found.hits[0].extract_html


def test_the_beginning_of_a_word_finds_it(ask):
    assert ask.keys("polaris") == ["project:orpheus"]


def test_a_word_that_exists_is_not_corrected(ask):
    assert ask("steden").suggestion == ""
    assert ask.keys("steden") == ["project:urbsecurity"]


def test_the_suggestion_keeps_the_rest_of_the_question(ask):
    assert ask("jongeren en polarisatei?").suggestion == "jongeren en polarisatie?"


def test_what_is_near_to_nothing_gets_no_suggestion(ask):
    found = ask("xqzwvkj")
    assert (found.total, found.suggestion) == (0, "")


@pytest.mark.parametrize("word", ["nul", "xal"])
def test_short_words_are_not_corrected(ask, word):
    assert ask(word).suggestion == ""
