"""Suggestions while somebody types, from the terms that search/results/suggestions.py made."""

from tantivy import Occur, Query, Schema, Searcher

from search.engines.embedded.documents import unsealed
from search.results.suggestions import KINDS, Found, Suggestion, chosen, typed


def suggest(
    text: str, language: str, limit: int, things: Searcher, schema: Schema, languages: tuple[str, ...]
) -> tuple[Suggestion, ...]:
    """The things that may be meant. One small query for each kind: else a kind with many would hide the others."""
    asked = typed(text)
    if asked is None or limit < 1:
        return ()
    language = language if language in languages else languages[0]
    field = f"begins_{language}"
    start = _has(schema, field, asked.start)
    # Of single letters only the whole can be looked for.
    every = [_has(schema, field, word) for word in asked.words] or [start]
    found = []
    for kind in KINDS:
        must = Query.boolean_query([(Occur.Must, one) for one in (_has(schema, "kind", kind), *every)])
        silent, better = Query.const_score_query(must, 0.0), Query.const_score_query(start, 1.0)
        question = Query.boolean_query([(Occur.Must, silent), (Occur.Should, better)])
        for score, address in things.search(question, limit, count=False).hits:
            found.append(Found(unsealed(things.doc(address).get_first("stored")), score >= 1.0))
    return chosen(found, asked, language, languages, limit)


def _has(schema: Schema, field: str, term: str) -> Query:
    return Query.term_query(schema, field, term, "basic")
