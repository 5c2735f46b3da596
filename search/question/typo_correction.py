"""A misspelt word is corrected before anything is understood: "dubbeldiagnoze" is asked as "dubbeldiagnose".

Only a word that nobody uses is corrected: none of the thesaurus, of the index or among the usual words of the languages
of the content (common_words). It becomes a word of the visitor's own language, from the thesaurus or from the texts.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz.distance import DamerauLevenshtein

from search.question import common_words
from search.question.fuzzy_words import allowed_errors
from search.question.plan import LONGEST_TEXT, QUOTED
from search.text_analysis.inflection import inflections
from search.text_analysis.normalise import fold, is_filler, is_stop_word, normalise, split
from search.text_analysis.spelling_variants import respelled
from search.thesaurus.thesaurus import COMPOUNDING, Thesaurus

SHORTEST_HALF = 4  # letters of each of two words that make a compound which nobody has written yet
_CONTRACTED = re.compile("['’]t(?!\\w)")


@dataclass(frozen=True)
class Seen:
    """What the index has of a folded word: whether some word begins so, or words like it in the visitor's language."""

    known: bool = False
    similar: tuple[str, ...] = ()


Look = Callable[[Collection[str]], Mapping[str, Seen]]


def corrected(text: str, language: str, languages: Iterable[str], thesaurus: Thesaurus, look: Look) -> str:
    """The question with each misspelt word replaced by what was probably meant; "" when there is none.

    `look` gives what the index has of some folded words; it is only asked for those that nothing else knows.
    """
    text = normalise(text)[:LONGEST_TEXT]
    languages = tuple(dict.fromkeys((language, *languages)))
    suspects = {
        (start, end): fold(word)
        for word, start, end in _not_quoted(text)
        if _may_be_misspelt(text, word, end, languages, thesaurus, language)
    }
    if not suspects:
        return ""
    seen = look(dict.fromkeys(suspects.values()))
    pieces, last = [], 0
    for (start, end), word in suspects.items():
        known = seen.get(word, Seen())
        if known.known or any(_same(word, one, code) for one in known.similar for code in languages):
            continue
        if better := _nearest(word, known.similar, thesaurus, language):
            pieces += [text[last:start], better]
            last = end
    return "".join([*pieces, text[last:]]) if pieces else ""


def _not_quoted(text: str) -> list[tuple[str, int, int]]:
    quoted = [found.span() for found in QUOTED.finditer(text)]
    return [one for one in split(text) if not any(start <= one[1] < end for start, end in quoted)]


def _may_be_misspelt(
    text: str, word: str, end: int, languages: tuple[str, ...], thesaurus: Thesaurus, language: str
) -> bool:
    folded = fold(word)
    if not allowed_errors(folded) or not folded.isalpha() or _CONTRACTED.match(text, end):
        return False
    if any(is_stop_word(word, code) for code in languages) or is_filler(word, language):
        return False
    if common_words.is_ordinary(folded) or any(
        common_words.is_ordinary(fold(respelled(word, code))) for code in languages
    ):
        return False
    return not (thesaurus.knows(word, language) or _is_compound(folded, language))


def _same(word: str, other: str, language: str) -> bool:
    """Whether a folded word is an inflection of a word, or another spelling of it: neither is misspelt."""
    return (
        other in inflections(word, language)
        or word in inflections(other, language)
        or fold(respelled(word, language)) == fold(respelled(other, language))
    )


def _is_compound(folded: str, language: str) -> bool:
    """Whether it is made of two usual words of a language that makes such words."""
    return language in COMPOUNDING and any(
        common_words.written(folded[:at], language) and common_words.written(folded[at:], language)
        for at in range(SHORTEST_HALF, len(folded) - SHORTEST_HALF + 1)
    )


def _nearest(word: str, similar: Iterable[str], thesaurus: Thesaurus, language: str) -> str:
    """The word with the fewest other letters (a swap counts as one), of the thesaurus before the texts; as written."""
    most = allowed_errors(word)
    own = thesaurus.vocabulary(language)
    found = []
    for rank, (typed, candidates) in enumerate(((fold(respelled(word, language)), own), (word, similar))):
        for candidate in candidates:
            errors = DamerauLevenshtein.distance(typed, candidate, score_cutoff=most)
            if 0 < errors <= most and _may_be_meant(typed, candidate):
                found.append((errors, candidate[0] != typed[0], rank, _how_rare(typed, candidate), candidate))
    if not found:
        return ""
    *_order, best = min(found)
    return own.get(best) or common_words.written(best, language) or best


def _may_be_meant(typed: str, meant: str) -> bool:
    """Not what stands in the typed word behind a prefix (deradicalisation is the opposite), nor another word that
    begins otherwise: people rarely mistype the first letter, they leave it out or swap it.
    """
    if typed.endswith(meant):
        return False
    return meant[0] == typed[0] or len(meant) > len(typed) or sorted(meant) == sorted(typed)


def _how_rare(typed: str, meant: str) -> int:
    """People forget a letter or swap two more often than they type one too many; a wrong one is rarest."""
    if len(meant) > len(typed) or sorted(meant) == sorted(typed):
        return 0
    return 1 if len(meant) < len(typed) else 2
