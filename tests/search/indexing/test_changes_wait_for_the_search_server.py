import pytest

from search import jobs
from search.engines import current_engine
from search.indexing import outbox
from search.models import Outbox
from tests import elastic
from tests.factories import make_method
from tests.search.failing_server import Way

pytestmark = [pytest.mark.django_db, pytest.mark.elasticsearch]


@pytest.fixture
def way(search_server, settings):
    """The way to the real server, on which trouble can be laid."""
    way = Way(elastic.address())
    settings.SEARCH_URL = way.address
    current_engine().answer_s = 20.0
    yield way
    way.close()


@pytest.fixture
def runner(monkeypatch):
    """One tick of a runner that has rested since the last failure."""

    def tick():
        monkeypatch.setattr(jobs, "_paused_until", 0.0)
        current_engine().server.end_pause()
        jobs.drain_outbox()

    return tick


@pytest.mark.parametrize("trouble", [{"slow_s": 10.0}, {"status": 429}, {"status": 503}])
def test_what_was_published_meanwhile_is_found_when_it_answers_again(way, index, committed, runner, found, trouble):
    for name, value in trouble.items():
        setattr(way, name, value)
    with committed():
        make_method(key="zwaluw", title="Zwaluwwerking")
    runner()
    assert Outbox.objects.filter(key="zwaluw").exists()

    way.mend()
    runner()
    assert found("zwaluwwerking") == ["method:zwaluw"]
    assert not Outbox.objects.exists()


def test_a_server_with_too_much_to_do_is_asked_again(way, index, found):
    make_method(key="zwaluw", title="Zwaluwwerking")
    way.status, way.part, way.times = 429, "_bulk", 2
    outbox.drain(index)
    assert found("zwaluwwerking") == ["method:zwaluw"]


def test_a_rebuild_bears_a_server_that_restarts(way, site, found):
    make_method(key="zwaluw", title="Zwaluwwerking")
    way.status, way.part, way.times = 503, "_bulk", 2
    assert outbox.rebuild(current_engine()) > 0
    assert found("zwaluwwerking") == ["method:zwaluw"]
