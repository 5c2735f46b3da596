"""Limits a feed to its newest entries. The log says how many were left out (docs/feed-rules.md 5.6.5)."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TypeVar

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from portal.feeds.reading.dates import EARLIEST

Entry = TypeVar("Entry")

MAX_ENTRIES = 500

_LEFT_OUT = _("The feed has more entries than are read at once: the {number} oldest were left out.")


def newest_entries(entries: Iterable[Entry], date_of: Callable[[Entry], datetime | None]) -> list[Entry]:
    """Return the newest entries in their own order; the first ones if none has a date."""
    entries = list(entries)
    if len(entries) <= MAX_ENTRIES:
        return entries
    order = sorted(range(len(entries)), key=lambda number: date_of(entries[number]) or EARLIEST, reverse=True)
    return [entries[number] for number in sorted(order[:MAX_ENTRIES])]


def left_out_remarks(number: int) -> list[str | Promise]:
    """Return the sentence for the log if entries were left out."""
    return [format_lazy(_LEFT_OUT, number=number)] if number else []
