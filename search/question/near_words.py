"""Words near a word of a question: compounds that contain it, words that it begins, and the one that was meant.

These are only the rules. An engine looks up the words in its index: the words of the content are the dictionary, and no
list of compounds or of correct spellings is kept.
"""

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from search.languages import rules_for
from search.question.plan import Unit, WordPart
from search.text_analysis.normalise import fold, words_of
from search.thesaurus.recognition import SHORTEST_PART, SHORTEST_REST

MOST_NEAR = 20
SHORTEST_CORRECTED = 5  # letters
LONGEST_CORRECTED = 40
SHORTEST_BEGINNING = 3  # letters of the beginning of a word, for somebody who does not know the rest


def compound_parts(unit: Unit) -> tuple[WordPart, ...]:
    """Return what the compounds begin or end with that a unit finds, so that "overlast" finds "overlastaanpak".

    Compounds are made of the unit's own word, and of its synonyms in languages that make compounds. A part has at least
    five letters and leaves four, else "plan" would find "planeet".
    """
    if unit.exact:
        return ()
    singles = list(unit.words) if len(unit.words) == 1 else []
    singles += [
        synonym.text
        for synonym in unit.synonyms
        if rules_for(synonym.language).makes_compounds and len(words_of(synonym.text)) == 1
    ]
    parts: dict[WordPart, None] = {}
    for word in dict.fromkeys(fold(single) for single in singles):
        parts.update((WordPart(form, len(form) + SHORTEST_REST), None) for form in _first_parts(word))
        if len(word) >= SHORTEST_PART:
            parts[WordPart(word, len(word) + SHORTEST_REST, at_end=True)] = None
    return tuple(parts)


def _first_parts(word: str) -> list[str]:
    """Return how a word looks at the beginning of a compound: as it is, and without a plural ending."""
    forms = dict.fromkeys([word, *(word.removesuffix(ending) for ending in ("en", "n", "s", "e"))])
    return [form for form in forms if len(form) >= SHORTEST_PART]


def allowed_errors(word: str) -> int:
    """Return how many wrong letters a word may have: none up to 4 letters, one up to 8, two in longer words.

    None in a word that is longer than those of any language: comparing it would take long.
    """
    if not SHORTEST_CORRECTED <= len(word) <= LONGEST_CORRECTED:
        return 0
    return 1 if len(word) < 9 else 2


def nearest(word: str, candidates: list[str]) -> list[str]:
    """Return the candidates with few different letters (a swap counts as one), the nearest first."""
    errors = allowed_errors(word)
    if not errors:
        return []
    found = process.extract(word, candidates, scorer=DamerauLevenshtein.distance, score_cutoff=errors, limit=MOST_NEAR)
    return [candidate for candidate, distance, _index in sorted(found, key=lambda one: (one[1], one[2])) if distance]
