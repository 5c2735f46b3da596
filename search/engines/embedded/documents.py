"""From a SearchDocument to what the two indexes hold, and back to what a hit needs."""

import json
import re
import struct
import zlib
from datetime import date, datetime
from hashlib import blake2b

from tantivy import Document

from portal.core.searchable import SearchDocument
from search.indexing.documents import filters_of, spoken_in, stored, title_to_sort
from search.question.exact_names import names_within, whole_names
from search.results.suggestions import beginnings
from search.text_analysis.normalise import LANGUAGES, fold, in_one_spelling, normalise
from search.text_analysis.spelling_variants import joined, one_form
from search.thesaurus.thesaurus import COMPOUNDING

_LONG_WORD = re.compile(r"[^\W_]{8,}")
_json = json.JSONEncoder(ensure_ascii=False).encode  # one for all: `json.dumps` would make one for each line
NO_DATE = "99999999"
_FAR_AHEAD_MS = 10_000_000_000_000
_CHECKSUM = struct.Struct("<I")


def thing(document: SearchDocument, languages: tuple[str, ...]) -> Document:
    """The entry of a thing with all its languages. Texts in a language without fields count as `words` only."""
    entry = Document()
    entry.add_text("id", document.id)
    entry.add_text("kind", document.kind)
    entry.add_json("filters", filters_of(document))
    long_words: set[str] = set()
    for language, text in document.texts.items():
        for field in ("title", "lead", "body"):
            long_words |= _add(entry, field, getattr(text, field), language, languages)
    for language, spoken in spoken_in(document).items():
        long_words |= _add(entry, "spoken", spoken, language, languages)
    if document.words:
        entry.add_text("words", fold(one_form(normalise(document.words))))
    entry.add_text("long_words", " ".join(long_words))
    entry.add_text("long_words_backwards", " ".join(word[::-1] for word in long_words))
    for language in languages:
        entry.add_text(f"by_title_{language}", title_to_sort(document, language))
    for language, terms in beginnings(document, languages).items():
        entry.add_text(f"begins_{language}", " ".join(terms))
    for name in names_within(document):
        entry.add_text("names", name)
    for name in whole_names(document):
        entry.add_text("whole_names", name)
    entry.add_unsigned("tie", _place_among_equals(document))
    by_title = title_to_sort(document, "")
    entry.add_text("newest_first", f"{_age(document.date)}{by_title}")
    entry.add_text("last_published_first", f"{_since(document.published)}{by_title}")
    entry.add_bytes("stored", sealed(stored(document) | {"cues": bool(document.cues)}))
    return entry


def cue(parent: str, line) -> Document:
    """The entry of one timed line of `parent` (a document id)."""
    entry, text = Document(), normalise(line.text)
    searched = one_form(text)
    entry.add_text("parent", parent)
    if line.language in LANGUAGES:
        entry.add_text(f"text_{line.language}", in_one_spelling(searched, line.language))
    entry.add_text("words", fold(f"{searched} {normalise(line.speaker)}"))
    entry.add_bytes("stored", sealed([line.language, line.start_s, text]))
    return entry


def _add(entry: Document, field: str, text: str, language: str, languages: tuple[str, ...]) -> set[str]:
    """Add a text; returns its long words in a language that compounds. Each text is normalised and folded only once."""
    if not text:
        return set()
    text = one_form(normalise(text))
    if language in languages:
        entry.add_text(f"{field}_{language}", in_one_spelling(text, language))
    folded = fold(text)
    entry.add_text("words", folded)
    if in_one := joined(folded):
        entry.add_text("words", " ".join(in_one))
    return set(_LONG_WORD.findall(folded)) if language in COMPOUNDING else set()


def _place_among_equals(document: SearchDocument) -> int:
    """A number that is the same in every index, so that what answers equally well keeps its order after a rebuild."""
    return int.from_bytes(blake2b(document.id.encode(), digest_size=8).digest()) >> 1


def sealed(value) -> bytes:
    """A value as it is kept in the index: JSON behind its checksum, which tantivy does not compare when it reads."""
    written = _json(value).encode()
    return _CHECKSUM.pack(zlib.crc32(written)) + written


def unsealed(kept: bytes):
    """The value that was kept. Raises ValueError when a byte of it was changed since."""
    written = bytes(kept[_CHECKSUM.size :])
    if _CHECKSUM.unpack_from(kept)[0] != zlib.crc32(written):
        raise ValueError("what the index keeps of a document was changed")
    return json.loads(written)


def _since(moment: datetime | None) -> str:
    """Sorts what was published last first, to the millisecond, and what never was last."""
    return f"{_FAR_AHEAD_MS - int(moment.timestamp() * 1000):014}" if moment else "9" * 14


def _age(day: date | None) -> str:
    """Sorts the newest first and what has no date last."""
    return f"{10_000_000 - day.toordinal():08}" if day else NO_DATE
