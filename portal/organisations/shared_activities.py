"""Registry of what joins cities: the rooms above tell it here, because this room does not know them.

The projects room registers its projects; the map of cities draws a line for each.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class SharedActivity:
    """Something that organisations in several cities take part in.

    `places` are the ids of the cities it reaches, `authorities` those of them whose own local authority takes part
    (the others are only where a firm, a university or a ministry has its seat). `with_home` is whether the home city
    takes part, `advised` that it does so as an adviser only. `language` is the language of the title, `note` what must
    be said with it.
    """

    key: str
    title: str
    url: str
    language: str
    places: frozenset[int]
    authorities: frozenset[int] = frozenset()
    with_home: bool = False
    advised: bool = False
    note: str = ""


_selectors: list[Callable[[str], list[SharedActivity]]] = []


def register_shared_activities(selector: Callable[[str], list[SharedActivity]]) -> None:
    """Register `selector(language)`, which returns the activities that a visitor of that language may see."""
    _selectors.append(selector)


def shared_activities(language: str) -> list[SharedActivity]:
    """Return everything that joins cities, in the order in which the rooms registered it."""
    return [activity for selector in _selectors for activity in selector(language)]
