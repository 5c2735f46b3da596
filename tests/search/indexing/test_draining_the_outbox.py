import logging

import pytest

from portal.core import searchable
from search import jobs
from search.engines import current_engine
from search.engines.contract import EngineUnavailable
from search.indexing import outbox
from search.models import Outbox
from tests.factories import make_method

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("either_engine")]


@pytest.fixture
def method(index):
    page = make_method(key="zwaluw", title="Zwaluwwerking")
    assert Outbox.objects.exists()
    return page


def test_rows_go_when_the_index_is_written(method, index, found):
    assert outbox.drain(index) > 0
    assert found("zwaluwwerking") == ["method:zwaluw"]
    assert not Outbox.objects.exists()
    assert outbox.drain(index) == 0


def test_the_runners_tick_drains(method, found):
    jobs.drain_outbox()
    assert found("zwaluwwerking") == ["method:zwaluw"]


def test_draining_twice_changes_nothing(method, index, found):
    outbox.drain(index)
    outbox.add([("method", "zwaluw")])
    outbox.drain(index)
    assert found("zwaluwwerking") == ["method:zwaluw"]


def test_rows_stay_while_another_process_makes_a_new_index(method, index, found):
    with index.rebuilding():
        assert outbox.drain(index) > 0
        assert found("zwaluwwerking") == ["method:zwaluw"], "the index in use is kept fresh meanwhile"
        assert Outbox.objects.exists(), "the new index may have missed the change"
        assert outbox.drain(index) == 0, "it is not written again and again"
    assert outbox.drain(index) > 0
    assert not Outbox.objects.exists()


def test_a_rebuild_leaves_no_rows_and_holds_what_they_named(method, index, found):
    assert outbox.rebuild(index) > 0
    assert found("zwaluwwerking") == ["method:zwaluw"]
    assert not Outbox.objects.exists()


def test_a_change_made_while_a_new_index_is_filled_is_in_it(method, index, found, monkeypatch):
    """It may come after its kind was read for the new index, and is written to the old one only."""

    def last_kind(keys):
        if keys is None:
            make_method(key="merel", title="Merelwerking")
            outbox.drain(index)
            assert found("merelwerking") == ["method:merel"], "the index in use has it"
        return []

    kind = searchable.SearchableKind("last", object, last_kind, lambda instance: None)
    monkeypatch.setitem(searchable._kinds, "last", kind)
    outbox.rebuild(index)
    while outbox.drain(index):
        pass
    assert found("merelwerking") == ["method:merel"]
    assert not Outbox.objects.exists()


def test_rows_stay_when_there_is_no_index(site, caplog):
    with pytest.raises(EngineUnavailable):
        make_method(key="zwaluw")
        outbox.drain(current_engine())
    assert Outbox.objects.filter(key="zwaluw").exists()


def test_a_room_that_fails_does_not_hold_up_the_others(method, index, found, monkeypatch, caplog):
    def broken(keys):
        raise ZeroDivisionError("a mistake in a room")

    kind = searchable.SearchableKind("broken", object, broken, lambda instance: None)
    monkeypatch.setitem(searchable._kinds, "broken", kind)
    outbox.add([("broken", "x")])
    with caplog.at_level(logging.ERROR, logger="search"):
        outbox.drain(index)
    assert found("zwaluwwerking") == ["method:zwaluw"]
    assert [row.kind for row in Outbox.objects.all()] == ["broken"]
    assert "a mistake in a room" in caplog.text
    assert outbox.drain(index) == 0, "it rests before it is tried again"


def test_a_row_of_a_kind_that_is_no_longer_offered_goes(index):
    outbox.add([("gone", "x")])
    outbox.drain(index)
    assert not Outbox.objects.exists()


def test_while_a_runner_lives_no_other_process_writes(method, index, found):
    from portal.jobs.heartbeat import beating

    with beating():
        outbox.drain_if_nobody_else()
        assert found("zwaluwwerking") == []
    outbox.drain_if_nobody_else()
    assert found("zwaluwwerking") == ["method:zwaluw"]
