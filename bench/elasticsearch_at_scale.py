"""The search budgets on Elasticsearch: `python bench/elasticsearch_at_scale.py ADDRESS [--documents 100000] …`.

Makes the documents of bench/search_at_scale.py, indexes them on the server at ADDRESS under a name of its own, removes
that again at the end, and prints, with the budget beside each figure:

  rebuild     documents a second from documents that are ready
  search      p50 and p95 of a whole `search()`, and how many times what the server says each of its answers took: at
              most twice (the issue's and docs/design.md's budget for this engine)
  suggestion  p95 in the process
  update      how long until a change is seen while a new index is being made beside it

Uses the database of SCHAKEL_DATA for the words and the thesaurus; changes nothing of it.
"""

import argparse
import os
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[0] = str(ROOT)  # beside this file is a `search.py`, which is not the room

from bench.search import QUESTIONS, percentile  # noqa: E402
from bench.search_at_scale import line, prepared, read_arguments, seen_while_rebuilding, suggested  # noqa: E402

PATIENCE_S = 30.0  # so that what is late is measured and not cut off


def asked(engine, rounds: int) -> tuple[list[float], list[float]]:
    """Milliseconds of each search and, of the same search, of the server by its own word."""
    from elasticsearch import Elasticsearch

    from portal.core.searchable import SearchRequest
    from search.results.forms import FILTERS

    whole, of_server, taken = [], [], []
    search = Elasticsearch.search

    def noted(client, **options):
        answer = search(client, **options)
        taken.append(answer["took"])
        return answer

    Elasticsearch.search = noted
    for round_ in range(rounds + 1):
        for _sort, text, language in QUESTIONS:
            taken.clear()
            started = time.perf_counter()
            engine.search(SearchRequest(text, language, facets=FILTERS))
            if round_:
                whole.append((time.perf_counter() - started) * 1000)
                of_server.append(sum(taken))
    Elasticsearch.search = search
    return whole, of_server


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("address")
    arguments = read_arguments(parser)
    documents, thesaurus, languages = prepared(arguments.documents, arguments.cues)
    from search.engines.elasticsearch import engine as elasticsearch_engine
    from search.engines.elasticsearch.server_connection import ANSWER_S, SearchServer

    name = f"schakel-bench-{os.getpid()}"
    server = SearchServer(arguments.address, os.environ.get("SEARCH_API_KEY", ""))
    engine = elasticsearch_engine.ElasticsearchEngine(server, name, languages, lambda: thesaurus, answer_s=PATIENCE_S)
    elasticsearch_engine.SUGGEST_S = PATIENCE_S
    try:
        started = time.perf_counter()
        engine.rebuild(iter(documents))
        seconds = time.perf_counter() - started
        status = engine.status()
        line("documents, moments", f"{status.documents:,}, {status.cues:,}", f"{status.size / 1e6:,.0f} MB")
        line("rebuild", f"{len(documents) / seconds:,.0f} documents/s", "at least 2,000")
        whole, of_server = asked(engine, arguments.rounds)
        for part, what in ((0.5, "p50"), (0.95, "p95")):
            one, other = percentile(whole, part), percentile(of_server, part)
            line(f"search {what}", f"{one:.1f} ms", f"server {other:.0f} ms, ratio {one / other:.2f}, at most 2 at p95")
        late = sum(one > ANSWER_S * 1000 for one in whole)
        line("questions that a visitor would not wait for", f"{late} of {len(whole)}", f"over {ANSWER_S} s")
        line("suggestion p95", f"{percentile(suggested(engine, arguments.rounds), 0.95):.1f} ms", "20 ms, through HTTP")
        if times := seen_while_rebuilding(engine, documents):
            line("update while rebuilding, p50", f"{percentile(times, 0.5):.0f} ms")
            line("update while rebuilding, p99", f"{percentile(times, 0.99):.0f} ms", f"under 1,000, of {len(times)}")
    finally:
        with server.within(60) as client:
            for index in client.indices.get_alias(index=f"{name}-*"):
                client.indices.delete(index=index, ignore_unavailable=True)
        engine.close()


if __name__ == "__main__":
    main()
