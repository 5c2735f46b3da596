"""Reads properties of an event of icalendar as plain values."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from icalendar import Event

MAX_DURATION = timedelta(days=31)
DATETIME_PROPERTIES = ("DTSTART", "DTEND", "RECURRENCE-ID", "EXDATE", "RDATE")


def text_of(event: Event, name: str) -> str:
    """Return a property as text, the first one if there are several; "" if there is none."""
    value = event.get(name, "")
    value = next(iter(value), "") if isinstance(value, list) else value
    return re.sub(r"\\n", "\n", str(value), flags=re.IGNORECASE) if name == "X-ALT-DESC" else str(value)


def datetime_of(event: Event, name: str) -> datetime | None:
    """Return a property as a datetime; None if there is none, or it is only a day."""
    values = [value.dt for value in datetime_values(event, name)]
    return values[0] if values and isinstance(values[0], datetime) else None


def datetime_values(event: Event, name: str) -> list[Any]:
    """Return the values of a property that have a `dt`: a date, a datetime or a period."""
    value = event.get(name)
    values = value if isinstance(value, list) else [value] if value is not None else []
    return [part for value in values for part in getattr(value, "dts", [value]) if hasattr(part, "dt")]


def end_of(event: Event, start: datetime) -> datetime | None:
    """Return when an event ends; None if it does not say, or says something impossible."""
    end = datetime_of(event, "DTEND")
    if end is None and isinstance(length := getattr(event.get("DURATION"), "dt", None), timedelta):
        end = start + length if timedelta(0) < length <= MAX_DURATION else None
    return end if end and timedelta(0) < end - start <= MAX_DURATION else None


def changed_at(event: Event) -> datetime | None:
    """Return when an event was last changed, if it says so."""
    changed = datetime_of(event, "LAST-MODIFIED") or datetime_of(event, "DTSTAMP")
    return changed if changed is None or changed.tzinfo else changed.replace(tzinfo=UTC)


def utc_text(value: datetime) -> str:
    """Return a time in UTC as iCalendar writes it."""
    if not 1900 < value.year < 9000:
        return f"{value:%Y%m%dT%H%M%S}"  # conversion would leave the years that Python knows
    return value.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
