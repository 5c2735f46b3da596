"""The Elasticsearch engine, for a portal that outgrows one machine. Its parts are in the modules beside this one."""

import logging
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from elasticsearch.helpers import scan

from portal.core.searchable import LAST_PUBLISHED, Hit, SearchDocument, SearchRequest, SearchResult
from search.engines.contract import (
    FEW_HITS,
    MOST_FACET_VALUES,
    MOST_PER_PAGE,
    EngineUnavailable,
    Status,
    least_with_enough_words,
)
from search.engines.elasticsearch import query
from search.engines.elasticsearch.documents import MOST_REACHED, digest, entry, stored
from search.engines.elasticsearch.indexes import Indexes
from search.engines.elasticsearch.lease import Lease
from search.engines.elasticsearch.server_connection import (
    ANSWER_S,
    STATE_S,
    SUGGEST_S,
    WRITE_S,
    Deadline,
    NoIndex,
    SearchServer,
)
from search.engines.elasticsearch.suggestions import searches_for
from search.engines.elasticsearch.word_lookup import look_up, look_up_near_words, with_compounds, with_near_words
from search.question.plan import Plan, make_plan
from search.question.typo_correction import IndexedWord, corrected_question
from search.results.hit_builder import CANDIDATES_PER_CUE, HitBuilder, MatchingCue
from search.results.recognised_concepts import recognised_concepts
from search.results.suggestions import Candidate, Suggestion, best_suggestions, typed_terms
from search.thesaurus.thesaurus import Thesaurus

logger = logging.getLogger(__name__)

ORDER_FIELDS = {"newest": "date", LAST_PUBLISHED: "published"}
STORED_FIELDS = ["kind", "key", "title", "lead", "body", "url", "filters", "date", "duration_s", "lines"]
STORED_CUE_FIELDS = ["cues.start_s", "cues.language", "cues.text"]
MOST_CUES = 100  # of one recording; the server gives no more


@dataclass(frozen=True)
class _PreparedQuestion:
    """A question ready to be asked: its plan (None without any text) and how many of its units must be found."""

    request: SearchRequest
    plan: Plan | None
    needed: int | None = None


