"""Cards and links: how a page shows things of other rooms without importing them (docs/design.md section 3).

A room registers how its kind is shown (`register_card`) and what of it belongs to another kind
(`register_links`). The page asks `cards(...)` and `links_of(...)`, or `links_page(...)` when there may be many.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.utils import translation

from portal.core.page_cache.cached_values import cached_each

PER_PAGE = 20
FOR_WHOM, CITY, COST, EVIDENCE = range(4)  # the places of the lines of a card


@dataclass(frozen=True)
class CardLine:
    """A line by which things are compared. Without a text the card says that it is not yet known.

    `language` is the language of the text. A line about evidence has its degree (0 to 4) too, which is shown as dots.
    """

    label: str
    text: str = ""
    language: str = ""
    evidence: int | None = None


@dataclass(frozen=True)
class Card:
    """What a list shows of one thing. `language` is the language of its text, `note` says why it is in this list.

    `lead_language` is there when the lead may be in another language than the title. `says_language` is for a card of
    which a line says the language, so that its title needs no mark.

    `lines` are the four lines by which things of a kind are compared: for whom, city, cost, evidence. Each card of a
    kind has the same four, in the same order; they are also the columns of its table and of its CSV. A kind without
    them has a `foot`. `languages` are those in which it can be read, shown only when that is not all of them.
    """

    kind: str
    key: str
    title: str
    url: str
    lead: str = ""
    language: str = ""
    lead_language: str = ""
    over: str = ""
    tiers: tuple[str, ...] = ()
    lines: tuple[CardLine, ...] = ()
    says_what_failed: bool = False
    says_language: bool = False
    foot: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    image: object = field(default=None, hash=False)
    note: str = ""
    extra: dict = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Links:
    """Related pages or records of one kind, under their heading.

    `more` are folded behind the others. `is_compact` is for a list of lines where others are cards.
    """

    heading: str
    cards: tuple[Card, ...]
    more: tuple[Card, ...] = ()
    is_compact: bool = False


@dataclass(frozen=True)
class PagedLinks:
    """Related pages or records of one kind that may be many, under their heading.

    `things` are all of them in order: their ids, or a query. `read(things)` returns the cards of some.
    """

    heading: str
    things: QuerySet | list
    read: Callable[[Iterable[Any]], Iterable[Card]]

    @property
    def cards(self) -> tuple[Card, ...]:
        """The cards of all of them."""
        return tuple(self.read(self.things))


@dataclass(frozen=True)
class LinksPage:
    """One page of what is related to a page or record: at most `PER_PAGE` cards of each kind."""

    groups: list[Links]
    number: int
    pages: int


SomeLinks = Links | PagedLinks

_selectors: dict[str, Callable[[Iterable[str], str], list[Card]]] = {}
_of_the_hour: set[str] = set()
_links: dict[str, list[Callable[[Any, str], SomeLinks | None]]] = {}


def register_card(
    kind: str, selector: Callable[[Iterable[str], str], list[Card]], *, of_the_hour: bool = False
) -> None:
    """Register how a kind is shown in lists: `selector(keys, language)` returns the cards that a visitor may see.

    Cards are kept until something is published, unless they say something of the hour at which they are shown.
    """
    if of_the_hour:
        _of_the_hour.add(kind)
    _selectors[kind] = selector


def register_links(kind: str, links: Callable[[Any, str], SomeLinks | None]) -> None:
    """Register what is related to a page or record of `kind`: `links(thing, language)` returns them, or None."""
    _links.setdefault(kind, []).append(links)


def cards(kind: str, keys: Iterable[str], language: str) -> list[Card]:
    """Return the cards of these keys in their order, without those that a visitor may not see."""
    keys = list(keys)
    if kind not in _selectors or not keys:
        return []

    def read(missing: list[str]) -> dict[str, Card]:
        return {card.key: card for card in _selectors[kind](missing, language)}

    if kind in _of_the_hour:
        found = read(keys)
    else:
        # Some of their words are in the active language.
        found = cached_each(("cards", kind, language, translation.get_language()), keys, read)
    return [found[key] for key in keys if key in found]


def mixed_cards(references: Iterable[str], language: str) -> list[Card]:
    """Return the cards of references like "method:pim" in their order, with one query for each kind."""
    pairs = [(kind, key) for kind, _colon, key in (reference.partition(":") for reference in references)]
    by_kind: dict[str, list[str]] = {}
    for kind, key in pairs:
        by_kind.setdefault(kind, []).append(key)
    found = {(kind, card.key): card for kind, keys in by_kind.items() for card in cards(kind, keys, language)}
    return [found[pair] for pair in pairs if pair in found]


def links_of(kind: str, thing: Any, language: str) -> list[Links]:
    """Return what other apps relate to a page or record, in the order in which the apps registered it."""
    groups = (
        group if isinstance(group, Links) else Links(group.heading, group.cards)
        for group in _registered_links(kind, thing, language)
    )
    return [group for group in groups if group.cards]


def links_page(kind: str, thing: Any, language: str, number: str | None, others: Iterable[SomeLinks] = ()) -> LinksPage:
    """Return a page of what is related to a page or record, `others` last; only the cards of that page are read.

    `number` is as the address gives it: the first page for what is no number, the last for one that is too high.
    """
    groups = [*_registered_links(kind, thing, language), *others]
    paginators = [Paginator(group.cards if isinstance(group, Links) else group.things, PER_PAGE) for group in groups]
    pages = max((paginator.num_pages for paginator in paginators), default=1)
    shown = Paginator(range(pages), 1).get_page(number).number
    page = LinksPage([], shown, pages)
    for group, paginator in zip(groups, paginators, strict=True):
        if paginator.count and shown <= paginator.num_pages:
            things = paginator.page(shown).object_list
            cards = things if isinstance(group, Links) else group.read(things)
            page.groups.append(Links(group.heading, tuple(cards)))
    return page


def _registered_links(kind: str, thing: Any, language: str) -> list[SomeLinks]:
    groups = (links(thing, language) for links in _links.get(kind, ()))
    return [group for group in groups if group]
