"""Cards and links: how a page shows things of other rooms without importing them (DESIGN.md section 3).

A room registers how its kind is shown (`register_card`) and what of it belongs to another kind
(`register_links`). The page asks `cards(...)` and `links_of(...)`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Card:
    """What a list shows of one thing. `language` is the language of its text, `note` says why it is in this list."""

    kind: str
    key: str
    title: str
    url: str
    lead: str = ""
    language: str = ""
    over: str = ""
    tiers: tuple[str, ...] = ()
    foot: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    evidence: int | None = None
    image: object = None
    note: str = ""
    extra: dict = field(default_factory=dict)

    @property
    def template(self) -> str:
        return _templates[self.kind]


@dataclass(frozen=True)
class Links:
    """The things of one kind that belong to a page, under their heading."""

    heading: str
    cards: tuple[Card, ...]


_templates: dict[str, str] = {}
_selectors: dict[str, Callable[[Iterable[str], str], list[Card]]] = {}
_links: dict[str, list[Callable[[Any, str], Links | None]]] = {}


def register_card(kind: str, template: str, selector: Callable[[Iterable[str], str], list[Card]]) -> None:
    """Tell how things of a kind are shown: `selector(keys, language)` gives the cards of those a visitor may see."""
    _templates[kind] = template
    _selectors[kind] = selector


def register_links(kind: str, links: Callable[[Any, str], Links | None]) -> None:
    """Tell what belongs to a thing of `kind`: `links(thing, language)` gives them, or None when there are none."""
    _links.setdefault(kind, []).append(links)


def cards(kind: str, keys: Iterable[str], language: str) -> list[Card]:
    """The cards of these things in the order of `keys`; what a visitor may not see is left out."""
    keys = list(keys)
    if kind not in _selectors or not keys:
        return []
    found = {card.key: card for card in _selectors[kind](keys, language)}
    return [found[key] for key in keys if key in found]


def mixed_cards(references: Iterable[str], language: str) -> list[Card]:
    """The cards of references like "method:pim", in their order, with one selection for each kind."""
    pairs = [(kind, key) for kind, _colon, key in (reference.partition(":") for reference in references)]
    by_kind: dict[str, list[str]] = {}
    for kind, key in pairs:
        by_kind.setdefault(kind, []).append(key)
    found = {(kind, card.key): card for kind, keys in by_kind.items() for card in cards(kind, keys, language)}
    return [found[pair] for pair in pairs if pair in found]


def links_of(kind: str, thing: Any, language: str) -> list[Links]:
    """Everything that other rooms joined to this thing, in the order in which the rooms registered it."""
    groups = (links(thing, language) for links in _links.get(kind, ()))
    return [group for group in groups if group and group.cards]
