"""What is suggested while somebody types: things whose title, or another word for a topic, begins with what is typed.

The rules are the same for every engine. For each document and language an engine indexes the terms of `beginnings` as
they are, without analysis, and looks up documents that have every term of `typed_terms`. So a suggestion costs the same
however many documents there are, and no engine needs a query for prefixes.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from portal.core.searchable import DocumentText, SearchDocument
from search.indexing.documents import shown_language
from search.text_analysis.normalise import folded_words

KINDS = ("method", "project", "recording", "topic")  # in this order where two fit equally well
SHORTEST = 2  # letters
LONGEST = 20  # letters of a word, and of a whole title, that are compared
MOST_WORDS = 6  # of what is typed
OF_ONE_KIND = 3  # while there are others
START = "^"  # before letters with which a whole title begins


@dataclass(frozen=True)
class Suggestion:
    """A thing that may be meant. `other` is another word for a topic that begins so, when its label does not."""

    kind: str
    key: str
    title: str
    language: str
    url: str
    other: str = ""


@dataclass(frozen=True)
class TypedTerms:
    """What is typed, as terms of an index: a suggestion has every one of `words`, and had better have `start`."""

    words: tuple[str, ...]
    start: str


@dataclass(frozen=True)
class Candidate:
    """What `search.indexing.documents.stored` kept of a document that has every word, and whether it has the start."""

    stored: Mapping
    has_start: bool


def typed_terms(text: str) -> TypedTerms | None:
    """Return the terms for what is typed; None as long as that is too short."""
    words = folded_words(text[:200])[:MOST_WORDS]
    whole = "".join(words)
    if len(whole) < SHORTEST:
        return None
    long_enough = (word[:LONGEST] for word in words if len(word) >= SHORTEST)
    return TypedTerms(tuple(dict.fromkeys(long_enough)), START + whole[:LONGEST])


def beginnings(document: SearchDocument, languages: tuple[str, ...]) -> dict[str, set[str]]:
    """Return the terms of a document for each language of the content: how the words it is called by begin.

    For a language that it does not exist in, they are those of the title that is shown in its place.
    """
    if document.kind not in KINDS:
        return {}
    shown = {language: shown_language(document.texts, language, languages) for language in languages}
    terms = {code: _terms_of_text(document.kind, document.texts.get(code)) for code in dict.fromkeys(shown.values())}
    return {language: terms[code] for language, code in shown.items()}


def _terms_of_text(kind: str, text: DocumentText | None) -> set[str]:
    names = _names(kind, text.title, text.body) if text else ()
    return set().union(*(_terms(folded_words(name)) for name in names))


def _names(kind: str, title: str, body: str) -> tuple[str, ...]:
    """Return what a thing is called: its title, and the other words for a topic, which are its whole body."""
    return (title, *(body.split(", ") if kind == "topic" and body else ()))


def _terms(words: list[str]) -> list[str]:
    terms = [word[:end] for word in words for end in range(SHORTEST, min(len(word), LONGEST) + 1)]
    whole = START + "".join(words)[:LONGEST]
    return terms + [whole[:end] for end in range(len(START) + SHORTEST, len(whole) + 1)]


def best_suggestions(
    candidates: Iterable[Candidate], typed: TypedTerms, language: str, languages: tuple[str, ...], limit: int
) -> tuple[Suggestion, ...]:
    """Return the best suggestions: titles that begin so first, then in the order of kinds, then the shorter titles.

    There are some of each kind.
    """
    pairs = [(_suggestion(one.stored, typed, language, languages), one.has_start) for one in candidates]
    pairs.sort(key=lambda pair: (not pair[1], KINDS.index(pair[0].kind), len(pair[0].title), pair[0].title))
    counts: dict[str, int] = {}
    ranked = []
    for place, (suggestion, _has_start) in enumerate(pairs):
        counts[suggestion.kind] = counts.get(suggestion.kind, 0) + 1
        ranked.append((counts[suggestion.kind] > OF_ONE_KIND, place, suggestion))
    kept = sorted(ranked, key=lambda one: one[:2])[:limit]
    return tuple(suggestion for _is_further, _place, suggestion in sorted(kept, key=lambda one: one[1]))


def _suggestion(stored: Mapping, typed: TypedTerms, language: str, languages: tuple[str, ...]) -> Suggestion:
    shown = shown_language(stored["texts"], language, languages)
    text = stored["texts"][shown]
    title, *others = _names(stored["kind"], text["title"], text["body"])
    other = "" if _begins(title, typed) else next((name for name in others if _begins(name, typed)), "")
    return Suggestion(stored["kind"], stored["key"], title, shown, text["url"], other)


def _begins(name: str, typed: TypedTerms) -> bool:
    words = folded_words(name)
    return all(any(word.startswith(term) for word in words) for term in typed.words)
