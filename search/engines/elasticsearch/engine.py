"""The Elasticsearch engine, for a portal that outgrows one machine (its rules are in the modules beside this one)."""

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from elasticsearch.helpers import scan

from portal.core.searchable import LAST_PUBLISHED, Hit, SearchDocument, SearchRequest, SearchResult
from search.engines.contract import FEW_HITS, MOST_PER_PAGE, MOST_VALUES, EngineUnavailable, Status, least_with_all
from search.engines.elasticsearch import query
from search.engines.elasticsearch.connection import ASK_S, LOOK_S, SUGGEST_S, WRITE_S, Deadline, NoIndex, Server
from search.engines.elasticsearch.documents import SETTINGS, digest, entry, stored
from search.engines.elasticsearch.indexes import Indexes
from search.engines.elasticsearch.lease import Lease
from search.engines.elasticsearch.suggestions import searches_for
from search.engines.elasticsearch.word_lookup import look, look_near, with_compounds, with_near_words
from search.question.plan import Plan, make_plan
from search.question.typo_correction import corrected
from search.results.hit_builder import LINES_READ, Line, Presenter
from search.results.suggestions import Found, Suggestion, chosen, typed
from search.results.understood_concepts import understood
from search.thesaurus.thesaurus import Thesaurus

logger = logging.getLogger(__name__)

LAST_HIT = SETTINGS["max_result_window"]
ORDERS = {"newest": "date", LAST_PUBLISHED: "published"}
KEPT = ["kind", "key", "title", "lead", "body", "url", "filters", "date", "duration_s", "lines"]
CUE_KEPT = ["cues.start_s", "cues.language", "cues.text"]
MOST_LINES = 100  # of one recording; the server gives no more


@dataclass(frozen=True)
class _Asked:
    """A question ready to be asked: its plan (None when there is no text) and how many of its units must be found."""

    request: SearchRequest
    plan: Plan | None
    needed: int | None = None


