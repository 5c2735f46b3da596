"""What is suggested while somebody types: things whose title, or a topic's other word, begins with what is typed.

The rules of every engine. An engine keeps, for each thing and language, the terms that `beginnings` gives, as they are
(no analysis), and looks for things that have every term of `typed`. So a suggestion costs the same however many there
are, and no engine needs a query of its own for prefixes.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from portal.core.searchable import DocumentText, SearchDocument
from search.indexing.documents import shown_language
from search.text_analysis.normalise import folded_words

KINDS = ("method", "project", "recording", "topic")  # in this order where two fit equally well
SHORTEST = 2  # letters
LONGEST = 20  # letters of a word, and of a whole title, that are looked at
MOST_WORDS = 6  # of what is typed
OF_ONE_KIND = 3  # while there are others
START = "^"  # before letters with which a whole title begins


@dataclass(frozen=True)
class Suggestion:
    """A thing that may be meant. `other` is the other word for a topic that begins so, when its label does not."""

    kind: str
    key: str
    title: str
    language: str
    url: str
    other: str = ""


@dataclass(frozen=True)
class Typed:
    """What is typed, as terms of an index: a thing must have every one of `words`; it had better have `start`."""

    words: tuple[str, ...]
    start: str


@dataclass(frozen=True)
class Found:
    """A thing that has every term, as `search.indexing.documents.stored` kept it, and whether it has `start` too."""

    stored: Mapping
    begins: bool


def typed(text: str) -> Typed | None:
    """The terms for what is typed; None as long as that is too short."""
    words = folded_words(text[:200])[:MOST_WORDS]
    whole = "".join(words)
    if len(whole) < SHORTEST:
        return None
    long_enough = (word[:LONGEST] for word in words if len(word) >= SHORTEST)
    return Typed(tuple(dict.fromkeys(long_enough)), START + whole[:LONGEST])


def beginnings(document: SearchDocument, languages: tuple[str, ...]) -> dict[str, set[str]]:
    """The terms of a thing for each language of the content: the beginnings of the words it is called by there.

    Of what does not exist in a language those of the title that is shown in its place.
    """
    if document.kind not in KINDS:
        return {}
    shown = {language: shown_language(document.texts, language, languages) for language in languages}
    terms = {code: _terms_of(document.kind, document.texts.get(code)) for code in dict.fromkeys(shown.values())}
    return {language: terms[code] for language, code in shown.items()}


def _terms_of(kind: str, text: DocumentText | None) -> set[str]:
    names = _names(kind, text.title, text.body) if text else ()
    return set().union(*(_terms(folded_words(name)) for name in names))


def _names(kind: str, title: str, body: str) -> tuple[str, ...]:
    """What a thing is called: its title, and of a topic its other words, which are its whole body."""
    return (title, *(body.split(", ") if kind == "topic" and body else ()))


def _terms(words: list[str]) -> list[str]:
    terms = [word[:end] for word in words for end in range(SHORTEST, min(len(word), LONGEST) + 1)]
    whole = START + "".join(words)[:LONGEST]
    return terms + [whole[:end] for end in range(len(START) + SHORTEST, len(whole) + 1)]


def chosen(found: Iterable[Found], asked: Typed, language: str, languages: tuple[str, ...], limit: int):
    """The best suggestions: titles that begin so, then in the order of kinds, the shorter first; of each kind some."""
    every = [(_suggestion(one.stored, asked, language, languages), one.begins) for one in found]
    every.sort(key=lambda pair: (not pair[1], KINDS.index(pair[0].kind), len(pair[0].title), pair[0].title))
    counts: dict[str, int] = {}
    ranked = []
    for place, (suggestion, _begins) in enumerate(every):
        counts[suggestion.kind] = counts.get(suggestion.kind, 0) + 1
        ranked.append((counts[suggestion.kind] > OF_ONE_KIND, place, suggestion))
    kept = sorted(ranked, key=lambda one: one[:2])[:limit]
    return tuple(suggestion for _more, _place, suggestion in sorted(kept, key=lambda one: one[1]))


def _suggestion(stored: Mapping, asked: Typed, language: str, languages: tuple[str, ...]) -> Suggestion:
    shown = shown_language(stored["texts"], language, languages)
    text = stored["texts"][shown]
    title, *others = _names(stored["kind"], text["title"], text["body"])
    other = "" if _begins(title, asked) else next((name for name in others if _begins(name, asked)), "")
    return Suggestion(stored["kind"], stored["key"], title, shown, text["url"], other)


def _begins(name: str, asked: Typed) -> bool:
    words = folded_words(name)
    return all(any(word.startswith(term) for word in words) for term in asked.words)
