"""What every search engine can do. The suite in tests/contract runs against each of them."""

from collections.abc import Collection, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from portal.core.searchable import SearchDocument, SearchRequest, SearchResult
from search.question.plan import Plan
from search.results.suggestions import Suggestion

FEW_HITS = 3  # with fewer, typing errors are allowed for
MOST_PER_PAGE = 100
MOST_FACET_VALUES = 1000


def least_with_enough_words(request: SearchRequest, plan: Plan) -> int:
    """Return how many hits with enough of the words are too few, so that hits with any of the words answer too.

    With a quoted phrase, or when only the own words are wanted, that is only when there are none at all.
    """
    return FEW_HITS if request.expand and not any(unit.exact for unit in plan.units) else 1


class EngineUnavailable(Exception):
    """The engine cannot answer or write now: no index yet, no disk, no server. The text says why."""


class BusyWriting(EngineUnavailable):
    """Another process is writing to the index."""


@dataclass(frozen=True)
class Status:
    """The state of an index: how many documents and cues it has, its size in bytes, where it is, if it is usable."""

    usable: bool
    documents: int = 0
    cues: int = 0
    size: int = 0
    place: str = ""
    message: str = ""


class Engine(Protocol):
    """A search engine."""

    def search(self, request: SearchRequest) -> SearchResult:
        """Answer a question. Raises EngineUnavailable."""

    def suggest(
        self, text: str, language: str, limit: int, without: Collection[str] = frozenset()
    ) -> tuple[Suggestion, ...]:
        """Return what somebody who is typing `text` may mean, at most `limit` things, best first.

        None of them has one of the ids `without`.

        Raises EngineUnavailable. The rules and the terms are in search/results/suggestions.py and the same for every
        engine. An engine indexes the terms of `beginnings(document, languages)` as they are, in one field for each
        language (in Elasticsearch a `keyword` that is not stored, so that the digest of the mapping changes). It asks
        for the things of each of the `KINDS` apart (in one multi search) that have every word of `typed_terms(text)`,
        better those that have its `start`, and gives what it stored of them to `best_suggestions`. Nothing may be
        scored, counted, highlighted or expanded here: an answer takes a few milliseconds, whatever the size of the
        index.
        """

    def write(self, documents: Iterable[SearchDocument], removed: Iterable[str] = ()) -> None:
        """Replace the documents with the same ids and remove the ids `removed`; searchable on return.

        Raises EngineUnavailable. Then nothing has changed, or on a server a part: doing it again mends that.
        """

    def rebuild(self, documents: Iterable[SearchDocument]) -> int:
        """Build a new index of exactly these documents beside the old one and switch to it; return how many."""

    def rebuilding(self) -> AbstractContextManager[None]:
        """Keep every other process from rebuilding. Raises EngineUnavailable, BusyWriting when another is at it."""

    def is_being_rebuilt(self) -> bool:
        """Return whether some process, this one included, is building a new index. Raises EngineUnavailable."""

    def generation(self) -> str:
        """Return a name of the index in use that changes with a rebuild; "" without one. Raises EngineUnavailable."""

    def identifiers(self) -> set[str]:
        """Return the ids of all documents in the index. Raises EngineUnavailable."""

    def status(self) -> Status:
        """Return the state of the index. Raises nothing."""

    def close(self) -> None:
        """Release the writer, so that another process may write."""
