"""The contract of search: what a searchable thing is, what is asked and what comes back (DESIGN.md section 7).

Rooms register what they offer with `register_kind`; the `search` room fills the port with `set_engine` when it
starts. So a page can ask `search(request)` without importing an engine. Without one the answer says so
(`available` is False) and the page lists from the database.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

SORTS = ("best", "newest", "title")
# The order of a feed: what was published last comes first, whatever day its content is the position of.
LAST_PUBLISHED = "published"


@dataclass(frozen=True)
class DocumentText:
    """One language of a searchable thing, as plain text; `url` is its address in that language."""

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
    """A public thing that can be found: one document with all its languages.

    `names` are what it is called beside its titles, an acronym for one. `date` is the day that its content speaks of,
    `published` (UTC) when it was last published in any language; the search room fills that in.
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

    @property
    def id(self) -> str:
        return f"{self.kind}:{self.key}"


@dataclass(frozen=True)
class SearchRequest:
    """A question: `text` in the visitor's own words, narrowed by kinds and filters.

    `facets` names the filters whose counts are wanted; `moments` is how many moments a recording may show.
    """

    text: str = ""
    language: str = "nl"
    kinds: tuple[str, ...] = ()
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = "best"
    page: int = 1
    per_page: int = 20
    expand: bool = True
    facets: tuple[str, ...] = ()
    moments: int = 3


@dataclass(frozen=True)
class Moment:
    """A cue that answers the search; `html` is the escaped sentence with <mark>."""

    start_s: float
    language: str
    html: str


@dataclass(frozen=True)
class Hit:
    """One found thing, in the language that is shown (the visitor's where it exists)."""

    id: str
    kind: str
    key: str
    language: str
    title_html: str
    extract_html: str
    url: str
    languages: tuple[str, ...] = ()
    moments: tuple[Moment, ...] = ()
    score: float = 0.0
    duration_s: int | None = None
    date: date | None = None
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Understood:
    """A concept of the thesaurus that was recognised in the question, and the other words searched for it."""

    key: str
    label: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class SearchResult:
    """The answer: `facets` leave the filter's own selection out of its counts; `took_ms` is in milliseconds.

    `corrected` is the question that was answered in the place of one with a misspelt word in it; `suggestion` is the
    same for who wants only the own words, and is answered as typed.
    """

    hits: tuple[Hit, ...] = ()
    total: int = 0
    groups: Mapping[str, int] = field(default_factory=dict)
    facets: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    understood: tuple[Understood, ...] = ()
    corrected: str = ""
    suggestion: str = ""
    took_ms: float = 0.0
    available: bool = True
    message: str = ""


@dataclass(frozen=True)
class SearchableKind:
    """How a room offers one kind: its model, its documents, and the key of an instance.

    `documents(None)` yields every public document; `documents(keys)` those of the keys that are still public.
    `key_of(instance)` is the key under which a changed instance is (or was) indexed, None when it never is.
    """

    kind: str
    model: type
    documents: Callable[[Iterable[str] | None], Iterable[SearchDocument]]
    key_of: Callable[[object], str | None]


_kinds: dict[str, SearchableKind] = {}
_engine: Callable[[SearchRequest], SearchResult] | None = None


def register_kind(
    kind: str,
    *,
    model: type,
    documents: Callable[[Iterable[str] | None], Iterable[SearchDocument]],
    key_of: Callable[[object], str | None] = lambda instance: instance.key,
) -> None:
    """Offer a kind of thing to search. Called from a room's `apps.ready`."""
    _kinds[kind] = SearchableKind(kind, model, documents, key_of)


def kinds() -> Mapping[str, SearchableKind]:
    """Every kind that a room has offered, in the order of offering."""
    return dict(_kinds)


def set_engine(engine: Callable[[SearchRequest], SearchResult] | None) -> None:
    """Fill the port. The search room calls this when it starts."""
    global _engine
    _engine = engine


def search(request: SearchRequest) -> SearchResult:
    """Answer a question through the engine that is filled in; says `available=False` when there is none."""
    if _engine is None:
        return SearchResult(available=False)
    return _engine(request)
