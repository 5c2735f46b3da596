"""The contract of search: what can be found, what is asked and what comes back (docs/search.md).

Rooms offer what they have with `register_kind`, and say with `register_dependents` which other rows its documents show.
The `search` room gives its answering function to `set_engine` when it starts, so that a page can ask `search(request)`
without importing an engine. Without one, `available` is False in the answer, and the page lists from the database.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Model

ORDERINGS = ("best", "newest", "title")
# The value of a filter for what has none, so that the values of a filter add up. It is never a value of a hit.
NOT_GIVEN = "none"
# The ordering of a feed: what was published last comes first, whatever the date of its content.
LAST_PUBLISHED = "published"


@dataclass(frozen=True)
class DocumentText:
    """One language of a search document, as plain text; `url` is its address in that language."""

    title: str
    lead: str
    body: str
    url: str


@dataclass(frozen=True)
class CueText:
    """One timed line of a transcript; `start_s` in seconds from the start of the recording."""

    language: str
    start_s: float
    text: str
    speaker: str = ""


@dataclass(frozen=True)
class SearchDocument:
    """A public thing that can be found, with all its languages.

    `words` and `names` are found in every language; `names` are what it is called besides its titles, an acronym for
    one. `date` is the date of its content, `published` (UTC) when it was last published in any language, which the
    search room fills in. `may_lack` names the filters of which people may ask for what has no value (`NOT_GIVEN`).
    """

    kind: str
    key: str
    texts: Mapping[str, DocumentText]
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    date: date | None = None
    words: str = ""
    cues: tuple[CueText, ...] = ()
    duration_s: int | None = None
    published: datetime | None = None
    names: tuple[str, ...] = ()
    may_lack: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The kind and the key: the identity of the document in every index."""
        return f"{self.kind}:{self.key}"


@dataclass(frozen=True)
class SearchRequest:
    """A question: `text` in the visitor's own words, narrowed by kinds and filters.

    `ordering` is one of `ORDERINGS` or `LAST_PUBLISHED`. With `expand` off only the visitor's own words are searched.
    `facets` names the filters whose counts are wanted, `cues_per_hit` how many lines of a transcript a hit may show.
    A list of cards needs no extracts, which cost more than the rest of it.
    """

    text: str = ""
    language: str = "nl"
    kinds: tuple[str, ...] = ()
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ordering: str = "best"
    page: int = 1
    per_page: int = 20
    expand: bool = True
    facets: tuple[str, ...] = ()
    cues_per_hit: int = 3
    with_extracts: bool = True


@dataclass(frozen=True)
class CueHit:
    """A timed line of a transcript that answers the question; `html` is the escaped line with <mark>."""

    start_s: float
    language: str
    html: str


@dataclass(frozen=True)
class Hit:
    """A search document that was found, in the language that is shown: the visitor's where it exists."""

    id: str
    kind: str
    key: str
    language: str
    title_html: str
    extract_html: str
    url: str
    languages: tuple[str, ...] = ()
    cue_hits: tuple[CueHit, ...] = ()
    score: float = 0.0
    duration_s: int | None = None
    date: date | None = None
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class RecognisedConcept:
    """A concept of the thesaurus that was recognised in the question, and the synonyms that were searched for it."""

    key: str
    label: str
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True)
class SearchResult:
    """The answer to a question.

    `groups` counts the hits of each kind, `facets` those of each value of a filter, without the filter's own choice.
    `corrected` is the question that was answered instead of one with a misspelt word. When only the visitor's own words
    are wanted, the question is answered as typed and `suggestion` is the corrected one. When search is not `available`,
    `message` says so to the visitor.
    """

    hits: tuple[Hit, ...] = ()
    total: int = 0
    groups: Mapping[str, int] = field(default_factory=dict)
    facets: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    concepts: tuple[RecognisedConcept, ...] = ()
    corrected: str = ""
    suggestion: str = ""
    took_ms: float = 0.0
    available: bool = True
    message: str = ""


# -- what rooms register -------------------------------------------------------------------------------------------


def _key_field(instance: Model) -> str | None:
    return getattr(instance, "key", None)


@dataclass(frozen=True)
class SearchableKind:
    """How a room offers one kind of thing: its model, its documents, and the key of an instance.

    `documents(None)` yields every public document, `documents(keys)` those of the keys that are still public.
    `key_of(instance)` returns the key under which an instance is (or was) indexed, None when it never is.
    """

    kind: str
    model: type[Model]
    documents: Callable[[Iterable[str] | None], Iterable[SearchDocument]]
    key_of: Callable[[Model], str | None] = _key_field


@dataclass(frozen=True)
class Dependents:
    """Which search documents become out of date when a row of `model` changes.

    Each path leads from the row over its relations to things that are indexed: "caption.recording". A model without
    paths shows in no document.
    """

    model: type[Model]
    paths: tuple[str, ...]


_kinds: dict[str, SearchableKind] = {}
_dependents: dict[type[Model], Dependents] = {}
_engine: Callable[[SearchRequest], SearchResult] | None = None


def register_kind(
    kind: str,
    *,
    model: type[Model],
    documents: Callable[[Iterable[str] | None], Iterable[SearchDocument]],
    key_of: Callable[[Model], str | None] = _key_field,
) -> None:
    """Offer a kind of thing to search. Call it from a room's `registers`."""
    _kinds[kind] = SearchableKind(kind, model, documents, key_of)


def register_dependents(model: type[Model], *paths: str) -> None:
    """Declare which search documents show something of a row of `model`: the things at the end of these paths.

    A path is a chain of relations from the row, forwards or backwards. The document of the row itself needs none.
    Without a path, no document shows anything of the row. Call it from a room's `registers`, once for each model that
    points at something indexed or is pointed at by it; the system check search.E003 names a model that is forgotten.
    """
    before = _dependents.get(model)
    _dependents[model] = Dependents(model, tuple(dict.fromkeys([*(before.paths if before else ()), *paths])))


def searchable_kinds() -> Mapping[str, SearchableKind]:
    """Return every kind that a room has offered, in the order of offering."""
    return dict(_kinds)


def declared_dependents() -> Mapping[type[Model], Dependents]:
    """Return what rooms declared with `register_dependents`, by model."""
    return dict(_dependents)


# -- asking --------------------------------------------------------------------------------------------------------


def set_engine(engine: Callable[[SearchRequest], SearchResult] | None) -> None:
    """Set the function that answers `search`. The search room calls this when it starts."""
    global _engine
    _engine = engine


def search(request: SearchRequest) -> SearchResult:
    """Answer a question; `available` is False when no engine is set."""
    if _engine is None:
        return SearchResult(available=False)
    return _engine(request)
