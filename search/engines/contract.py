"""What every search engine can do. The suite in tests/contract runs against each of them."""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from portal.core.searchable import SearchDocument, SearchRequest, SearchResult
from search.question.plan import Plan
from search.results.suggestions import Suggestion

FEW_HITS = 3  # with fewer, typing errors are allowed for
MOST_PER_PAGE = 100
MOST_VALUES = 1000  # values of one facet


def least_with_all(request: SearchRequest, plan: Plan) -> int:
    """With fewer things that have enough of the question's words, those that have any of them answer too.

    Not beside what was quoted, or where only the own words are wanted: then only when there is nothing else.
    """
    return FEW_HITS if request.expand and not any(unit.exact for unit in plan.units) else 1


class EngineUnavailable(Exception):
    """The engine cannot answer or write now: no index yet, no disk, no server. The text says why."""


class BusyWriting(EngineUnavailable):
    """Another process is writing to the index."""


@dataclass(frozen=True)
class Status:
    """How an index is: `documents` and `moments` in it, its size in bytes, where it is and whether it can be used."""

    usable: bool
    documents: int = 0
    moments: int = 0
    size: int = 0
    place: str = ""
    message: str = ""


class Engine(Protocol):
    def search(self, request: SearchRequest) -> SearchResult:
        """Answer a question. Raises EngineUnavailable."""

    def suggest(self, text: str, language: str, limit: int) -> tuple[Suggestion, ...]:
        """What somebody who is typing `text` may mean, at most `limit` things, best first. Raises EngineUnavailable.

        The rules and the terms are in search/results/suggestions.py and the same for every engine. To write an engine's
        own part: keep `beginnings(document, languages)` as they are, one field for each language (in Elasticsearch a
        `keyword` that is not stored, so that the digest of its mapping changes); ask for the things of each of its
        `KINDS` apart (one multi search) that have every word of `typed(text)`, better those that have its `start`; and
        give their stored texts to `chosen`. Nothing may be scored, counted, highlighted or expanded here: an answer
        takes a few milliseconds, whatever the size of the index.
        """

    def write(self, documents: Iterable[SearchDocument], removed: Iterable[str] = ()) -> None:
        """Put documents in the place of those with the same id, take the ids `removed` out; searchable on return.

        Raises EngineUnavailable; then nothing has changed, or on a server a part: doing it again mends that.
        """

    def rebuild(self, documents: Iterable[SearchDocument]) -> int:
        """Make a new index of exactly these documents beside the old one and switch to it. Returns how many."""

    def rebuilding(self) -> AbstractContextManager[None]:
        """Keeps every other process from rebuilding. Raises EngineUnavailable, BusyWriting when another has it."""

    def is_being_rebuilt(self) -> bool:
        """Whether some process, this one included, is making a new index. Raises EngineUnavailable."""

    def generation(self) -> str:
        """Names the index that is in use; changes with a rebuild; "" when there is none. Raises EngineUnavailable."""

    def identifiers(self) -> set[str]:
        """The ids of all documents in the index. Raises EngineUnavailable."""

    def status(self) -> Status:
        """How the index is. Raises nothing."""

    def close(self) -> None:
        """Let go of the writer, so that another process may write."""
