"""What the server is asked while somebody types, from the terms of search/results/suggestions.py."""

from collections.abc import Collection, Iterator

from search.engines.elasticsearch.query import with_ids
from search.results.suggestions import KINDS, TypedTerms


def searches_for(typed: TypedTerms, language: str, limit: int, without: Collection[str]) -> Iterator[dict]:
    """Yield the searches of one request, one for each kind: else a kind with many things would hide the others.

    What begins with the whole of what is typed has the score 1, the rest 0.
    """
    field = f"begins_with.{language}"
    words = typed.words or (typed.start,)  # of single letters only the whole can be looked up
    for kind in KINDS:
        yield {}
        yield {
            "query": {
                "bool": {
                    "filter": [{"term": {"kind": kind}}, *({"term": {field: word}} for word in words)],
                    "must_not": with_ids(without),
                    "should": [{"constant_score": {"filter": {"term": {field: typed.start}}, "boost": 1.0}}],
                }
            },
            "size": limit,
            "track_total_hits": False,
            "_source": ["kind", "key", "title", "url", *(["body"] if kind == "topic" else [])],
        }
