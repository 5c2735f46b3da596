"""Words near a word that was asked: compounds that contain it, and the one that was probably meant.

The rules only; an engine looks in its index for the words themselves. The words of the content are the dictionary: no
list of compounds or of correct spellings is kept.
"""

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from search.question.plan import Part, Unit
from search.text_analysis.normalise import fold, split
from search.thesaurus.thesaurus import COMPOUNDING, SHORTEST_PART, SHORTEST_REST

MOST_NEAR = 20
SHORTEST_CORRECTED = 5  # letters
LONGEST_CORRECTED = 40
SHORTEST_BEGINNING = 3  # letters of the beginning of a word, as somebody types who does not know the rest


def compound_parts(unit: Unit) -> tuple[Part, ...]:
    """What a compound begins or ends with that a unit finds: its own word, and Dutch and German other words.

    So "overlastaanpak" and "drugsoverlast" are found by "overlast". A part has at least five letters and leaves four,
    else "plan" would find "planeet".
    """
    if unit.exact:
        return ()
    singles = list(unit.words) if len(unit.words) == 1 else []
    singles += [other.text for other in unit.others if other.language in COMPOUNDING and len(split(other.text)) == 1]
    parts: dict[Part, None] = {}
    for word in dict.fromkeys(fold(single) for single in singles):
        parts.update((Part(form, len(form) + SHORTEST_REST), None) for form in _beginnings(word))
        if len(word) >= SHORTEST_PART:
            parts[Part(word, len(word) + SHORTEST_REST, at_end=True)] = None
    return tuple(parts)


def _beginnings(word: str) -> list[str]:
    """How a word looks at the beginning of a compound: as it is, and without a plural ending."""
    forms = dict.fromkeys([word, *(word.removesuffix(ending) for ending in ("en", "n", "s", "e"))])
    return [form for form in forms if len(form) >= SHORTEST_PART]


def allowed_errors(word: str) -> int:
    """How many wrong letters a word may have: none up to 4 letters, one up to 8, two in longer ones.

    None in what no language has a word as long as: comparing it would take long.
    """
    return 0 if len(word) < SHORTEST_CORRECTED or len(word) > LONGEST_CORRECTED else 1 if len(word) < 9 else 2


def nearest(word: str, candidates: list[str]) -> list[str]:
    """The candidates with few different letters (a swap counts as one), the nearest first."""
    errors = allowed_errors(word)
    if not errors:
        return []
    found = process.extract(word, candidates, scorer=DamerauLevenshtein.distance, score_cutoff=errors, limit=MOST_NEAR)
    return [candidate for candidate, distance, _index in sorted(found, key=lambda one: (one[1], one[2])) if distance]
