"""The names of things: a result whose name stands in the question comes first.

A name is compared as its letters and digits in one piece, so that "urb security" is UrbSecurity. The names of methods,
projects, recordings and pages count in the middle of a question. Those of cities, organisations and topics count only
when the question is that name and nothing else, or every question with "Mechelen" in it would begin with the city.
"""

from collections.abc import Iterable, Iterator

from portal.core.searchable import SearchDocument
from search.ranking.weights import SIGNPOSTS
from search.text_analysis import common_words
from search.text_analysis.normalise import fold, normalise, words_of

MOST_WORDS = 6  # of a name that is looked for within a question
SHORTEST, SHORTEST_WITHIN = 3, 4  # letters and digits


def whole_names(document: SearchDocument) -> set[str]:
    """Return what a question has to be, as a whole, to mean this document: its titles and other names."""
    return {name for name, _written in _names(document) if len(name) >= SHORTEST}


def names_within_a_question(document: SearchDocument) -> set[str]:
    """Return the names that mean this document in the middle of a question too.

    A common word is no such name. Of four letters only what is written like a name is one (EMMA, KiVa).
    """
    if document.kind in SIGNPOSTS:
        return set()
    return {
        name
        for name, written in _names(document)
        if len(name) > SHORTEST_WITHIN
        or (len(name) == SHORTEST_WITHIN and any(letter.isupper() for letter in written[1:]))
        if not common_words.is_common(name)
    }


def question_as_name(words: list[str]) -> str:
    """Return the words of a question as one name; "" when that would be too short."""
    name = _in_one_piece(words)
    return name if len(name) >= SHORTEST else ""


def possible_names(words: list[str]) -> tuple[str, ...]:
    """Return every run of words of a question that may be a name."""
    runs = (
        _in_one_piece(words[start:end])
        for start in range(len(words))
        for end in range(start + 1, min(len(words), start + MOST_WORDS) + 1)
    )
    return tuple(dict.fromkeys(name for name in runs if len(name) >= SHORTEST_WITHIN))


def _names(document: SearchDocument) -> Iterator[tuple[str, str]]:
    """Yield the titles and other names of a document: as they are compared, and as they are written."""
    for text in (*(text.title for text in document.texts.values()), *document.names):
        words = words_of(normalise(text))
        yield _in_one_piece(words), "".join(words)


def _in_one_piece(words: Iterable[str]) -> str:
    return fold("".join(words))