class ElasticsearchEngine:
    """`name` begins the names of its indexes; `languages` are the content's; `thesaurus` returns the present one.

    All requests of one question together take at most `answer_s` seconds.
    """

    def __init__(
        self,
        server: SearchServer,
        name: str,
        languages: tuple[str, ...],
        thesaurus: Callable[[], Thesaurus] = Thesaurus,
        answer_s: float = ANSWER_S,
    ):
        self.server = server
        self.languages = tuple(languages)
        self.thesaurus = thesaurus
        self.answer_s = answer_s
        self.indexes = Indexes(server, name, digest(self.languages))
        self.lease = Lease(server, name)
        self._things = query.query_builder_of_things(self.languages)
        self._cues = query.query_builder_of_cues()

    # -- answering -------------------------------------------------------------------------------------------

    def search(self, request: SearchRequest) -> SearchResult:
        started = time.perf_counter()
        deadline = Deadline(self.answer_s)
        thesaurus = self.thesaurus()
        corrected = self._corrected(request, thesaurus, deadline)
        question, answer = self._answer(request, corrected if request.expand else "", thesaurus, deadline)
        cues = self._cues_of(question, answer, deadline)
        plan = question.plan or Plan(request.language)
        builder = HitBuilder(plan, self.languages, with_extracts=request.with_extracts)
        return SearchResult(
            hits=tuple(self._hit(found, cues, question, builder) for found in answer["hits"]["hits"]),
            total=_total(answer),
            groups=dict(_counted(answer, "groups")),
            facets={name: tuple(_counted(answer, f"facet {name}")) for name in request.facets},
            concepts=recognised_concepts(question.plan, thesaurus, self.languages) if question.plan else (),
            corrected=corrected if request.expand else "",
            suggestion="" if request.expand else corrected,
            took_ms=(time.perf_counter() - started) * 1000,
        )

    def _corrected(self, request: SearchRequest, thesaurus: Thesaurus, deadline: Deadline) -> str:
        """Return the question without its typing errors; "" when it has none."""

        def look_up_words(words: Collection[str]) -> dict[str, IndexedWord]:
            return look_up(words, request.language, self._things, lambda body: self._send(body, deadline))

        return corrected_question(request.text, request.language, self.languages, thesaurus, look_up_words)

    def _answer(
        self, request: SearchRequest, corrected: str, thesaurus: Thesaurus, deadline: Deadline
    ) -> tuple[_PreparedQuestion, dict]:
        """Return the answer to the question, corrected if there is something to correct.

        With few hits it also asks for words that begin like its own, and then for any of the words.
        """
        if not request.text.strip():
            question = _PreparedQuestion(request, None)
            return question, self._page(question, deadline)
        plan = make_plan(corrected or request.text, request.language, thesaurus, self.languages, expand=request.expand)
        plan = with_compounds(plan) if request.expand else plan
        question = _PreparedQuestion(request, plan)
        answer = self._page(question, deadline)
        if not plan.required or (count := self._count_with_enough_words(request, plan, answer, deadline)) >= FEW_HITS:
            return question, answer
        unknown, similar = look_up_near_words(plan, self._things, lambda body: self._send(body, deadline))
        if unknown:
            plan = with_near_words(plan, unknown, similar if request.expand else {})
            question = replace(question, plan=plan)
            answer = self._page(question, deadline)
            count = self._count_with_enough_words(request, plan, answer, deadline)
        if plan.needed > 1 and count < least_with_enough_words(request, plan):
            question = replace(question, needed=1)
            answer = self._page(question, deadline)
        return question, answer

    def _page(self, question: _PreparedQuestion, deadline: Deadline) -> dict:
        """Return the page of hits. A page after the last is the last, one before the first the first."""
        size = min(max(1, question.request.per_page), MOST_PER_PAGE)
        start = min((max(1, question.request.page) - 1) * size, (MOST_REACHED // size - 1) * size)
        body = self._body(question) | {"size": size}
        answer = self._send(body | {"from": start}, deadline)
        total = _total(answer)
        if total and start >= total:
            answer = self._send(body | {"from": (total - 1) // size * size}, deadline)
        return answer

    def _send(self, body: dict, deadline: Deadline) -> dict:
        try:
            return self._send_once(body, deadline)
        except NoIndex:  # it may have been replaced while we asked
            return self._send_once(body, deadline)

    def _send_once(self, body: dict, deadline: Deadline) -> dict:
        with self.server.within(deadline.left()) as client:
            return client.search(
                index=self.indexes.alias,
                allow_partial_search_results=False,
                body=body | {"timeout": f"{self.answer_s * 1000:.0f}ms"},
            ).body

    def _body(self, question: _PreparedQuestion) -> dict:
        request = question.request
        ordering = self._ordering(request)
        found = self._things.query(question.plan, question.needed) if question.plan else {"match_all": {}}
        first = self._things.enough_first(question.plan) if question.plan and question.needed else None
        return {
            "query": query.ranked(found, first) if "_score" in ordering[0] else found,
            # After the counts: a filter's own choice is left out of them.
            "post_filter": {"bool": {"filter": query.narrowed(request.kinds, request.filters)}},
            "aggs": self._counts(request),
            "sort": ordering,
            "track_total_hits": True,
            "_source": STORED_FIELDS,
        }

    def _count_with_enough_words(self, request: SearchRequest, plan: Plan, answer: dict, deadline: Deadline) -> int:
        """Return how many documents have enough of the question's words, at least FEW_HITS of them or the page's.

        Those that are only about it are not counted: they are no sign that its words are known.
        """
        hits = answer["hits"]["hits"]
        count = sum(query.ENOUGH_WORDS in hit.get("matched_queries", ()) for hit in hits)
        narrowed = query.narrowed(request.kinds, request.filters)
        if count >= FEW_HITS or (len(hits) == _total(answer) and not narrowed):
            return count
        # Not narrowed: what answers a question must not depend on that, or a filter would add hits.
        return _total(
            self._send({"size": 0, "query": {"bool": {"filter": self._things.with_enough_words(plan)}}}, deadline)
        )

    def _cues_of(self, question: _PreparedQuestion, answer: dict, deadline: Deadline) -> dict[str, list[MatchingCue]]:
        """Return the cues that answer, for the hits of the page that have any: the second step of a search.

        Asked together with the first step, the server would look for cues in everything that is found.
        """
        with_cues = [hit["_id"] for hit in answer["hits"]["hits"] if hit["_source"]["lines"]]
        most = question.request.cues_per_hit
        if not (with_cues and question.plan and question.plan.units) or most < 1:
            return {}
        answering = {
            "path": "cues",
            "query": self._cues.query(question.plan, needed=1),
            "inner_hits": {"size": min(most * CANDIDATES_PER_CUE, MOST_CUES), "_source": STORED_CUE_FIELDS},
        }
        clauses: list[dict[str, Any]] = [{"ids": {"values": with_cues}}, {"nested": answering}]
        body = {"query": {"bool": {"filter": clauses}}, "size": len(with_cues), "_source": False}
        return {
            hit["_id"]: [
                MatchingCue(cue["_source"]["start_s"], language, text, cue["_score"])
                for cue in hit["inner_hits"]["cues"]["hits"]["hits"]
                for language, text in cue["_source"]["text"].items()
            ]
            for hit in self._send(body, deadline)["hits"]["hits"]
        }

    def _ordering(self, request: SearchRequest) -> list[dict]:
        language = request.language if request.language in self.languages else self.languages[0]
        by_title = {f"by_title.{language}": "asc"}
        if request.ordering in ORDER_FIELDS:
            return [{ORDER_FIELDS[request.ordering]: {"order": "desc", "missing": "_last"}}, by_title]
        if request.ordering == "title" or not request.text.strip():
            return [by_title]
        return [{"_score": "desc"}, by_title]

    def _counts(self, request: SearchRequest) -> dict:
        """Return what counts per kind and per value of each filter, without its own choice, so another can be added."""

        def counted(field: str, narrowed: list[dict]) -> dict:
            return {
                "filter": {"bool": {"filter": narrowed}},
                "aggs": {"values": {"terms": {"field": field, "size": MOST_FACET_VALUES}}},
            }

        counts = {"groups": counted("kind", query.narrowed((), request.filters))}
        for name in request.facets:
            others = {other: values for other, values in request.filters.items() if other != name}
            counts[f"facet {name}"] = counted(f"filters.{name}", query.narrowed(request.kinds, others))
        return counts

    def _hit(
        self, found: dict, cues: dict[str, list[MatchingCue]], question: _PreparedQuestion, builder: HitBuilder
    ) -> Hit:
        identifier = found["_id"]
        cue_hits = builder.cue_hits(cues.get(identifier, ()), question.request.cues_per_hit)
        return builder.hit(identifier, stored(found["_source"]), cue_hits, found["_score"] or 0.0)

    def suggest(self, text: str, language: str, limit: int) -> tuple[Suggestion, ...]:
        typed = typed_terms(text)
        if typed is None or limit < 1:
            return ()
        language = language if language in self.languages else self.languages[0]
        with self.server.within(SUGGEST_S) as client:
            answers = client.msearch(index=self.indexes.alias, searches=list(searches_for(typed, language, limit)))
        for answer in answers["responses"]:
            if "error" in answer:
                raise EngineUnavailable(f"{self.server.place} answered {answer['status']}: {answer['error']['type']}")
        hits = (hit for answer in answers["responses"] for hit in answer["hits"]["hits"])
        candidates = (Candidate(stored(hit["_source"]), hit["_score"] >= 1.0) for hit in hits)
        return best_suggestions(candidates, typed, language, self.languages, limit)

    # -- writing ---------------------------------------------------------------------------------------------

    def write(self, documents: Iterable[SearchDocument], removed: Iterable[str] = ()) -> None:
        puts = [self._put(document) for document in documents]
        removals = [{"_op_type": "delete", "_id": identifier} for identifier in removed]
        refused = self.indexes.change([*removals, *puts])
        if refused and len(refused) >= len(puts):
            raise EngineUnavailable(f"{self.server.place} refused {refused[0]}")
        for one in refused:  # a single bad document must not keep the changes behind it out of the index
            logger.error("The search server refused %s; it stays out of the index", one)

    def rebuild(self, documents: Iterable[SearchDocument]) -> int:
        before = self.generation()
        index = self.indexes.create()
        count = 0

        def puts() -> Iterator[dict]:
            nonlocal count
            for count, document in enumerate(documents, start=1):  # noqa: B007
                yield self._put(document)

        try:
            self.indexes.fill(index, puts())
            self.lease.check()
            self.indexes.switch_to(index)
        except BaseException:
            with _whatever_happens():
                self.indexes.remove(index)
            raise
        with _whatever_happens():
            self.indexes.remove_others(index, before)
        return count

    def _put(self, document: SearchDocument) -> dict:
        return {"_op_type": "index", "_id": document.id, "_source": entry(document, self.languages)}

    @contextmanager
    def rebuilding(self) -> Iterator[None]:
        with self.lease.held():
            yield

    def is_being_rebuilt(self) -> bool:
        return self.lease.is_held()

    def generation(self) -> str:
        return self.indexes.current()

    def identifiers(self) -> set[str]:
        with self.server.within(WRITE_S) as client:
            return {found["_id"] for found in scan(client, index=self.indexes.alias, _source=False)}

    def status(self) -> Status:
        try:
            index = self.generation()
            if not index:
                raise NoIndex(f"{self.server.place} has no index of this version yet")
            with self.server.within(STATE_S) as client:
                counts = {"cues": {"nested": {"path": "cues"}}}
                found = client.search(index=index, size=0, aggs=counts, track_total_hits=True)
                size = client.indices.stats(index=index, metric="store")["_all"]["total"]["store"]["size_in_bytes"]
        except EngineUnavailable as error:
            return Status(False, place=self.server.place, message=str(error))
        cues = found["aggregations"]["cues"]["doc_count"]
        return Status(True, _total(found), cues, size, f"{self.server.place}/{index}")

    def close(self) -> None:
        """Do nothing: no writer is held between two changes."""


@contextmanager
def _whatever_happens() -> Iterator[None]:
    """Ignore a server that is away, for clearing up: the next rebuild removes what stays."""
    try:
        yield
    except EngineUnavailable:
        pass


def _total(answer: Any) -> int:
    return answer["hits"]["total"]["value"]


def _counted(answer: dict, name: str) -> list[tuple[str, int]]:
    return [(bucket["key"], bucket["doc_count"]) for bucket in answer["aggregations"][name]["values"]["buckets"]]
