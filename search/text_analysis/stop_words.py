"""Words of a question that carry little meaning, in three degrees.

    stop words      are not in the index at all                            "the", "de"
    filler words    are searched, but a result need not contain them       "how much", "help"
    false friends   are searched, and never recognised as a concept        "gas" in English is not the Dutch GAS

The words themselves are in search/languages/<code>: stop_words.txt, filler_words.txt and false_friends.txt.
"""

from functools import cache, lru_cache

from search.languages import rules_for
from search.text_analysis.normalise import fold, folded_word
from search.text_analysis.stemming import analyzer, prepared


@lru_cache(maxsize=50_000)
def is_stop_word(word: str, code: str) -> bool:
    """Return whether the analysis of the language leaves this word out."""
    return not analyzer(code).analyze(prepared(word, code))


def is_filler_word(word: str, code: str) -> bool:
    """Return whether a word only asks, in the language of the person who asks."""
    return folded_word(word) in _filler_words(code)


def is_false_friend(word: str, code: str) -> bool:
    """Return whether a word of this language means something else than the word of the thesaurus that it looks like."""
    return folded_word(word) in _false_friends(code)


@cache
def _filler_words(code: str) -> frozenset[str]:
    return frozenset(map(fold, rules_for(code).filler_words))


@cache
def _false_friends(code: str) -> frozenset[str]:
    return frozenset(map(fold, rules_for(code).false_friends))
