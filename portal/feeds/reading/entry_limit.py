"""How much of a feed is read: the newest entries, and the log says how many were left out (feeds.md 5.6.5)."""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from portal.feeds.reading.dates import EARLIEST

MAX_ENTRIES = 500

_LEFT_OUT = _("The feed has more entries than are read at once: the {number} oldest were left out.")


def newest(entries: Iterable, moment: Callable[..., datetime | None]) -> list:
    """The newest of some entries, in the order in which they stand; where nothing is dated, the first."""
    entries = list(entries)
    if len(entries) <= MAX_ENTRIES:
        return entries
    order = sorted(range(len(entries)), key=lambda number: moment(entries[number]) or EARLIEST, reverse=True)
    return [entries[number] for number in sorted(order[:MAX_ENTRIES])]


def said_left_out(number: int) -> list:
    """The sentence for the log, when entries were left out."""
    return [format_lazy(_LEFT_OUT, number=number)] if number else []
