"""A misspelt word is corrected first, then understood; who wants exactly her own words gets these."""

import pytest


@pytest.mark.parametrize("word", ["polarisatei", "polaristie", "polarizatie", "pollarisatie"])
def test_a_misspelt_word_is_answered_as_what_was_meant(ask, word):
    found = ask(word)
    assert found.corrected == "polarisatie"
    assert [one.key for one in found.concepts] == ["polarisation"]
    assert found.hits == ask("polarisatie").hits


def test_the_rest_of_the_question_stays_as_it_was_typed(ask):
    assert ask("Jongeren, en polarisatei?").corrected == "Jongeren, en polarisatie?"


def test_own_words_only_are_not_corrected_but_what_was_meant_is_suggested(ask):
    found = ask("polarisatei", expand=False)
    assert (found.corrected, found.suggestion, found.total) == ("", "polarisatie", 0)


def test_what_is_quoted_is_not_corrected(ask):
    assert ask('"polarisatei"').corrected == ""


def test_a_word_of_the_texts_is_meant_too(ask):
    assert ask("vrijwiligers").corrected == "vrijwilligers"


@pytest.mark.parametrize(("word", "language"), [("medewerkres", "fr"), ("benevolles", "nl")])
def test_it_becomes_a_word_of_the_language_of_the_visitor_or_stays(ask, word, language):
    found = ask(word, language)
    assert (found.corrected, found.suggestion) == ("", "")


def test_nothing_is_suggested_where_all_was_understood(ask):
    found = ask("polarisatie en overlast")
    assert (found.corrected, found.suggestion) == ("", "")


def test_filters_make_no_difference(ask):
    assert ask("polarisatei", filters={"country": ("FR",)}).corrected == "polarisatie"


def test_the_beginning_of_a_word_finds_it(ask):
    found = ask("polaris")
    assert (found.corrected, [hit.id for hit in found.hits]) == ("", ["project:orpheus"])


@pytest.mark.parametrize("word", ["steden", "fietsband", "vergaderingen", "truck", "Mechelen", "buurtwerkingen"])
def test_a_word_that_exists_is_not_corrected(ask, word):
    found = ask(word)
    assert (found.corrected, found.suggestion) == ("", "")


def test_what_is_near_to_nothing_is_not_corrected(ask):
    found = ask("xqzwvkj")
    assert (found.total, found.corrected, found.suggestion) == (0, "", "")


@pytest.mark.parametrize("word", ["nul", "xal"])
def test_short_words_are_not_corrected(ask, word):
    assert ask(word).corrected == ""
