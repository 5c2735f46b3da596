"""What is corrected in a question, and what never is; tests/contract/test_typing_errors.py says what engines do."""

from functools import cache

import pytest
import wordfreq
from hypothesis import given, settings
from hypothesis import strategies as st

from search.question.near_words import allowed_errors
from search.question.typo_correction import IndexedWord, corrected_question
from search.text_analysis import common_words
from search.text_analysis.normalise import fold, words_with_positions
from search.text_analysis.spelling_variants import respelled
from search.thesaurus.thesaurus import Thesaurus
from tools.make_word_lists import LANGUAGES, MOST, starter_thesaurus

QUICK = settings(max_examples=150, derandomize=True, deadline=None)


# Read when a test asks for it: every process of the tests reads this file, and one runs what is in it.
@cache
def thesaurus() -> Thesaurus:
    return starter_thesaurus()


@cache
def usual_words() -> list[tuple[str, str]]:
    return [(language, word) for language in LANGUAGES for word in wordfreq.top_n_list(language, MOST)]


@cache
def labels(language: str) -> list[str]:
    return sorted(word for word in thesaurus().vocabulary(language) if len(word) >= 9 and word.isalpha())


def ask(text: str, language: str, index: dict[str, IndexedWord] | None = None) -> str:
    """The corrected question; the index knows nothing but what is given."""
    known = index or {}
    return corrected_question(
        text, language, LANGUAGES, thesaurus(), lambda words: {one: known.get(one, IndexedWord()) for one in words}
    )


@pytest.mark.parametrize(
    ("typed", "language", "meant"),
    [
        ("dubbeldiagnoze", "nl", "dubbeldiagnose"),
        ("burenbemideling", "nl", "burenbemiddeling"),
        ("radicalisring", "nl", "radicalisering"),
        ("rradicalisering", "nl", "radicalisering"),
        ("zuschuen", "de", "zuschauen"),
        ("wat is gasbemideling", "nl", "wat is GAS-bemiddeling"),
        ("violance conjugale", "fr", "violence conjugale"),
        ("médiaton de quartier", "fr", "médiation de quartier"),
        ("neighbor mediaton", "en", "neighbor mediation"),
        ("Nachbarschaftsmediaton", "de", "Nachbarschaftsmediation"),
        ("Radikalisirung", "de", "Radikalisierung"),
    ],
)
def test_a_misspelt_word_becomes_the_word_of_the_thesaurus_as_it_is_written(typed, language, meant):
    assert ask(typed, language) == meant


@pytest.mark.parametrize(
    ("typed", "language"),
    [
        ("truck attack", "en"),
        ("track attack", "en"),
        ("drunk people", "en"),
        ("policies habits parking", "en"),
        ("neighborhood behavior program", "en"),
        ("we couldn't do it", "en"),
        ("didnt work", "en"),
        ("Belaestigung", "de"),
        ("Haeuser", "de"),
        ("gasboetes", "nl"),
        ("fietsdiefstallen", "nl"),
        ("zwembadvergadering", "nl"),
        ("ecole incivilites", "fr"),
        ("bullying op school", "nl"),
        ("'s avonds straathoekwerkers", "nl"),
        ("https://www.example.org/abc", "nl"),
        ("48u zone30 H2020 G.A.S.", "nl"),
        ("burenbemideling" * 20, "nl"),
    ],
)
def test_what_exists_is_left_alone(typed, language):
    assert ask(typed, language) == ""


@QUICK
@given(
    st.deferred(lambda: st.sampled_from(usual_words())),
    st.sampled_from(LANGUAGES),
)
def test_an_ordinary_word_is_never_corrected_whatever_the_index_has(usual, asked_in):
    language, word = usual
    for reader in (language, asked_in):
        assert ask(word, reader, {fold(word): IndexedWord(similar=("overlast", word[:-1], f"{word}s"))}) == ""


@QUICK
@given(st.data())
def test_one_wrong_letter_in_a_word_of_the_thesaurus_is_mended_or_makes_another_word(data):
    language = data.draw(st.sampled_from(LANGUAGES))
    word = data.draw(st.sampled_from(labels(language)))
    at = data.draw(st.integers(1, len(word) - 2))
    letter = data.draw(st.sampled_from("abcdefghijklmnopqrstuvwxyz"))
    typed = data.draw(
        st.sampled_from(
            [
                word[:at] + word[at + 1 :],
                word[:at] + letter + word[at:],
                word[:at] + letter + word[at + 1 :],
                word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            ]
        )
    )
    answer = ask(typed, language)
    if answer:
        assert ask(answer, language) == "", "what was corrected is right"
    else:
        spellings = {typed, *(fold(respelled(typed, code)) for code in LANGUAGES)}
        assert thesaurus().knows(typed, language) or any(map(common_words.is_common, spellings)) or _is_compound(typed)


def _is_compound(word: str) -> bool:
    return any(
        common_words.spelling_of(word[:at], code) and common_words.spelling_of(word[at:], code)
        for at in range(4, len(word) - 3)
        for code in ("nl", "de")
    )


@QUICK
@given(
    st.lists(
        st.sampled_from(["polarisatei", "overlast", "en", "xqzwvkj", '"polarisatei"', "?", "…", "48u"]), max_size=8
    )
)
def test_only_misspelt_words_change_and_all_else_stays_where_it_was(pieces):
    text = " ".join(pieces)
    answer = ask(text, "nl")
    expected = " ".join("polarisatie" if piece == "polarisatei" else piece for piece in pieces)
    assert answer == (expected if expected != text else "")


@QUICK
@given(st.text(max_size=60), st.sampled_from(LANGUAGES))
def test_any_text_at_all_is_read(text, language):
    answer = ask(text, language)
    assert not answer or len(words_with_positions(answer)) >= 1


def test_a_word_of_the_texts_is_chosen_by_its_letters_and_written_with_its_accents():
    assert ask("benevolles", "fr", {"benevolles": IndexedWord(similar=("benevoles",))}) == "bénévoles"
    assert allowed_errors("benevolles") == 2


@pytest.mark.parametrize(
    ("language", "word"),
    [
        ("nl", "deradicalisering"),
        ("fr", "déradicalisation"),
        ("en", "deradicalisation"),
        ("de", "Deradikalisierung"),
        ("nl", "depolarisatie"),
        ("nl", "vapen"),
    ],
)
def test_a_word_is_not_corrected_into_its_opposite_nor_into_one_that_begins_otherwise(language, word):
    assert ask(word, language) == ""
