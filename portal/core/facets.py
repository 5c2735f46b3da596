"""Facets: the filters of a list with how many things each choice would leave, for {% filters %}.

The list gives the counts, what is chosen and the word for each value; `build_facet` makes the options of them. The
counts of a facet leave out its own choice, so that another value can be chosen beside it.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from django.utils.translation import get_language

from portal.core.content.sorting import without_accents

SHOWN = 7  # options before "more"


@dataclass(frozen=True)
class FacetOption:
    """A value to choose. `lang` is set where its label is not in the page's language, `tier` where it has an icon."""

    value: str
    label: str
    count: int
    selected: bool
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
    """What is chosen at the top, then what most things have; of equals by the label."""
    return sorted(options, key=lambda option: (not option.selected, -option.count, without_accents(option.label)))


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


def chosen_first(order: Callable[[Options], Options]) -> Callable[[Options], Options]:
    """Another order, with what is chosen at the top."""
    return lambda options: sorted(order(options), key=lambda option: not option.selected)


def build_facet(
    name: str,
    label: str,
    *,
    word_of: WordOf,
    counts: Mapping[str, int],
    chosen: Collection[str],
    scale: Iterable[str] = (),
    order: Callable[[Options], Options] = in_the_given_order,
    shown: int = SHOWN,
) -> Facet:
    """Return a facet with an option for each value of `scale`, each that is chosen and each that something has.

    `scale` names the values that are always offered, in their order.
    """
    values = dict.fromkeys((*scale, *chosen, *counts))
    options = []
    for value in values:
        word, language = word_of(value)
        if word:
            options.append(
                FacetOption(
                    value=value,
                    label=str(word),
                    count=counts.get(value, 0),
                    selected=value in chosen,
                    lang=language if language != get_language() else "",
                    tier=value if name == "tier" else "",
                )
            )
    return Facet(name, label, tuple(order(options)), shown)
