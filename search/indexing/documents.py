"""What every engine keeps of a SearchDocument, whatever its index looks like."""

from collections.abc import Mapping
from functools import lru_cache

from portal.core.searchable import NOT_GIVEN, SearchDocument
from search.text_analysis.normalise import fold, normalise

TEXTS = ("title", "lead", "body", "url")


def filters_of(document: SearchDocument) -> dict[str, list[str]]:
    """Return the filters of a document; its languages are one when its room names no other.

    What it may lack and has not is a value too.
    """
    filters = {name: [str(value) for value in values] for name, values in document.filters.items() if values}
    for name in document.may_lack:
        filters.setdefault(name, [NOT_GIVEN])
    filters.setdefault("language", sorted(document.texts))
    return filters


def transcripts_of(document: SearchDocument) -> dict[str, str]:
    """Return the whole transcript in each language, so that a phrase may run over two lines."""
    lines: dict[str, list[str]] = {}
    for cue in document.cues:
        lines.setdefault(cue.language, []).append(cue.text)
    return {language: " ".join(texts) for language, texts in lines.items()}


def title_sort_key(document: SearchDocument, language: str) -> str:
    """Return the folded title in a language, else in the first that there is. The id makes it unique."""
    text = document.texts.get(language) or next(iter(document.texts.values()), None)
    return f"{_folded_title(text.title) if text else fold(document.key)}\x00{document.id}"


@lru_cache(maxsize=256)
def _folded_title(title: str) -> str:
    """Return a title, folded: a document in one language is asked for the same title by every ordering."""
    return fold(normalise(title))


def stored(document: SearchDocument) -> dict:
    """Return what a hit is made of (search/results/hit_builder.py), as plain values: all but the transcript."""
    return {
        "kind": document.kind,
        "key": document.key,
        "texts": {
            language: {name: normalise(getattr(text, name)) for name in TEXTS}
            for language, text in document.texts.items()
        },
        "filters": filters_of(document),
        "date": document.date.isoformat() if document.date else None,
        "duration_s": document.duration_s,
    }


def shown_language(texts: Mapping[str, object], wanted: str, languages: tuple[str, ...]) -> str:
    """Return the visitor's language when the document has it, else the first that it has in the order of the site."""
    return wanted if wanted in texts else next((code for code in (*languages, *texts) if code in texts), wanted)
