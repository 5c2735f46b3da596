"""Words of the index near a word of the question (the rules are in search/question/near_words.py)."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace

from tantivy import Searcher

from search.question.near_words import MOST_NEAR, SHORTEST_BEGINNING, compound_parts, nearest
from search.question.plan import Plan, Unit
from search.question.typo_correction import IndexedWord
from search.text_analysis.normalise import fold

MOST_COMPOUNDS = 25  # per word and direction, the most frequent first
MOST_CANDIDATES = 20_000  # words with the same first letter that a misspelt word is compared with, the frequent first


def with_compounds(plan: Plan, searcher: Searcher) -> Plan:
    """Return the plan with, for each word, the words of the index that begin or end with it."""
    return replace(plan, units=tuple(_with_compounds(unit, searcher) for unit in plan.units))


def _with_compounds(unit: Unit, searcher: Searcher) -> Unit:
    compounds: dict[str, None] = {}
    for part in compound_parts(unit):
        step = -1 if part.at_end else 1
        field = "long_words_backwards" if part.at_end else "long_words"
        terms = searcher.terms_with_prefix(field, part.letters[::step], None, MOST_COMPOUNDS)
        compounds.update((term[::step], None) for term, _count in terms if len(term) >= part.least)
    return replace(unit, compounds=tuple(compounds)) if compounds else unit


def with_near_words(plan: Plan, unknown: Iterable[Unit], searcher: Searcher, *, misspelt: bool) -> Plan:
    """Return the plan with words of the index for the units that nothing answers.

    They are words that begin with those of the unit and, if it may be `misspelt`, words that look like them.
    """
    unknown = set(unknown)
    units = (
        replace(
            unit,
            near_words=tuple(near for word in unit.words for near in _near_words(fold(word), searcher, misspelt)),
        )
        if unit in unknown
        else unit
        for unit in plan.units
    )
    return replace(plan, units=tuple(units))


def _near_words(word: str, searcher: Searcher, misspelt: bool) -> list[str]:
    """Return the words near one word, the nearest first."""
    if len(word) < SHORTEST_BEGINNING:
        return []
    longer = [term for term, _count in searcher.terms_with_prefix("words", word, None, MOST_NEAR)]
    similar = nearest(word, _words_with_same_first_letter(word, searcher)) if misspelt else []
    return list(dict.fromkeys([*similar, *longer]))


def look_up(
    words: Collection[str], searcher: Searcher, is_in_own_language: Callable[[str], bool]
) -> dict[str, IndexedWord]:
    """Return what the index has of some words; `is_in_own_language` says whether the visitor's texts have a word."""
    indexed = {}
    for word in words:
        is_known = bool(searcher.terms_with_prefix("words", word, None, 1))
        similar = [] if is_known else nearest(word, _words_with_same_first_letter(word, searcher))
        indexed[word] = IndexedWord(is_known, tuple(one for one in similar if is_in_own_language(one)))
    return indexed


def _words_with_same_first_letter(word: str, searcher: Searcher) -> list[str]:
    """Return the words that a misspelt word may be: people rarely get the first letter wrong."""
    return [term for term, _count in searcher.terms_with_prefix("words", word[0], None, MOST_CANDIDATES)]
