"""Words of the index near a word that was asked (the rules are in search/question/fuzzy_words.py)."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace

from tantivy import Searcher

from search.question.fuzzy_words import MOST_NEAR, SHORTEST_BEGINNING, compound_parts, nearest
from search.question.plan import Plan, Unit
from search.question.typo_correction import Seen
from search.text_analysis.normalise import fold

MOST_COMPOUNDS = 25  # per word and direction, the most frequent first
MOST_CANDIDATES = 20_000  # words with the same first letter that a misspelt word is compared with, the frequent first


def with_compounds(plan: Plan, searcher: Searcher) -> Plan:
    """The plan with, for each word, the Dutch and German words of the index that begin or end with it."""
    return replace(plan, units=tuple(_with_compounds(unit, searcher) for unit in plan.units))


def _with_compounds(unit: Unit, searcher: Searcher) -> Unit:
    found: dict[str, None] = {}
    for part in compound_parts(unit):
        step = -1 if part.at_end else 1
        field = "long_words_backwards" if part.at_end else "long_words"
        terms = searcher.terms_with_prefix(field, part.letters[::step], None, MOST_COMPOUNDS)
        found.update((term[::step], None) for term, _count in terms if len(term) >= part.least)
    return replace(unit, compounds=tuple(found)) if found else unit


def with_near_words(plan: Plan, unknown: Iterable[Unit], searcher: Searcher, *, misspelt: bool) -> Plan:
    """The plan with, for the units that nothing answers, words of the index that begin so or (`misspelt`) look so."""
    unknown = set(unknown)
    units = (
        replace(unit, near=tuple(near for word in unit.words for near in _near_words(fold(word), searcher, misspelt)))
        if unit in unknown
        else unit
        for unit in plan.units
    )
    return replace(plan, units=tuple(units))


def _near_words(word: str, searcher: Searcher, misspelt: bool) -> list[str]:
    """The nearest first."""
    if len(word) < SHORTEST_BEGINNING:
        return []
    begins = [term for term, _count in searcher.terms_with_prefix("words", word, None, MOST_NEAR)]
    similar = nearest(word, same_beginning(word, searcher)) if misspelt else []
    return list(dict.fromkeys([*similar, *begins]))


def look(words: Collection[str], searcher: Searcher, is_own: Callable[[str], bool]) -> dict[str, Seen]:
    """What the index has of folded words; `is_own` says whether the texts in the visitor's language have a word."""
    seen = {}
    for word in words:
        known = bool(searcher.terms_with_prefix("words", word, None, 1))
        similar = [] if known else nearest(word, same_beginning(word, searcher))
        seen[word] = Seen(known, tuple(one for one in similar if is_own(one)))
    return seen


def same_beginning(word: str, searcher: Searcher) -> list[str]:
    """The words of the index with the same first letter: people rarely get that one wrong."""
    return [term for term, _count in searcher.terms_with_prefix("words", word[0], None, MOST_CANDIDATES)]
