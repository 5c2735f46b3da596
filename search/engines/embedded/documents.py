"""From a SearchDocument to what the two indexes hold, and back to what a hit needs."""

import json
from collections.abc import Iterator
from datetime import date

from tantivy import Document

from portal.core.searchable import SearchDocument
from search.entries import filters_of, spoken_in, stored, title_to_sort
from search.suggestions import beginnings
from search.thesaurus import COMPOUNDING
from search.words import LANGUAGES, fold, folded_words, normalise, prepared

LONG_WORD = 8
_json = json.JSONEncoder(ensure_ascii=False).encode  # one for all: `json.dumps` would make one for each line
NO_DATE = "99999999"


def thing(document: SearchDocument, languages: tuple[str, ...]) -> Document:
    """The entry of a thing with all its languages. Texts in a language without fields count as `words` only."""
    entry = Document()
    entry.add_text("id", document.id)
    entry.add_text("kind", document.kind)
    entry.add_json("filters", filters_of(document))
    long_words: set[str] = set()
    for language, text in document.texts.items():
        for field in ("title", "lead", "body"):
            _add(entry, f"{field}_{language}" if language in languages else None, getattr(text, field), language)
        if language in COMPOUNDING:
            long_words.update(_long_words(f"{text.title} {text.lead} {text.body}"))
    for language, spoken in spoken_in(document).items():
        _add(entry, f"spoken_{language}" if language in languages else None, spoken, language)
        if language in COMPOUNDING:
            long_words.update(_long_words(spoken))
    if document.words:
        entry.add_text("words", fold(normalise(document.words)))
    entry.add_text("long_words", " ".join(long_words))
    entry.add_text("long_words_backwards", " ".join(word[::-1] for word in long_words))
    for language in languages:
        entry.add_text(f"by_title_{language}", title_to_sort(document, language))
    for language, terms in beginnings(document, languages).items():
        entry.add_text(f"begins_{language}", " ".join(terms))
    entry.add_text("newest_first", f"{_age(document.date)}{title_to_sort(document, '')}")
    entry.add_bytes("stored", _json(stored(document) | {"cues": bool(document.cues)}).encode())
    return entry


def cue(parent: str, line) -> Document:
    """The entry of one timed line of `parent` (a document id)."""
    entry, text = Document(), normalise(line.text)
    entry.add_text("parent", parent)
    if line.language in LANGUAGES:
        entry.add_text(f"text_{line.language}", prepared(text, line.language))
    entry.add_text("words", fold(f"{text} {normalise(line.speaker)}"))
    entry.add_bytes("stored", _json([line.language, line.start_s, text]).encode())
    return entry


def _add(entry: Document, field: str | None, text: str, language: str) -> None:
    if not text:
        return
    text = normalise(text)
    if field:
        entry.add_text(field, prepared(text, language))
    entry.add_text("words", fold(text))


def _long_words(text: str) -> Iterator[str]:
    return (word for word in folded_words(text) if len(word) >= LONG_WORD)


def _age(day: date | None) -> str:
    """Sorts the newest first and what has no date last."""
    return f"{10_000_000 - day.toordinal():08}" if day else NO_DATE
