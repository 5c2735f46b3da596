import threading

import pytest
from elasticsearch import Elasticsearch

from portal.core.searchable import SearchRequest, search
from search import jobs
from search.engines import current_engine
from search.engines.contract import EngineUnavailable
from search.engines.elasticsearch.engine import ElasticsearchEngine
from search.engines.elasticsearch.server_connection import SearchServer
from search.indexing import outbox
from search.models import Outbox
from tests import elastic
from tests.factories import make_method

pytestmark = pytest.mark.elasticsearch


@pytest.fixture
def older(search_server, settings, monkeypatch):
    """The engine of a version with another mapping, and its index."""
    with monkeypatch.context() as before:
        before.setattr("search.engines.elasticsearch.engine.digest", lambda languages: "0123456789ab")
        engine = ElasticsearchEngine(SearchServer(elastic.address()), settings.SEARCH_INDEX, ("nl",))
    engine.rebuild([])
    return engine


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_it_is_not_asked_and_the_runner_makes_a_new_one(older, site, found, monkeypatch):
    make_method(key="zwaluw", title="Zwaluwwerking")
    assert not search(SearchRequest("zwaluwwerking")).available
    assert "no index of this version" in current_engine().status().message

    monkeypatch.setattr(jobs, "_last_rebuild", float("-inf"))
    making = jobs.drain_outbox()
    assert isinstance(making, threading.Thread)
    making.join(60)
    assert found("zwaluwwerking") == ["method:zwaluw"]
    assert not older.status().usable, "the old one is gone"


@pytest.mark.django_db
def test_an_index_under_our_name_that_we_did_not_make_costs_no_change(search_server, settings, site):
    engine = current_engine()
    client = Elasticsearch(elastic.address())
    mappings = {"dynamic": "strict", "properties": {"kind": {"type": "keyword"}}}
    index = f"{engine.indexes.alias}-1"
    client.indices.create(index=index, mappings=mappings, aliases={engine.indexes.alias: {}})
    make_method(key="zwaluw", title="Zwaluwwerking")

    assert not search(SearchRequest("zwaluwwerking")).available
    with pytest.raises(EngineUnavailable, match="refused"):
        outbox.drain(engine)
    assert Outbox.objects.filter(key="zwaluw").exists()

    outbox.rebuild(engine)
    assert [hit.id for hit in search(SearchRequest("zwaluwwerking")).hits] == ["method:zwaluw"]


@pytest.mark.django_db
def test_an_index_without_a_place_on_the_cluster_is_said_in_time(search_server, index, settings):
    """A red index: no machine has its documents."""
    client = Elasticsearch(elastic.address())
    name = f"{index.indexes.alias}-2"
    nowhere = {"index.routing.allocation.require._name": "no-such-machine"}
    client.indices.create(index=name, settings=nowhere, wait_for_active_shards="0")
    client.indices.update_aliases(
        actions=[
            {"remove": {"index": index.generation(), "alias": index.indexes.alias}},
            {"add": {"index": name, "alias": index.indexes.alias}},
        ]
    )
    index.answer_s = 1.2
    answer = search(SearchRequest("overlast"))
    assert not answer.available
    with pytest.raises(EngineUnavailable):
        index.write([], ["method:zwaluw"])
