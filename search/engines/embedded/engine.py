"""The embedded engine: tantivy in this process, without a server. Its parts are in the modules beside this one."""

import time
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tantivy import Document, Occur, Order, Query, Schema, Searcher

from portal.core.searchable import LAST_PUBLISHED, Hit, SearchDocument, SearchRequest, SearchResult
from search.engines.contract import (
    FEW_HITS,
    MOST_FACET_VALUES,
    MOST_PER_PAGE,
    BusyWriting,
    EngineUnavailable,
    Status,
    least_with_enough_words,
)
from search.engines.embedded.cue_search import CueSearch
from search.engines.embedded.documents import unpack
from search.engines.embedded.folder import Folder
from search.engines.embedded.query import narrowed, query_builder_of_cues, query_builder_of_things, ranked
from search.engines.embedded.reader import OpenIndexes, Reader
from search.engines.embedded.schema import schemas_for
from search.engines.embedded.suggestions import suggest
from search.engines.embedded.word_lookup import look_up, with_compounds, with_near_words
from search.engines.embedded.writer import Writer, build_version, describe_error
from search.question.plan import Plan, Unit, make_plan
from search.question.typo_correction import IndexedWord, corrected_question
from search.results.hit_builder import HitBuilder
from search.results.recognised_concepts import recognised_concepts
from search.results.suggestions import Suggestion
from search.thesaurus.thesaurus import Thesaurus

EQUALS, MOST_EQUALS = 50, 10_000  # hits more than the page has, in which those with equal scores are put in order
GROUPS = "kinds of things"  # no facet is called so
ORDER_FIELDS = {"newest": "newest_first", LAST_PUBLISHED: "last_published_first"}

# (score or the value of the ordering's field, address of the document)
FoundDocument = tuple[Any, Any]


@dataclass(frozen=True)
class _PreparedQuestion:
    """A question as a query, without what narrows it; `first` is what comes first of all that is found."""

    request: SearchRequest
    plan: Plan | None
    text: Query
    first: Query | None = None

    def query(self, schema: Schema, *, without: str = "", without_kinds: bool = False) -> Query:
        """Return the query, narrowed by the kinds and filters of the request, except one filter or the kinds."""
        filters = {name: values for name, values in self.request.filters.items() if name != without}
        kinds = () if without_kinds else self.request.kinds
        clauses = narrowed(schema, kinds, filters)
        return Query.boolean_query([(Occur.Must, self.text), *clauses]) if clauses else self.text


