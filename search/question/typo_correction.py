"""Corrects a misspelt word before the question is understood: "dubbeldiagnoze" is asked as "dubbeldiagnose".

Only a word that nobody uses is corrected: it is not in the thesaurus, not in the index, and not among the common words
of the languages of the content. It becomes a word of the visitor's own language, from the thesaurus or from the texts.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz.distance import DamerauLevenshtein

from search.languages import rules_for
from search.question.near_words import allowed_errors
from search.question.plan import LONGEST_TEXT, QUOTED
from search.text_analysis import common_words
from search.text_analysis.inflection import inflections
from search.text_analysis.normalise import fold, normalise, words_with_positions
from search.text_analysis.spelling_variants import respelled
from search.text_analysis.stop_words import is_filler_word, is_stop_word
from search.thesaurus.thesaurus import Thesaurus

SHORTEST_HALF = 4  # letters of each of two words that make a compound which nobody has written yet
_CONTRACTED = re.compile("['’]t(?!\\w)")


@dataclass(frozen=True)
class IndexedWord:
    """What the index has of a folded word: whether a word begins with it, else similar words of that language."""

    is_known: bool = False
    similar: tuple[str, ...] = ()


WordLookup = Callable[[Collection[str]], Mapping[str, IndexedWord]]


def corrected_question(
    text: str, language: str, languages: Iterable[str], thesaurus: Thesaurus, look_up: WordLookup
) -> str:
    """Return the question with each misspelt word replaced by what was probably meant; "" when there is none.

    `look_up` returns what the index has of some folded words. It is only asked for words that nothing else knows.
    """
    text = normalise(text)[:LONGEST_TEXT]
    languages = tuple(dict.fromkeys((language, *languages)))
    suspects = {
        (start, end): fold(word)
        for word, start, end in _unquoted_words(text)
        if _may_be_misspelt(text, word, end, languages, thesaurus, language)
    }
    if not suspects:
        return ""
    indexed = look_up(dict.fromkeys(suspects.values()))
    pieces: list[str] = []
    last = 0
    for (start, end), word in suspects.items():
        entry = indexed.get(word, IndexedWord())
        if entry.is_known or any(_is_same_word(word, similar, code) for similar in entry.similar for code in languages):
            continue
        if correction := _nearest(word, entry.similar, thesaurus, language):
            pieces += [text[last:start], correction]
            last = end
    return "".join([*pieces, text[last:]]) if pieces else ""


def _unquoted_words(text: str) -> list[tuple[str, int, int]]:
    quotations = [match.span() for match in QUOTED.finditer(text)]
    return [word for word in words_with_positions(text) if not any(start <= word[1] < end for start, end in quotations)]


def _may_be_misspelt(
    text: str, word: str, end: int, languages: tuple[str, ...], thesaurus: Thesaurus, language: str
) -> bool:
    folded = fold(word)
    if not allowed_errors(folded) or not folded.isalpha() or _CONTRACTED.match(text, end):
        return False
    if any(is_stop_word(word, code) for code in languages) or is_filler_word(word, language):
        return False
    if common_words.is_common(folded) or any(common_words.is_common(fold(respelled(word, code))) for code in languages):
        return False
    return not (thesaurus.knows(word, language) or _is_compound(folded, language))


def _is_same_word(word: str, other: str, language: str) -> bool:
    """Return whether a folded word is an inflection or another spelling of a word: neither is misspelt."""
    return (
        other in inflections(word, language)
        or word in inflections(other, language)
        or fold(respelled(word, language)) == fold(respelled(other, language))
    )


def _is_compound(folded: str, language: str) -> bool:
    """Return whether a word is made of two common words, in a language that makes compounds."""
    return rules_for(language).makes_compounds and any(
        common_words.spelling_of(folded[:at], language) and common_words.spelling_of(folded[at:], language)
        for at in range(SHORTEST_HALF, len(folded) - SHORTEST_HALF + 1)
    )


def _nearest(word: str, similar: Iterable[str], thesaurus: Thesaurus, language: str) -> str:
    """Return the word with the fewest different letters (a swap counts as one), as it is spelled.

    Words of the thesaurus come before those of the texts.
    """
    most = allowed_errors(word)
    vocabulary = thesaurus.vocabulary(language)
    candidates = []
    # "zuschuen" lacks an "a": what another spelling makes of it ("zuschün") is further from what was meant.
    spellings = dict.fromkeys((fold(respelled(word, language)), word))
    for rank, typed, words in (*((0, spelling, vocabulary) for spelling in spellings), (1, word, similar)):
        for candidate in words:
            errors = DamerauLevenshtein.distance(typed, candidate, score_cutoff=most)
            if 0 < errors <= most and _may_be_meant(typed, candidate):
                rarity = _rarity_of_error(typed, candidate)
                candidates.append((errors, candidate[0] != typed[0], rank, rarity, candidate))
    if not candidates:
        return ""
    *_order, best = min(candidates)
    return vocabulary.get(best) or common_words.spelling_of(best, language) or best


def _may_be_meant(typed: str, meant: str) -> bool:
    """Return whether a word may be meant by what was typed.

    Not the end of the typed word without its prefix ("deradicalisation" is the opposite), nor another word with another
    first letter: people rarely mistype the first letter, they leave it out, type it twice or swap it.
    """
    if typed.endswith(meant) and typed != meant[0] + meant:
        return False
    return meant[0] == typed[0] or len(meant) > len(typed) or sorted(meant) == sorted(typed)


def _rarity_of_error(typed: str, meant: str) -> int:
    """Return 0 for a letter left out or two swapped, 1 for a letter too many, 2 for a wrong letter, which is rarest."""
    if len(meant) > len(typed) or sorted(meant) == sorted(typed):
        return 0
    return 1 if len(meant) < len(typed) else 2
