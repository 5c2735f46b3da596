"""What joins cities: the rooms above tell it here, because this room does not know them (docs/architecture.md).

The projects room registers its projects; the map of cities draws a line for each.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Shared:
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


_tellers: list[Callable[[str], list[Shared]]] = []


def register_shared(teller: Callable[[str], list[Shared]]) -> None:
    """Tell what joins cities: `teller(language)` gives what a visitor of that language may see."""
    _tellers.append(teller)


def shared(language: str) -> list[Shared]:
    """Everything that joins cities, in the order in which the rooms registered it."""
    return [one for teller in _tellers for one in teller(language)]