class EmbeddedEngine:
    """`folder` is on a local disk; `languages` are those of the content; `thesaurus` returns the present thesaurus."""

    def __init__(self, folder: Path, languages: tuple[str, ...], thesaurus: Callable[[], Thesaurus] = Thesaurus):
        schemas = schemas_for(tuple(languages))
        self.languages = schemas.languages
        self.folder = Folder(folder, schemas)
        self.reader = Reader(self.folder)
        self.writer = Writer(self.folder)
        self.thesaurus = thesaurus
        self._things = query_builder_of_things(schemas.things, self.languages)
        self._cues = query_builder_of_cues(schemas.cues)

    # -- answering -------------------------------------------------------------------------------------------

    def search(self, request: SearchRequest) -> SearchResult:
        with self.reader.reading() as indexes:
            return self._answer(request, indexes)

    def _answer(self, request: SearchRequest, indexes: OpenIndexes) -> SearchResult:
        started = time.perf_counter()
        things = indexes.things
        thesaurus = self.thesaurus()
        corrected = self._corrected(request, things, thesaurus)
        question = self._prepare(request, corrected if request.expand else "", things, thesaurus)
        page_size = min(max(1, request.per_page), MOST_PER_PAGE)
        total, found = self._page(question, things, page_size)
        plan = question.plan or Plan(request.language)
        builder = HitBuilder(plan, self.languages, with_extracts=request.with_extracts)
        cues = CueSearch(question.plan, self._cues, indexes.cues, request.cues_per_hit) if question.plan else None
        groups, facets = self._counts(question, things)
        return SearchResult(
            hits=tuple(self._hit(score, things.doc(address), cues, builder) for score, address in found),
            total=total,
            groups=groups,
            facets=facets,
            concepts=recognised_concepts(question.plan, thesaurus, self.languages) if question.plan else (),
            corrected=corrected if request.expand else "",
            suggestion="" if request.expand else corrected,
            took_ms=(time.perf_counter() - started) * 1000,
        )

    def _corrected(self, request: SearchRequest, things: Searcher, thesaurus: Thesaurus) -> str:
        """Return the question without its typing errors; "" when it has none."""

        def is_in_own_language(word: str) -> bool:
            return _count(things, self._things.word_in_texts(word, request.language)) > 0

        def look_up_words(words: Collection[str]) -> dict[str, IndexedWord]:
            return look_up(words, things, is_in_own_language)

        return corrected_question(request.text, request.language, self.languages, thesaurus, look_up_words)

    def _prepare(
        self, request: SearchRequest, corrected: str, things: Searcher, thesaurus: Thesaurus
    ) -> _PreparedQuestion:
        """Return the question, corrected if there is something to correct.

        With few hits it also asks for words that begin like its own, and then for any of the words.
        """
        if not request.text.strip():
            return _PreparedQuestion(request, None, Query.all_query())
        text = corrected or request.text
        plan = make_plan(text, request.language, thesaurus, self.languages, expand=request.expand)
        plan = with_compounds(plan, things) if request.expand else plan
        question = _PreparedQuestion(request, plan, self._things.query(plan))
        if (count := self._count_with_enough_words(plan, things)) >= FEW_HITS:
            return question
        if unknown := [unit for unit in plan.required if not unit.exact and not self._is_known(unit, plan, things)]:
            plan = with_near_words(plan, unknown, things, misspelt=request.expand)
            question = _PreparedQuestion(request, plan, self._things.query(plan))
            count = self._count_with_enough_words(plan, things)
        if plan.needed > 1 and count < least_with_enough_words(request, plan):
            query = self._things.query(plan, needed=1)
            question = _PreparedQuestion(request, plan, query, self._things.enough_first(plan))
        return question

    def _count_with_enough_words(self, plan: Plan, things: Searcher) -> int:
        """Return how many things have enough of the question's words; those that are only about it are not counted.

        The request is not narrowed here: what answers a question must not depend on that, or a filter would add hits.
        """
        return _count(things, self._things.with_enough_words(plan))

    def _is_known(self, unit: Unit, plan: Plan, things: Searcher) -> bool:
        return _count(things, self._things.unit(unit, plan.language)) > 0

    def _page(self, question: _PreparedQuestion, things: Searcher, size: int) -> tuple[int, list[FoundDocument]]:
        """Return the total and the page of hits. A page after the last is the last, one before the first the first."""
        query = question.query(self._things.schema)
        offset = (max(1, min(question.request.page, 10_000_000)) - 1) * size
        field = self._order_field(question.request)
        if not field:
            return self._page_by_score(ranked(self._things.schema, query, question.first), things, offset, size)
        result = things.search(query, size, offset=offset, order_by_field=field, order=Order.Asc)
        total = _total(result)
        if total and offset >= total:
            offset = (total - 1) // size * size
            result = things.search(query, size, offset=offset, order_by_field=field, order=Order.Asc)
        return total, result.hits

    def _page_by_score(self, query: Query, things: Searcher, offset: int, size: int) -> tuple[int, list[FoundDocument]]:
        """Return the same by score. Hits with equal scores are put in an order that is the same in every index.

        The order of tantivy is that of writing, and would change with a rebuild.
        """
        reach = min(offset + size + EQUALS, max(1, things.num_docs))
        result = things.search(query, reach)
        total = _total(result)
        if total and offset >= total:
            offset = (total - 1) // size * size
        while len(result.hits) == reach < min(total, MOST_EQUALS) and (
            _rounded_score(result.hits[-1]) == _rounded_score(result.hits[min(offset + size, reach) - 1])
        ):
            reach = min(4 * reach, total)
            result = things.search(query, reach)
        places = things.fast_field_values("tie", [address for _score, address in result.hits])
        in_order = sorted(zip(result.hits, places, strict=True), key=lambda pair: (-_rounded_score(pair[0]), pair[1]))
        return total, [hit for hit, _place in in_order[offset : offset + size]]

    def _order_field(self, request: SearchRequest) -> str:
        """Return the field that the request is ordered by; "" for the score."""
        if request.ordering in ORDER_FIELDS:
            return ORDER_FIELDS[request.ordering]
        if request.ordering == "title" or not request.text.strip():
            return f"by_title_{request.language if request.language in self.languages else self.languages[0]}"
        return ""

    def _counts(
        self, question: _PreparedQuestion, things: Searcher
    ) -> tuple[dict[str, int], dict[str, tuple[tuple[str, int], ...]]]:
        """Return the counts per kind, and per value of each facet.

        A filter's own choice is left out of its counts, so that another value can be added. All filters of which
        nothing is chosen are counted in one pass.
        """
        schema, request = self._things.schema, question.request
        facets = {name: _terms_of(f"filters.{name}") for name in request.facets}
        together = {name: terms for name, terms in facets.items() if not request.filters.get(name)}
        apart = [
            (question.query(schema, without=name), {name: facets[name]}) for name in facets if name not in together
        ]
        groups = {GROUPS: _terms_of("kind")}
        if request.kinds:
            apart.append((question.query(schema, without_kinds=True), groups))
        else:
            together |= groups
        counted = things.aggregate(question.query(schema), together) if together else {}
        for query, terms in apart:
            counted |= things.aggregate(query, terms)
        return dict(_terms(counted, GROUPS)), {name: tuple(_terms(counted, name)) for name in request.facets}

    def _hit(self, score: Any, entry: Document, cues: CueSearch | None, builder: HitBuilder) -> Hit:
        stored = unpack(entry.get_first("stored"))
        identifier = _id_of(entry)
        cue_hits = builder.cue_hits(cues.cues_of(identifier), cues.cues_per_hit) if cues and stored["cues"] else ()
        return builder.hit(identifier, stored, cue_hits, score if isinstance(score, float) else 0.0)

    def suggest(self, text: str, language: str, limit: int) -> tuple[Suggestion, ...]:
        with self.reader.reading() as indexes:
            return suggest(text, language, limit, indexes.things, self._things.schema, self.languages)

    # -- writing ---------------------------------------------------------------------------------------------

    def write(self, documents: Iterable[SearchDocument], removed: Iterable[str] = ()) -> None:
        self.writer.write(documents, removed)

    def rebuild(self, documents: Iterable[SearchDocument]) -> int:
        try:
            version, count = build_version(self.folder, documents)
            self.folder.switch_to(version)
        except (OSError, ValueError) as error:
            raise EngineUnavailable(f"no index could be made in {self.folder.root}: {describe_error(error)}") from error
        try:
            with self.folder.locked("write"):
                self.folder.remove_others(version)
        except BusyWriting:
            pass  # the runner still writes to the old version; the next rebuild removes it
        return count

    @contextmanager
    def rebuilding(self) -> Iterator[None]:
        with self.folder.locked("rebuild"):
            yield

    def is_being_rebuilt(self) -> bool:
        try:
            with self.folder.locked("rebuild"):
                return False
        except BusyWriting:
            return True

    def generation(self) -> str:
        version = self.folder.current()
        return version.name if version else ""

    def identifiers(self) -> set[str]:
        with self.reader.reading() as indexes:
            things = indexes.things
            found = things.search(Query.all_query(), max(1, things.num_docs), count=False).hits
            return {_id_of(things.doc(address)) for _score, address in found}

    def status(self) -> Status:
        try:
            indexes = self.reader.open_indexes()
        except EngineUnavailable as error:
            return Status(False, place=str(self.folder.root), message=str(error))
        version = self.folder.current()
        return Status(True, indexes.things.num_docs, indexes.cues.num_docs, self.folder.size(), str(version))

    def close(self) -> None:
        self.writer.close()


def _count(things: Searcher, query: Query) -> int:
    return _total(things.search(query, 1, count=True))


def _total(result: Any) -> int:
    """Return how many documents a query of tantivy matches. The type stubs of tantivy leave `count` out."""
    return result.count or 0


def _id_of(entry: Document) -> str:
    return str(entry.get_first("id"))


def _rounded_score(hit: FoundDocument) -> float:
    """Return the score of a hit. A difference in the fourth decimal comes from adding up, not from the answer."""
    return round(hit[0], 3)


def _terms_of(field: str) -> dict:
    return {"terms": {"field": field, "size": MOST_FACET_VALUES}}


def _terms(aggregated: dict, name: str) -> list[tuple[str, int]]:
    return [(bucket["key"], bucket["doc_count"]) for bucket in aggregated[name]["buckets"]]
