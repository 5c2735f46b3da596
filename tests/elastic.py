"""A real Elasticsearch for the tests of the group `elasticsearch`: SCHAKEL_TEST_ELASTICSEARCH names its address."""

import os
import secrets

import pytest
from elasticsearch import Elasticsearch

from portal.core.searchable import SearchRequest
from search.engines.elasticsearch.engine import ElasticsearchEngine
from search.engines.elasticsearch.server_connection import SearchServer

ADDRESS = os.environ.get("SCHAKEL_TEST_ELASTICSEARCH", "")


def address() -> str:
    """The server's address; skips the test when there is none."""
    if not ADDRESS:
        pytest.skip("SCHAKEL_TEST_ELASTICSEARCH does not name a server")
    return ADDRESS


def index_name() -> str:
    """A beginning for the names of a test's own indexes."""
    return f"schakel-test-{secrets.token_hex(6)}"


def engine_on_server(languages, thesaurus, name: str) -> ElasticsearchEngine:
    """An engine with the patience of a test: how long a visitor would wait is tested elsewhere."""
    return ElasticsearchEngine(SearchServer(address()), name, languages, thesaurus, answer_s=30.0)


def warm_up(engine, question: SearchRequest) -> None:
    """Ask until a server that was just started answers as fast as one that has run for a while."""
    for _time in range(50):
        if engine.search(question).took_ms < 200:
            return


def remove_indexes(name: str) -> None:
    """Delete what a test made, each index by its name."""
    client = Elasticsearch(address())
    for index in client.indices.get_alias(index=f"{name}-*"):
        client.indices.delete(index=index, ignore_unavailable=True)
    client.close()
