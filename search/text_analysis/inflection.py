"""The inflections by which a word is recognised as a form of a word of the thesaurus.

This is not a stemmer: a stemmer is made to find much, and takes "parking" for "park" and "policies" for "police". These
are the regular plurals and endings of a language (search/languages/<code>/inflection.py), and somebody read what they
lead to (tests/search/thesaurus/words_and_concepts.tsv). All words are folded.
"""

from functools import lru_cache

from search.languages import rules_for

SHORTEST = 4  # letters of a word that is inflected: "has" is not a form of "Hass", nor "gro" of "groen"


@lru_cache(maxsize=50_000)
def inflections(word: str, code: str) -> frozenset[str]:
    """Return the plurals of a folded word and its endings as an adjective, without the word itself."""
    if len(word) < SHORTEST or not word.isalpha():
        return frozenset()
    return frozenset(rules_for(code).noun_forms(word)) - {word}


@lru_cache(maxsize=50_000)
def inflections_in_expression(word: str, code: str) -> frozenset[str]:
    """Return the same, and other endings of adjectives and verbs: for a word that is recognised beside others only."""
    rules = rules_for(code)
    forms = set(inflections(word, code))
    for ending in rules.adjective_endings:
        base = word.removesuffix(ending)
        if base != word and len(base) > SHORTEST:
            forms |= {base, *(f"{base}{other}" for other in rules.adjective_endings), *inflections(base, code)}
    if rules.adjectives_take_endings and len(word) > SHORTEST:
        forms |= {f"{word}{ending}" for ending in rules.adjective_endings}
    if len(word) > SHORTEST:
        forms |= rules.verb_forms(word)
    return frozenset(forms) - {word}
