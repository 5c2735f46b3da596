"""Suggestions while somebody types, from the terms of search/results/suggestions.py."""

from collections.abc import Collection

from tantivy import Occur, Query, Schema, Searcher

from search.engines.embedded.documents import unpack
from search.engines.embedded.query import none_of
from search.results.suggestions import KINDS, Candidate, Suggestion, best_suggestions, typed_terms


def suggest(
    text: str,
    language: str,
    limit: int,
    without: Collection[str],
    things: Searcher,
    schema: Schema,
    languages: tuple[str, ...],
) -> tuple[Suggestion, ...]:
    """Return what may be meant. One small query for each kind: else a kind with many would hide the others."""
    typed = typed_terms(text)
    if typed is None or limit < 1:
        return ()
    language = language if language in languages else languages[0]
    field = f"begins_{language}"
    start = _has_term(schema, field, typed.start)
    # Of single letters only the whole can be looked up.
    words = [_has_term(schema, field, word) for word in typed.words] or [start]
    candidates, excluded = [], none_of(schema, without)
    for kind in KINDS:
        has_words = Query.boolean_query([(Occur.Must, clause) for clause in (_has_term(schema, "kind", kind), *words)])
        required, better = Query.const_score_query(has_words, 0.0), Query.const_score_query(start, 1.0)
        query = Query.boolean_query([(Occur.Must, required), (Occur.Should, better), *excluded])
        for score, address in things.search(query, limit, count=False).hits:
            candidates.append(Candidate(unpack(things.doc(address).get_first("stored")), score >= 1.0))
    return best_suggestions(candidates, typed, language, languages, limit)


def _has_term(schema: Schema, field: str, term: str) -> Query:
    return Query.term_query(schema, field, term, "basic")
