"""The lines of found recordings that answer: the second step of a search, in the index of cues."""

from tantivy import Occur, Query, Searcher

from search.engines.embedded.documents import unsealed
from search.engines.embedded.query import QueryBuilder
from search.question.plan import Plan
from search.results.hit_builder import LINES_READ, Line


class Lines:
    """The lines that answer a plan; of each recording those from which `most` moments are chosen."""

    def __init__(self, plan: Plan, builder: QueryBuilder, cues: Searcher, most: int):
        self.most = most
        self._schema, self._cues = builder.schema, cues
        self._question = builder.question(plan, needed=1) if plan.units and most > 0 else None

    def of(self, identifier: str) -> list[Line]:
        """The lines of one recording.

        One small query for each recording: a single one for all would leave a recording with weaker lines without any.
        """
        if self._question is None:
            return []
        parent = Query.const_score_query(Query.term_query(self._schema, "parent", identifier), 0.0)
        query = Query.boolean_query([(Occur.Must, self._question), (Occur.Must, parent)])
        lines = []
        for score, address in self._cues.search(query, self.most * LINES_READ, count=False).hits:
            language, start_s, text = unsealed(self._cues.doc(address).get_first("stored"))
            lines.append(Line(start_s, language, text, score))
        return lines
