"""Parses dates and times as sources write them, if they are certain (docs/feed-rules.md 4.1).

Nothing is guessed: a time has an offset, or a zone name that means one offset, and lies in a range in which something
can have been published. Each function returns the time, or None, and whether something was written that cannot be one.
"""

import re
from datetime import UTC, datetime, timedelta, timezone

from django.utils.dateparse import parse_datetime

EARLIEST = datetime(2005, 1, 1, tzinfo=UTC)
LATEST_AHEAD = timedelta(days=730)

# RFC 822 and its successors, also with the European zone names that most feed readers take for UTC.
_RFC_822 = re.compile(
    r"(?:[A-Za-z]{2,9}\.?,?\s+)?(\d{1,2})\s+([A-Za-z]{3})[a-z]*\.?\s+(\d{4})\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*"
    r"([+-]\d{4}|[A-Za-z]{1,5})?"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_HOURS = {
    **{"UT": 0, "UTC": 0, "GMT": 0, "Z": 0, "WET": 0, "WEST": 1, "BST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3},
    **{"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7},
}


def parse_iso_datetime(value: str) -> tuple[datetime | None, bool]:
    """Parse a time in ISO 8601 with its offset."""
    value = value.strip()
    if not value:
        return None, False
    try:
        parsed = parse_datetime(value)
    except ValueError:
        parsed = None
    return check_plausible(parsed)


def parse_feed_datetime(value: str) -> tuple[datetime | None, bool]:
    """Parse a time in ISO 8601, or as e-mails and RSS write it."""
    value = value.strip()
    match = _RFC_822.fullmatch(value)
    return check_plausible(_parse_rfc_822(*match.groups())) if match else parse_iso_datetime(value)


def parse_unix_milliseconds(milliseconds: float | None) -> tuple[datetime | None, bool]:
    """Parse a number of milliseconds since 1970, as APIs give it."""
    if milliseconds is None:
        return None, False
    try:
        return check_plausible(datetime.fromtimestamp(milliseconds / 1000, UTC))
    except (TypeError, ValueError, OverflowError, OSError):
        return None, True


def _parse_rfc_822(
    day: str, month: str, year: str, hour: str, minute: str, second: str | None, zone: str | None
) -> datetime | None:
    if month.lower() not in _MONTHS or not zone:
        return None
    if zone[0] in "+-":
        offset = timedelta(hours=int(zone[:3]), minutes=int(zone[0] + zone[3:]))
    elif (hours := _HOURS.get(zone.upper())) is not None:
        offset = timedelta(hours=hours)
    else:
        return None
    try:
        date = (int(year), _MONTHS.index(month.lower()) + 1, int(day))
        return datetime(*date, int(hour), int(minute), int(second or 0), tzinfo=timezone(offset))
    except ValueError:
        return None


def check_plausible(value: datetime | None) -> tuple[datetime | None, bool]:
    """Return a time if something can have been published or held at it."""
    if value is None or value.tzinfo is None or not EARLIEST <= value <= datetime.now(UTC) + LATEST_AHEAD:
        return None, True
    return value, False
