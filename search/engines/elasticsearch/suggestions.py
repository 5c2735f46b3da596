"""What is asked of the server while somebody types, from the terms that search/results/suggestions.py made."""

from collections.abc import Iterator

from search.results.suggestions import KINDS, Typed


def searches_for(asked: Typed, language: str, limit: int) -> Iterator[dict]:
    """The searches of one request, one for each kind: else a kind with many things would hide the others.

    What begins with the whole of what is typed has the score 1, the rest 0.
    """
    field = f"begins_with.{language}"
    every = asked.words or (asked.start,)  # of single letters only the whole can be looked for
    for kind in KINDS:
        yield {}
        yield {
            "query": {
                "bool": {
                    "filter": [{"term": {"kind": kind}}, *({"term": {field: word}} for word in every)],
                    "should": [{"constant_score": {"filter": {"term": {field: asked.start}}, "boost": 1.0}}],
                }
            },
            "size": limit,
            "track_total_hits": False,
            "_source": ["kind", "key", "title", "url", *(["body"] if kind == "topic" else [])],
        }
