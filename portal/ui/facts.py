"""The lines of a fact table, for {% fact_table %}. A page gives what it knows; what is not known is left out."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Fact:
    """A line of a fact table; `note` stands under the value.

    `value` is a phrase, a link (`title`, `url`, `language`), a date, a degree of `Evidence`, or a list of these. `url`
    and `lang` are for a phrase.
    """

    term: str
    value: object
    url: str = ""
    note: str = ""
    lang: str = ""


def known_facts(facts: Iterable[Fact | None]) -> list[Fact]:
    """Return the facts that say something."""
    return [fact for fact in facts if fact is not None and fact.value not in ("", None, [])]
