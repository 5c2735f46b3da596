"""Cards are read once until something is published, except those that depend on the hour."""

import pytest
from django.utils import translation

from portal.core import cards as registry
from portal.core.cards import Card, cards, register_card
from portal.core.page_cache import cached_values


class Room:
    """A room that remembers for which keys its cards were read."""

    def __init__(self):
        self.read = []

    def cards(self, keys, language):
        self.read.append((list(keys), language))
        return [Card("thing", key, f"{key} {language}", f"/{language}/{key}/") for key in keys if key != "draft"]


@pytest.fixture
def room(monkeypatch):
    monkeypatch.setattr(registry, "_selectors", {})
    monkeypatch.setattr(registry, "_of_the_hour", set())
    cached_values.clear()
    return Room()


def test_a_card_is_read_once_until_something_is_published(room):
    register_card("thing", room.cards)
    assert [card.key for card in cards("thing", ["a", "draft"], "nl")] == ["a"]
    assert [card.key for card in cards("thing", ["b", "draft", "a"], "nl")] == ["b", "a"]
    assert room.read == [(["a", "draft"], "nl"), (["b"], "nl")]
    cached_values.clear()
    cards("thing", ["a"], "nl")
    assert room.read[2:] == [(["a"], "nl")]


def test_a_card_is_kept_for_each_language_apart(room):
    register_card("thing", room.cards)
    for language in ("nl", "fr", "nl"):
        with translation.override(language):
            assert [card.title for card in cards("thing", ["a"], language)] == [f"a {language}"]
    assert [language for _keys, language in room.read] == ["nl", "fr"]


def test_a_card_that_says_something_of_the_hour_is_read_each_time(room):
    register_card("thing", room.cards, of_the_hour=True)
    for _visit in range(2):
        assert [card.key for card in cards("thing", ["a"], "nl")] == ["a"]
    assert len(room.read) == 2
