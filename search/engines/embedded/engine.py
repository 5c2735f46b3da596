"""The embedded engine: tantivy in this process, no server (the rules it keeps are in the modules beside this one)."""

import time
from collections.abc import Callable, Iterable
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tantivy import Occur, Order, Query, Searcher

from portal.core.searchable import LAST_PUBLISHED, Hit, SearchDocument, SearchRequest, SearchResult
from search.engines.contract import (
    FEW_HITS,
    MOST_PER_PAGE,
    MOST_VALUES,
    BusyWriting,
    EngineUnavailable,
    Status,
    least_with_all,
)
from search.engines.embedded.cue_search import Lines
from search.engines.embedded.documents import unsealed
from search.engines.embedded.folder import Folder
from search.engines.embedded.query import about_cues, about_things, narrowed, ranked
from search.engines.embedded.reader import Opened, Reader
from search.engines.embedded.schema import schemas_for
from search.engines.embedded.suggestions import suggest
from search.engines.embedded.word_lookup import look, with_compounds, with_near_words
from search.engines.embedded.writer import Writer, build_version, told
from search.question.plan import Plan, make_plan
from search.question.typo_correction import corrected
from search.results.hit_builder import Presenter
from search.results.suggestions import Suggestion
from search.results.understood_concepts import understood
from search.thesaurus.thesaurus import Thesaurus

EQUALS, MOST_EQUALS = 50, 10_000  # of as many hits, what answers equally well is put in order
GROUPS = "kinds of things"  # no facet is called so
ORDERS = {"newest": "newest_first", LAST_PUBLISHED: "last_published_first"}


@dataclass(frozen=True)
class _Asked:
    """A question ready to be asked: its text as a query, and the clauses that narrow it."""

    request: SearchRequest
    plan: Plan | None
    text: Query
    first: Query | None = None  # of what `text` finds, what comes before the rest

    def query(self, schema, *, without: str = "", without_kinds: bool = False) -> Query:
        filters = {name: values for name, values in self.request.filters.items() if name != without}
        kinds = () if without_kinds else self.request.kinds
        clauses = narrowed(schema, kinds, filters)
        return Query.boolean_query([(Occur.Must, self.text), *clauses]) if clauses else self.text


