"""The second step of a search: the cues of the recordings that were found which answer the question."""

from tantivy import Occur, Query, Searcher

from search.engines.embedded.documents import unpack
from search.engines.embedded.query import TantivyQueryBuilder
from search.question.plan import Plan
from search.results.hit_builder import CANDIDATES_PER_CUE, MatchingCue


class CueSearch:
    """Finds the cues that answer a plan; of each recording as many as `cues_per_hit` are chosen from."""

    def __init__(self, plan: Plan, builder: TantivyQueryBuilder, cues: Searcher, cues_per_hit: int):
        self.cues_per_hit = cues_per_hit
        self._schema, self._cues = builder.schema, cues
        self._query = builder.query(plan, needed=1) if plan.units and cues_per_hit > 0 else None

    def cues_of(self, identifier: str) -> list[MatchingCue]:
        """Return the cues of one recording.

        One small query for each recording: a single one for all would leave a recording with weaker cues without any.
        """
        if self._query is None:
            return []
        parent = Query.const_score_query(Query.term_query(self._schema, "parent", identifier), 0.0)
        query = Query.boolean_query([(Occur.Must, self._query), (Occur.Must, parent)])
        cues = []
        for score, address in self._cues.search(query, self.cues_per_hit * CANDIDATES_PER_CUE, count=False).hits:
            language, start_s, text = unpack(self._cues.doc(address).get_first("stored"))
            cues.append(MatchingCue(start_s, language, text, score))
        return cues
