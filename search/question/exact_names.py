"""What things are called: a question that holds the name of a thing has that thing first.

A name is compared as its letters and digits in one piece, so that "urb security" is UrbSecurity. In the middle of a
question the names of methods, projects, recordings and pages count; a city, an organisation or a topic only when the
question is its name and nothing else, or every question with "Mechelen" in it would begin with the city.
"""

from collections.abc import Iterable, Iterator

from portal.core.searchable import SearchDocument
from search.question import common_words
from search.ranking.weights import SIGNPOSTS
from search.text_analysis.normalise import fold, normalise, words_of

MOST_WORDS = 6  # of a name that is looked for within a question
SHORTEST, SHORTEST_WITHIN = 3, 4  # letters and digits


def in_one_piece(words: Iterable[str]) -> str:
    """Words as a name is compared."""
    return fold("".join(words))


def _called(document: SearchDocument) -> Iterator[tuple[str, str]]:
    """The titles and other names of a thing: as they are compared, and as they are written."""
    for text in (*(text.title for text in document.texts.values()), *document.names):
        written = "".join(words_of(normalise(text)))
        yield fold(written), written


def whole_names(document: SearchDocument) -> set[str]:
    """What a question may consist of to mean this thing: its titles and other names."""
    return {name for name, _written in _called(document) if len(name) >= SHORTEST}


def names_within(document: SearchDocument) -> set[str]:
    """The names that mean this thing in the middle of a question too.

    A usual word is no such name; of four letters only what is written like a name is one (EMMA, KiVa).
    """
    if document.kind in SIGNPOSTS:
        return set()
    return {
        name
        for name, written in _called(document)
        if len(name) > SHORTEST_WITHIN
        or (len(name) == SHORTEST_WITHIN and any(letter.isupper() for letter in written[1:]))
        if not common_words.is_ordinary(name)
    }


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