class EmbeddedEngine:
    """`folder` is on a local disk; `languages` are those of the content; `thesaurus` gives the present thesaurus."""

    def __init__(self, folder: Path, languages: tuple[str, ...], thesaurus: Callable[[], Thesaurus] = Thesaurus):
        schemas = schemas_for(tuple(languages))
        self.languages = schemas.languages
        self.folder = Folder(folder, schemas)
        self.reader = Reader(self.folder)
        self.writer = Writer(self.folder)
        self.thesaurus = thesaurus
        self._things = about_things(schemas.things, self.languages)
        self._cues = about_cues(schemas.cues)

    # -- asking ----------------------------------------------------------------------------------------------

    def search(self, request: SearchRequest) -> SearchResult:
        with self.reader.reading() as opened:
            return self._answer(request, opened)

    def _answer(self, request: SearchRequest, opened: Opened) -> SearchResult:
        started = time.perf_counter()
        things = opened.things
        thesaurus = self.thesaurus()
        meant = self._meant(request, things, thesaurus)
        asked = self._asked(request, meant if request.expand else "", things, thesaurus)
        page_size = min(max(1, request.per_page), MOST_PER_PAGE)
        total, found = self._page(asked, things, page_size)
        presenter = Presenter(asked.plan or Plan(request.language), self.languages)
        lines = Lines(asked.plan, self._cues, opened.cues, request.moments) if asked.plan else None
        hits = tuple(self._hit(score, things.doc(address), lines, presenter) for score, address in found)
        groups, facets = self._counts(asked, things)
        return SearchResult(
            hits=hits,
            total=total,
            groups=groups,
            facets=facets,
            understood=understood(asked.plan, thesaurus, self.languages) if asked.plan else (),
            corrected=meant if request.expand else "",
            suggestion="" if request.expand else meant,
            took_ms=(time.perf_counter() - started) * 1000,
        )

    def _meant(self, request: SearchRequest, things: Searcher, thesaurus: Thesaurus) -> str:
        """The question without its typing errors; "" when it has none."""

        def is_own(word: str) -> bool:
            return things.search(self._things.in_texts(word, request.language), 1, count=True).count > 0

        def seen(words):
            return look(words, things, is_own)

        return corrected(request.text, request.language, self.languages, thesaurus, seen)

    def _asked(self, request: SearchRequest, meant: str, things: Searcher, thesaurus: Thesaurus) -> _Asked:
        """The question, or what was `meant`; with few hits also for words that begin so, and any of the words."""
        if not request.text.strip():
            return _Asked(request, None, Query.all_query())
        text = meant or request.text
        plan = make_plan(text, request.language, thesaurus, self.languages, expand=request.expand)
        plan = with_compounds(plan, things) if request.expand else plan
        asked = _Asked(request, plan, self._things.question(plan))
        if (count := self._count(asked, things)) >= FEW_HITS:
            return asked
        if unknown := [unit for unit in plan.required if not unit.exact and not self._answers(unit, plan, things)]:
            plan = with_near_words(plan, unknown, things, misspelt=request.expand)
            asked = _Asked(request, plan, self._things.question(plan))
            count = self._count(asked, things)
        if plan.needed > 1 and count < least_with_all(request, plan):
            asked = _Asked(request, plan, self._things.question(plan, needed=1), self._things.first(plan))
        return asked

    def _count(self, asked: _Asked, things: Searcher) -> int:
        """How many things have enough of the question's words; those that are only about it are not counted.

        Whatever the question is narrowed to: what answers it must not depend on that, or a filter would add answers.
        """
        return things.search(self._things.worded(asked.plan), 1, count=True).count

    def _answers(self, unit, plan: Plan, things: Searcher) -> bool:
        return things.search(self._things.unit(unit, plan.language), 1, count=True).count > 0

    def _page(self, asked: _Asked, things: Searcher, size: int):
        """The total and the hits of the page; a page after the last is the last, one before the first the first."""
        query = asked.query(self._things.schema)
        order = self._order(asked.request)
        if not order:
            query = ranked(self._things.schema, query, asked.first)
        offset = (max(1, min(asked.request.page, 10_000_000)) - 1) * size
        if not order:
            return self._best(query, things, offset, size)
        result = things.search(query, size, offset=offset, **order)
        if result.count and offset >= result.count:
            offset = (result.count - 1) // size * size
            result = things.search(query, size, offset=offset, **order)
        return result.count, result.hits

    def _best(self, query: Query, things: Searcher, offset: int, size: int):
        """The same by score. What answers equally well is put in one order, which is that of every index; tantivy's own
        is that of writing, and would change with a rebuild.
        """
        reach = min(offset + size + EQUALS, max(1, things.num_docs))
        result = things.search(query, reach)
        if result.count and offset >= result.count:
            offset = (result.count - 1) // size * size
        while len(result.hits) == reach < min(result.count, MOST_EQUALS) and (
            _level(result.hits[-1]) == _level(result.hits[min(offset + size, reach) - 1])
        ):
            reach = min(4 * reach, result.count)
            result = things.search(query, reach)
        places = things.fast_field_values("tie", [address for _score, address in result.hits])
        in_order = sorted(zip(result.hits, places, strict=True), key=lambda one: (-_level(one[0]), one[1]))
        return result.count, [hit for hit, _place in in_order[offset : offset + size]]

    def _order(self, request: SearchRequest) -> dict:
        language = request.language if request.language in self.languages else self.languages[0]
        if request.sort in ORDERS:
            return {"order_by_field": ORDERS[request.sort], "order": Order.Asc}
        if request.sort == "title" or not request.text.strip():
            return {"order_by_field": f"by_title_{language}", "order": Order.Asc}
        return {}

    def _counts(self, asked: _Asked, things: Searcher) -> tuple[dict[str, int], dict[str, tuple[tuple[str, int], ...]]]:
        """Counts per kind and per value of each facet; a filter's own choice is left out of its counts, so that another
        value can be added. What nothing is chosen of is counted in one pass.
        """
        schema, request = self._things.schema, asked.request
        facets = {name: _terms_of(f"filters.{name}") for name in request.facets}
        free = {name: terms for name, terms in facets.items() if not request.filters.get(name)}
        apart = [(asked.query(schema, without=name), {name: facets[name]}) for name in facets if name not in free]
        groups = {GROUPS: _terms_of("kind")}
        if request.kinds:
            apart.append((asked.query(schema, without_kinds=True), groups))
        else:
            free |= groups
        counted = things.aggregate(asked.query(schema), free) if free else {}
        for query, one in apart:
            counted |= things.aggregate(query, one)
        return dict(_terms(counted, GROUPS)), {name: tuple(_terms(counted, name)) for name in request.facets}

    def _hit(self, score, entry, lines: Lines | None, presenter: Presenter) -> Hit:
        stored = unsealed(entry.get_first("stored"))
        identifier = entry.get_first("id")
        moments = presenter.moments(lines.of(identifier), lines.most) if lines and stored["cues"] else ()
        return presenter.hit(identifier, stored, moments, score if isinstance(score, float) else 0.0)

    def suggest(self, text: str, language: str, limit: int) -> tuple[Suggestion, ...]:
        with self.reader.reading() as opened:
            return suggest(text, language, limit, opened.things, self._things.schema, self.languages)

    # -- writing ---------------------------------------------------------------------------------------------

    def write(self, documents: Iterable[SearchDocument], removed: Iterable[str] = ()) -> None:
        self.writer.write(documents, removed)

    def rebuild(self, documents: Iterable[SearchDocument]) -> int:
        try:
            version, count = build_version(self.folder, documents)
            self.folder.switch_to(version)
        except (OSError, ValueError) as error:
            raise EngineUnavailable(f"no index could be made in {self.folder.root}: {told(error)}") from error
        try:
            with self.folder.locked("write"):
                self.folder.remove_others(version)
        except BusyWriting:
            pass  # the runner still writes to the old version; the next rebuild removes it
        return count

    @contextmanager
    def rebuilding(self):
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
        with self.reader.reading() as opened:
            things = opened.things
            found = things.search(Query.all_query(), max(1, things.num_docs), count=False).hits
            return {things.doc(address).get_first("id") for _score, address in found}

    def status(self) -> Status:
        try:
            opened = self.reader.opened()
        except EngineUnavailable as error:
            return Status(False, place=str(self.folder.root), message=str(error))
        version = self.folder.current()
        return Status(True, opened.things.num_docs, opened.cues.num_docs, self.folder.size(), str(version))

    def close(self) -> None:
        self.writer.close()


def _level(hit) -> float:
    """How well a hit answers; a difference in the fourth decimal is one of adding up, not of answering."""
    return round(hit[0], 3)


def _terms_of(field: str) -> dict:
    return {"terms": {"field": field, "size": MOST_VALUES}}


def _terms(aggregated: dict, name: str) -> list[tuple[str, int]]:
    return [(bucket["key"], bucket["doc_count"]) for bucket in aggregated[name]["buckets"]]
