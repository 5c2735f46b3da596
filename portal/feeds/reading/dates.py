"""Moments as sources write them: read when there is no doubt, else set apart (feeds.md 4.1).

Nothing is guessed: a moment has its own offset, or a zone name that means one offset, and lies in a range in which
something can have been published.
"""

import re
from datetime import UTC, datetime, timedelta, timezone

from django.utils.dateparse import parse_datetime

EARLIEST = datetime(2005, 1, 1, tzinfo=UTC)
LATEST_AHEAD = timedelta(days=730)

# RFC 822 and its followers; the zones of Europe too, which feed readers take for UTC.
_MAIL = re.compile(
    r"(?:[A-Za-z]{2,9}\.?,?\s+)?(\d{1,2})\s+([A-Za-z]{3})[a-z]*\.?\s+(\d{4})\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*"
    r"([+-]\d{4}|[A-Za-z]{1,5})?"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_HOURS = {
    **{"UT": 0, "UTC": 0, "GMT": 0, "Z": 0, "WET": 0, "WEST": 1, "BST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3},
    **{"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7},
}


def iso_moment(value: str) -> tuple[datetime | None, bool]:
    """A moment in ISO 8601 with its offset, and whether something stood there that cannot be one."""
    value = value.strip()
    if not value:
        return None, False
    try:
        found = parse_datetime(value)
    except ValueError:
        found = None
    return in_range(found)


def feed_moment(value: str) -> tuple[datetime | None, bool]:
    """The same for a feed of any kind, where the moment may also be written as in a mail."""
    value = value.strip()
    match = _MAIL.fullmatch(value)
    return in_range(_mail_moment(*match.groups())) if match else iso_moment(value)


def unix_moment(milliseconds) -> tuple[datetime | None, bool]:
    """The same for a number of milliseconds since 1970, as the APIs give it."""
    if milliseconds is None:
        return None, False
    try:
        return in_range(datetime.fromtimestamp(milliseconds / 1000, UTC))
    except (TypeError, ValueError, OverflowError, OSError):
        return None, True


def _mail_moment(day, month, year, hour, minute, second, zone) -> datetime | None:
    if month.lower() not in _MONTHS or not zone:
        return None
    if zone[0] in "+-":
        offset = timedelta(hours=int(zone[:3]), minutes=int(zone[0] + zone[3:]))
    elif (hours := _HOURS.get(zone.upper())) is not None:
        offset = timedelta(hours=hours)
    else:
        return None
    try:
        numbers = (int(number) for number in (year, _MONTHS.index(month.lower()) + 1, day, hour, minute, second or 0))
        return datetime(*numbers, tzinfo=timezone(offset))
    except ValueError:
        return None


def in_range(found: datetime | None) -> tuple[datetime | None, bool]:
    """A moment when something can have been published or held at it, and whether it cannot be that."""
    if found is None or found.tzinfo is None or not EARLIEST <= found <= datetime.now(UTC) + LATEST_AHEAD:
        return None, True
    return found, False
