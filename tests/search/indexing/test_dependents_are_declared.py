"""Each room says which rows its search documents show, and a check names a model that was forgotten."""

import pytest

from portal.core import searchable
from portal.core.searchable import Dependents
from portal.feeds.models import Item
from portal.webinars.models import Cue, Series, Speaker
from search import checks

pytestmark = pytest.mark.no_database


def found():
    return {(message.id, message.obj) for message in checks.dependents_are_declared(None)}


def test_every_model_beside_an_indexed_one_is_declared():
    assert found() == set()


@pytest.mark.parametrize("model", [Cue, Speaker, Item])
def test_a_model_that_points_at_something_indexed_is_not_forgotten(monkeypatch, model):
    monkeypatch.delitem(searchable._dependents, model)
    assert ("search.E003", model) in found()


def test_a_model_that_something_indexed_points_at_is_not_forgotten(monkeypatch):
    monkeypatch.delitem(searchable._dependents, Series)
    assert found() == {("search.E003", Series)}


def test_a_model_without_a_path_is_a_decision(monkeypatch):
    monkeypatch.setitem(searchable._dependents, Series, Dependents(Series, ()))
    assert found() == set()


@pytest.mark.parametrize("path", ["recording", "caption", "caption.recording.title_nl", "caption.recording.nothing"])
def test_a_path_has_to_lead_to_something_indexed(monkeypatch, path):
    monkeypatch.setitem(searchable._dependents, Cue, Dependents(Cue, (path,)))
    assert ("search.E005", Cue) in found()


def test_a_room_may_add_to_what_another_declared(monkeypatch):
    monkeypatch.setattr(searchable, "_dependents", {})
    searchable.register_dependents(Speaker, "talks.recording")
    searchable.register_dependents(Speaker, "organisation", "talks.recording")
    assert searchable.declared_dependents()[Speaker].paths == ("talks.recording", "organisation")
