"""What every engine keeps of a SearchDocument, whatever its index looks like."""

from collections.abc import Mapping
from functools import lru_cache

from portal.core.searchable import SearchDocument
from search.text_analysis.normalise import fold, normalise

TEXTS = ("title", "lead", "body", "url")


def filters_of(document: SearchDocument) -> dict[str, list[str]]:
    """The filters of a document; the languages it exists in are one when its room names none."""
    filters = {name: [str(value) for value in values] for name, values in document.filters.items() if values}
    filters.setdefault("language", sorted(document.texts))
    return filters


def spoken_in(document: SearchDocument) -> dict[str, str]:
    """The whole transcript per language, so that a phrase may run over two lines."""
    lines: dict[str, list[str]] = {}
    for line in document.cues:
        lines.setdefault(line.language, []).append(line.text)
    return {language: " ".join(texts) for language, texts in lines.items()}


def title_to_sort(document: SearchDocument, language: str) -> str:
    """The folded title in a language, else in the first that there is; the id makes it of this document only."""
    text = document.texts.get(language) or next(iter(document.texts.values()), None)
    return f"{_folded_title(text.title) if text else fold(document.key)}\x00{document.id}"


@lru_cache(maxsize=256)
def _folded_title(title: str) -> str:
    """Of a thing in one language each order asks for the same title."""
    return fold(normalise(title))


def stored(document: SearchDocument) -> dict:
    """What a hit is made of (search/results/hit_builder.py): everything but the transcript, as plain values."""
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
    """The visitor's language where the thing has it, else the first that it has in the order of the site."""
    return wanted if wanted in texts else next((code for code in (*languages, *texts) if code in texts), wanted)
