"""From a SearchDocument to the entries of the two indexes, and back to what a hit needs."""

import json
import re
import struct
import zlib
from datetime import date, datetime
from hashlib import blake2b
from typing import Any

from tantivy import Document

from portal.core.searchable import CueText, SearchDocument
from search.indexing.documents import filters_of, stored, title_sort_key, transcripts_of
from search.languages import LANGUAGES, rules_for
from search.question.exact_names import names_within_a_question, whole_names
from search.results.suggestions import beginnings
from search.text_analysis.normalise import fold, normalise
from search.text_analysis.spelling_variants import hyphenated_in_one, with_abbreviations_joined
from search.text_analysis.stemming import respelled_text

_LONG_WORD = re.compile(r"[^\W_]{8,}")
_to_json = json.JSONEncoder(ensure_ascii=False).encode  # one for all: `json.dumps` would make one for each cue
NO_DATE = "99999999"
_FAR_AHEAD_MS = 10_000_000_000_000
_CHECKSUM = struct.Struct("<I")


def thing_entry(document: SearchDocument, languages: tuple[str, ...]) -> Document:
    """Return the entry of a document. Texts in a language without fields of its own are only in `words`."""
    entry = Document()
    entry.add_text("id", document.id)
    entry.add_text("kind", document.kind)
    entry.add_json("filters", filters_of(document))
    long_words: set[str] = set()
    for language, text in document.texts.items():
        for field in ("title", "lead", "body"):
            long_words |= _add_text(entry, field, getattr(text, field), language, languages)
    for language, transcript in transcripts_of(document).items():
        long_words |= _add_text(entry, "spoken", transcript, language, languages)
    if document.words:
        entry.add_text("words", fold(with_abbreviations_joined(normalise(document.words))))
    entry.add_text("long_words", " ".join(long_words))
    entry.add_text("long_words_backwards", " ".join(word[::-1] for word in long_words))
    for language in languages:
        entry.add_text(f"by_title_{language}", title_sort_key(document, language))
    for language, terms in beginnings(document, languages).items():
        entry.add_text(f"begins_{language}", " ".join(terms))
    for name in names_within_a_question(document):
        entry.add_text("names", name)
    for name in whole_names(document):
        entry.add_text("whole_names", name)
    entry.add_unsigned("tie", _place_among_equals(document))
    by_title = title_sort_key(document, "")
    entry.add_text("newest_first", f"{_newest_first(document.date)}{by_title}")
    entry.add_text("last_published_first", f"{_last_published_first(document.published)}{by_title}")
    entry.add_bytes("stored", pack(stored(document) | {"cues": bool(document.cues)}))
    return entry


def cue_entry(parent: str, cue: CueText) -> Document:
    """Return the entry of one timed line of `parent` (a document id)."""
    entry, text = Document(), normalise(cue.text)
    searched = with_abbreviations_joined(text)
    entry.add_text("parent", parent)
    if cue.language in LANGUAGES:
        entry.add_text(f"text_{cue.language}", respelled_text(searched, cue.language))
    entry.add_text("words", fold(f"{searched} {normalise(cue.speaker)}"))
    entry.add_bytes("stored", pack([cue.language, cue.start_s, text]))
    return entry


def _add_text(entry: Document, field: str, text: str, language: str, languages: tuple[str, ...]) -> set[str]:
    """Add a text, and return its long words in a language that makes compounds.

    Each text is normalised and folded only once.
    """
    if not text:
        return set()
    text = with_abbreviations_joined(normalise(text))
    if language in languages:
        entry.add_text(f"{field}_{language}", respelled_text(text, language))
    folded = fold(text)
    entry.add_text("words", folded)
    if in_one := hyphenated_in_one(folded):
        entry.add_text("words", " ".join(in_one))
    return set(_LONG_WORD.findall(folded)) if rules_for(language).makes_compounds else set()


def _place_among_equals(document: SearchDocument) -> int:
    """Return a number that is the same in every index, so that equally good hits keep their order after a rebuild."""
    return int.from_bytes(blake2b(document.id.encode(), digest_size=8).digest()) >> 1


def pack(value: Any) -> bytes:
    """Return a value as it is stored: JSON after its checksum, because tantivy compares none when it reads."""
    content = _to_json(value).encode()
    return _CHECKSUM.pack(zlib.crc32(content)) + content


def unpack(packed: bytes | None) -> Any:
    """Return the value that was stored. Raises ValueError when a byte of it was changed since."""
    content = bytes((packed or b"")[_CHECKSUM.size :])
    if packed is None or _CHECKSUM.unpack_from(packed)[0] != zlib.crc32(content):
        raise ValueError("what the index stores of a document was changed")
    return json.loads(content)


def _last_published_first(published: datetime | None) -> str:
    """Return a key that sorts what was published last first, to the millisecond; what never was comes last."""
    return f"{_FAR_AHEAD_MS - int(published.timestamp() * 1000):014}" if published else "9" * 14


def _newest_first(day: date | None) -> str:
    """Return a key that sorts the newest first; what has no date comes last."""
    return f"{10_000_000 - day.toordinal():08}" if day else NO_DATE