class ElasticsearchEngine:
    """`name` begins the names of its indexes; `languages` are the content's; `thesaurus` gives the present one.

    All requests of one question together take at most `ask_s` seconds.
    """

    def __init__(
        self,
        server: Server,
        name: str,
        languages: tuple[str, ...],
        thesaurus: Callable[[], Thesaurus] = Thesaurus,
        ask_s: float = ASK_S,
    ):
        self.server = server
        self.languages = tuple(languages)
        self.thesaurus = thesaurus
        self.ask_s = ask_s
        self.indexes = Indexes(server, name, digest(self.languages))
        self.lease = Lease(server, name)
        self._things = query.about_things(self.languages)
        self._cues = query.about_cues()

    # -- asking ----------------------------------------------------------------------------------------------

    def search(self, request: SearchRequest) -> SearchResult:
        started = time.perf_counter()
        deadline = Deadline(self.ask_s)
        thesaurus = self.thesaurus()
        meant = self._meant(request, thesaurus, deadline)
        asked, answer = self._answered(request, meant if request.expand else "", thesaurus, deadline)
        lines = self._lines(asked, answer, deadline)
        presenter = Presenter(asked.plan or Plan(request.language), self.languages)
        return SearchResult(
            hits=tuple(self._hit(found, lines, asked, presenter) for found in answer["hits"]["hits"]),
            total=answer["hits"]["total"]["value"],
            groups=dict(_counted(answer, "groups")),
            facets={name: tuple(_counted(answer, f"facet {name}")) for name in request.facets},
            understood=understood(asked.plan, thesaurus, self.languages) if asked.plan else (),
            corrected=meant if request.expand else "",
            suggestion="" if request.expand else meant,
            took_ms=(time.perf_counter() - started) * 1000,
        )

    def _meant(self, request: SearchRequest, thesaurus: Thesaurus, deadline: Deadline) -> str:
        """The question without its typing errors; "" when it has none."""

        def seen(words):
            return look(words, request.language, self._things, lambda body: self._send(body, deadline))

        return corrected(request.text, request.language, self.languages, thesaurus, seen)

    def _answered(
        self, request: SearchRequest, meant: str, thesaurus: Thesaurus, deadline: Deadline
    ) -> tuple[_Asked, dict]:
        """The answer to the question, or to what was `meant`; with few hits also for words that begin so, and any of
        the words.
        """
        if not request.text.strip():
            asked = _Asked(request, None)
            return asked, self._ask(asked, deadline)
        plan = make_plan(meant or request.text, request.language, thesaurus, self.languages, expand=request.expand)
        asked = _Asked(request, with_compounds(plan) if request.expand else plan)
        answer = self._ask(asked, deadline)
        if not plan.required or (count := self._worded(asked, answer, deadline)) >= FEW_HITS:
            return asked, answer
        unknown, similar = look_near(asked.plan, self._things, lambda body: self._send(body, deadline))
        if unknown:
            similar = similar if request.expand else {}
            asked = replace(asked, plan=with_near_words(asked.plan, unknown, similar))
            answer = self._ask(asked, deadline)
            count = self._worded(asked, answer, deadline)
        if plan.needed > 1 and count < least_with_all(request, plan):
            asked = replace(asked, needed=1)
            answer = self._ask(asked, deadline)
        return asked, answer

    def _ask(self, asked: _Asked, deadline: Deadline) -> dict:
        """The page of the question; a page after the last is the last, one before the first the first."""
        size = min(max(1, asked.request.per_page), MOST_PER_PAGE)
        start = min((max(1, asked.request.page) - 1) * size, (LAST_HIT // size - 1) * size)
        body = self._body(asked) | {"size": size}
        answer = self._send(body | {"from": start}, deadline)
        total = _total(answer)
        if total and start >= total:
            answer = self._send(body | {"from": (total - 1) // size * size}, deadline)
        return answer

    def _send(self, body: dict, deadline: Deadline) -> dict:
        try:
            return self._sent(body, deadline)
        except NoIndex:  # it may have been replaced while we asked
            return self._sent(body, deadline)

    def _sent(self, body: dict, deadline: Deadline) -> dict:
        with self.server.within(deadline.left()) as client:
            return client.search(
                index=self.indexes.alias,
                allow_partial_search_results=False,
                body=body | {"timeout": f"{self.ask_s * 1000:.0f}ms"},
            ).body

    def _body(self, asked: _Asked) -> dict:
        request = asked.request
        order = self._order(request)
        question = self._things.question(asked.plan, asked.needed) if asked.plan else {"match_all": {}}
        first = self._things.first(asked.plan) if asked.plan and asked.needed else None
        return {
            "query": query.ranked(question, first) if "_score" in order[0] else question,
            # After the counts: a filter's own choice is left out of them.
            "post_filter": {"bool": {"filter": query.narrowed(request.kinds, request.filters)}},
            "aggs": self._counts(request),
            "sort": order,
            "track_total_hits": True,
            "_source": KEPT,
        }

    def _worded(self, asked: _Asked, answer: dict, deadline: Deadline) -> int:
        """How many things have enough of the question's words, FEW_HITS of them or the page's at the least.

        Those that are only about it are not counted: they are no sign that its words are known.
        """
        hits = answer["hits"]["hits"]
        count = sum(query.WORDED in hit.get("matched_queries", ()) for hit in hits)
        narrowed = query.narrowed(asked.request.kinds, asked.request.filters)
        if count >= FEW_HITS or (len(hits) == _total(answer) and not narrowed):
            return count
        # Not narrowed: what answers a question must not depend on that, or a filter would add answers.
        return _total(self._send({"size": 0, "query": {"bool": {"filter": self._things.worded(asked.plan)}}}, deadline))

    def _lines(self, asked: _Asked, answer: dict, deadline: Deadline) -> dict[str, list[Line]]:
        """The lines of transcripts that answer, for the hits of the page that have any: the second step of a search.

        Asked together with the first, the server would look for lines in everything that is found.
        """
        spoken = [hit["_id"] for hit in answer["hits"]["hits"] if hit["_source"]["lines"]]
        most = asked.request.moments
        if not (spoken and asked.plan and asked.plan.units) or most < 1:
            return {}
        answering = {
            "path": "cues",
            "query": self._cues.question(asked.plan, needed=1),
            "inner_hits": {"size": min(most * LINES_READ, MOST_LINES), "_source": CUE_KEPT},
        }
        clauses = [{"ids": {"values": spoken}}, {"nested": answering}]
        found = self._send({"query": {"bool": {"filter": clauses}}, "size": len(spoken), "_source": False}, deadline)
        return {
            hit["_id"]: [
                Line(line["_source"]["start_s"], language, text, line["_score"])
                for line in hit["inner_hits"]["cues"]["hits"]["hits"]
                for language, text in line["_source"]["text"].items()
            ]
            for hit in found["hits"]["hits"]
        }

    def _order(self, request: SearchRequest) -> list[dict]:
        by_title = {f"by_title.{request.language if request.language in self.languages else self.languages[0]}": "asc"}
        if request.sort in ORDERS:
            return [{ORDERS[request.sort]: {"order": "desc", "missing": "_last"}}, by_title]
        if request.sort == "title" or not request.text.strip():
            return [by_title]
        return [{"_score": "desc"}, by_title]

    def _counts(self, request: SearchRequest) -> dict:
        """Counts per kind and per value of each filter, each without its own choice, so that another can be added."""

        def counted(field: str, narrowed: list[dict]) -> dict:
            return {
                "filter": {"bool": {"filter": narrowed}},
                "aggs": {"values": {"terms": {"field": field, "size": MOST_VALUES}}},
            }

        counts = {"groups": counted("kind", query.narrowed((), request.filters))}
        for name in request.facets:
            others = {other: values for other, values in request.filters.items() if other != name}
            counts[f"facet {name}"] = counted(f"filters.{name}", query.narrowed(request.kinds, others))
        return counts

    def _hit(self, found: dict, lines: dict[str, list[Line]], asked: _Asked, presenter: Presenter) -> Hit:
        identifier = found["_id"]
        moments = presenter.moments(lines.get(identifier, ()), asked.request.moments)
        return presenter.hit(identifier, stored(found["_source"]), moments, found["_score"] or 0.0)

    def suggest(self, text: str, language: str, limit: int) -> tuple[Suggestion, ...]:
        asked = typed(text)
        if asked is None or limit < 1:
            return ()
        language = language if language in self.languages else self.languages[0]
        with self.server.within(SUGGEST_S) as client:
            answers = client.msearch(index=self.indexes.alias, searches=list(searches_for(asked, language, limit)))
        for answer in answers["responses"]:
            if "error" in answer:
                raise EngineUnavailable(f"{self.server.place} answered {answer['status']}: {answer['error']['type']}")
        hits = (hit for answer in answers["responses"] for hit in answer["hits"]["hits"])
        found = (Found(stored(hit["_source"]), hit["_score"] >= 1.0) for hit in hits)
        return chosen(found, asked, language, self.languages, limit)

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
    def rebuilding(self):
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
            with self.server.within(LOOK_S) as client:
                counts = {"cues": {"nested": {"path": "cues"}}}
                found = client.search(index=index, size=0, aggs=counts, track_total_hits=True)
                size = client.indices.stats(index=index, metric="store")["_all"]["total"]["store"]["size_in_bytes"]
        except EngineUnavailable as error:
            return Status(False, place=self.server.place, message=str(error))
        moments = found["aggregations"]["cues"]["doc_count"]
        return Status(True, _total(found), moments, size, f"{self.server.place}/{index}")

    def close(self) -> None:
        """Nothing is held between two changes."""


@contextmanager
def _whatever_happens() -> Iterator[None]:
    """For clearing up: what stays is removed by the next rebuild."""
    try:
        yield
    except EngineUnavailable:
        pass


def _total(answer) -> int:
    return answer["hits"]["total"]["value"]


def _counted(answer: dict, name: str) -> list[tuple[str, int]]:
    return [(bucket["key"], bucket["doc_count"]) for bucket in answer["aggregations"][name]["values"]["buckets"]]
