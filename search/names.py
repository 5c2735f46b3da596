"""What things are called: a question that holds the name of a thing has that thing first.

A name is compared as its letters and digits in one piece, so that "urb security" is UrbSecurity. In the middle of a
question the names of methods, projects, recordings and pages count; a city, an organisation or a topic only when the
question is its name and nothing else, or every question with "Mechelen" in it would begin with the city.
"""

from collections.abc import Iterable

from portal.core.searchable import SearchDocument
from search import ordinary
from search.weights import SIGNPOSTS
from search.words import fold, normalise, words_of

MOST_WORDS = 6  # of a name that is looked for within a question
SHORTEST, SHORTEST_WITHIN = 3, 4  # letters and digits


def in_one_piece(words: Iterable[str]) -> str:
    """Words as a name is compared."""
    return fold("".join(words))


def whole_names(document: SearchDocument) -> set[str]:
    """What a question may consist of to mean this thing: its titles and other names."""
    names = (*(text.title for text in document.texts.values()), *document.names)
    return {name for text in names if len(name := in_one_piece(words_of(normalise(text)))) >= SHORTEST}


def names_within(document: SearchDocument) -> set[str]:
    """The names that mean this thing in the middle of a question too.

    A usual word is no such name; of four letters only what is written like a name is one (EMMA, KiVa).
    """
    if document.kind in SIGNPOSTS:
        return set()
    found = set()
    for text in (*(text.title for text in document.texts.values()), *document.names):
        words = words_of(normalise(text))
        name = in_one_piece(words)
        as_a_name = any(letter.isupper() for letter in "".join(words)[1:])
        if len(name) > SHORTEST_WITHIN or (len(name) == SHORTEST_WITHIN and as_a_name):
            found.add(name)
    return {name for name in found if not ordinary.is_ordinary(name)}


def asked_whole(words: list[str]) -> str:
    """The words of a question as one name; "" when that would be too short."""
    name = in_one_piece(words)
    return name if len(name) >= SHORTEST else ""


def asked_within(words: list[str]) -> tuple[str, ...]:
    """Each run of words of a question that may be a name."""
    runs = (
        in_one_piece(words[start:end])
        for start in range(len(words))
        for end in range(start + 1, min(len(words), start + MOST_WORDS) + 1)
    )
    return tuple(dict.fromkeys(name for name in runs if len(name) >= SHORTEST_WITHIN))
