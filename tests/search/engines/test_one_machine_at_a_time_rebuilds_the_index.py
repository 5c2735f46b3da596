import time

import pytest
from elasticsearch import Elasticsearch

from search.engines.contract import BusyWriting
from search.engines.elasticsearch import lease
from search.engines.elasticsearch.engine import ElasticsearchEngine
from search.engines.elasticsearch.server_connection import SearchServer
from tests import elastic
from tests.contract.corpus import DOCUMENTS

pytestmark = pytest.mark.elasticsearch


@pytest.fixture
def machines():
    """Two machines of one portal."""
    name = elastic.index_name()
    yield [ElasticsearchEngine(SearchServer(elastic.address()), name, ("nl",), answer_s=20.0) for _ in range(2)]
    elastic.remove_indexes(name)


def test_the_other_is_refused_and_sees_that_it_is_being_made(machines):
    one, other = machines
    with one.rebuilding():
        assert other.is_being_rebuilt()
        with pytest.raises(BusyWriting), other.rebuilding():
            pass
    assert not other.is_being_rebuilt()
    with other.rebuilding():
        assert one.is_being_rebuilt()


def test_the_right_is_renewed_for_as_long_as_it_takes(machines, monkeypatch):
    monkeypatch.setattr(lease, "LEASE_S", 1.0)
    monkeypatch.setattr(lease, "RENEW_EVERY_S", 0.2)
    one, other = machines
    with one.rebuilding():
        time.sleep(1.5)
        assert other.is_being_rebuilt()


def test_a_renewal_that_came_through_unheard_is_not_taken_for_another_machine(machines, monkeypatch):
    monkeypatch.setattr(lease, "LEASE_S", 1.0)
    monkeypatch.setattr(lease, "RENEW_EVERY_S", 0.2)
    one, other = machines
    client = Elasticsearch(elastic.address())
    with one.rebuilding():
        ours = client.get(index=one.lease.index, id=lease.REBUILD)["_source"]
        client.index(index=one.lease.index, id=lease.REBUILD, document=ours)
        time.sleep(1.5)
        assert other.is_being_rebuilt()
        one.lease.check()


@pytest.fixture
def let_it_run_out():
    """Make the lease of a machine one that ran out, as if its process had been killed or had slept."""

    def run_out(engine):
        document = {"owner": "gone", "until": time.time() - 1}
        Elasticsearch(elastic.address()).index(index=engine.lease.index, id=lease.REBUILD, document=document)

    return run_out


def test_when_a_machine_is_killed_another_takes_over_and_clears_away(machines, let_it_run_out):
    one, other = machines
    one.lease._take("killed")  # nobody renews it and nobody gives it back
    left = one.indexes.create()
    with pytest.raises(BusyWriting), other.rebuilding():
        pass
    let_it_run_out(one)
    with other.rebuilding():
        other.rebuild(DOCUMENTS)
    assert other.status().documents == len(DOCUMENTS)
    assert not Elasticsearch(elastic.address()).indices.exists(index=left)


def test_a_machine_that_slept_too_long_does_not_switch_to_what_it_made(machines, let_it_run_out, monkeypatch):
    monkeypatch.setattr(lease, "RENEW_EVERY_S", 0.2)
    one, other = machines

    def documents():
        yield from DOCUMENTS[:1]
        let_it_run_out(one)
        with other.rebuilding():
            other.rebuild(DOCUMENTS)
        assert one.lease._lost.wait(10)

    with one.rebuilding(), pytest.raises(BusyWriting):
        one.rebuild(documents())
    assert one.status().documents == len(DOCUMENTS)
