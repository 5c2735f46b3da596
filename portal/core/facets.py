"""Facets: the filters of a list with how many things each choice would leave, for {% filters %}.

The list gives the counts, what is chosen and the word for each value; `build_facet` makes the options of them. The
counts of a facet leave out its own choice, so that another value can be chosen beside it.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.core.cards import Card
from portal.core.content.sorting import without_accents
from portal.core.searchable import NOT_GIVEN

SHOWN = 7  # options before "more"


@dataclass(frozen=True)
class FacetOption:
    """A value to choose. `lang` is set where its label is not in the page's language, `tier` where it has an icon.

    `offered` is its count without any choice, which its place follows: what is chosen moves no other value.
    """

    value: str
    label: str
    count: int
    selected: bool
    offered: int = 0
    lang: str = ""
    tier: str = ""


@dataclass(frozen=True)
class Facet:
    """A filter of a list with its options; `name` is its parameter in the address."""

    name: str
    label: str
    options: tuple[FacetOption, ...]
    shown: int = SHOWN
    type: str = "checkbox"


Options: TypeAlias = list[FacetOption]
# The word for a value with the language it is in, "" where that is always the page's; an empty word leaves it out.
WordOf: TypeAlias = Callable[[str], tuple[str, str]]


def in_the_given_order(options: Options) -> Options:
    """The order of the scale, then of what is chosen and of the counts."""
    return options


def most_used_first(options: Options) -> Options:
    """What most things have at the top; of equals by the label."""
    return sorted(options, key=lambda option: (-option.offered, without_accents(option.label)))


def most_used_then_by_label(number: int) -> Callable[[Options], Options]:
    """The first `number` as `most_used_first`; the others by their label, so that they can be found."""

    def order(options: Options) -> Options:
        by_use = most_used_first(options)
        return by_use[:number] + by_label(by_use[number:])

    return order


def by_label(options: Options) -> Options:
    return sorted(options, key=lambda option: without_accents(option.label))


def latest_year_first(options: Options) -> Options:
    """For years: the latest at the top."""
    return sorted(options, key=lambda option: option.value, reverse=True)


def build_facet(
    name: str,
    label: str,
    *,
    word_of: WordOf,
    counts: Mapping[str, int],
    chosen: Collection[str],
    offered: Mapping[str, int] | None = None,
    scale: Iterable[str] = (),
    order: Callable[[Options], Options] = in_the_given_order,
    shown: int = SHOWN,
) -> Facet:
    """Return a facet with an option for each value of `scale`, each that is chosen and each that something has.

    `scale` names the values that are always offered, in their order. `offered` are the counts without any choice: a
    value that no thing has any more because of what is chosen elsewhere stays, with 0.
    """
    offered = counts if offered is None else offered
    values = dict.fromkeys((*scale, *offered, *counts, *chosen))
    options = []
    for value in values:
        word, language = (_("none given"), "") if value == NOT_GIVEN else word_of(value)
        if word:
            options.append(
                FacetOption(
                    value=value,
                    label=str(word),
                    count=counts.get(value, 0),
                    selected=value in chosen,
                    offered=offered.get(value, 0),
                    lang=language if language != get_language() else "",
                    tier=value if name == "tier" and value != NOT_GIVEN else "",
                )
            )
    ordered = sorted(order(options), key=lambda option: option.value == NOT_GIVEN)
    return Facet(name, label, tuple(ordered), shown)


@dataclass(frozen=True)
class FacetDefinition:
    """A facet of a list, as `build_facet` takes it. Of `scale` only what some thing has is offered."""

    name: str
    label: str
    word_of: WordOf
    scale: tuple[str, ...] = ()
    order: Callable[[Options], Options] = in_the_given_order
    shown: int = SHOWN


def build_facets(
    definitions: Iterable[FacetDefinition],
    *,
    chosen: Mapping[str, Collection[str]],
    counts: Mapping[str, Mapping[str, int]],
    offered: Mapping[str, Mapping[str, int]],
    total: int,
) -> tuple[Facet, ...]:
    """Return the facets that narrow the list, and those of which something is chosen.

    `offered` are the counts without any choice, and `total` is how many things there are then: a facet with one value
    that all of them have narrows nothing.
    """
    facets = []
    for definition in definitions:
        name = definition.name
        has = offered.get(name, {})
        facet = build_facet(
            name,
            definition.label,
            word_of=definition.word_of,
            counts=counts.get(name, {}),
            chosen=chosen.get(name, ()),
            offered=has,
            scale=[value for value in definition.scale if has.get(value)],
            order=definition.order,
            shown=definition.shown,
        )
        if any(option.selected or 0 < option.offered < total for option in facet.options):
            facets.append(facet)
    return tuple(facets)


# -- lists that are filtered in memory, because they stay short ------------------------------------------------------


@dataclass(frozen=True)
class ListedThing:
    """A thing of a short list: its card, and its values of each filter. Without a value it has `NOT_GIVEN`."""

    card: Card
    values: Mapping[str, Collection[str]]

    def passes(self, chosen: Mapping[str, Collection[str]], without: str = "") -> bool:
        """Whether it has one of the chosen values of each filter but `without`."""
        return all(
            name == without or not wanted or any(value in wanted for value in self.values_of(name))
            for name, wanted in chosen.items()
        )

    def values_of(self, name: str) -> Collection[str]:
        return self.values.get(name) or (NOT_GIVEN,)


def counts_of(
    things: Sequence[ListedThing], names: Iterable[str], chosen: Mapping[str, Collection[str]]
) -> dict[str, Counter[str]]:
    """Return how many things have each value of each filter, among those that pass the choices of the others."""
    return {
        name: Counter(
            value for thing in things if thing.passes(chosen, without=name) for value in set(thing.values_of(name))
        )
        for name in names
    }
