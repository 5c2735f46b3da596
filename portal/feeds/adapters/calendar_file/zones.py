"""The time zone of a name in a calendar: as the file defines it, else as IANA or Windows knows it."""

import logging
import re
from datetime import timedelta, timezone, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from icalendar import Timezone
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

logger = logging.getLogger(__name__)

_WINDOWS = {name.casefold(): zone for name, zone in WINDOWS_TO_OLSON.items()}
_OFFSET = re.compile(r"\(?(?:UTC|GMT|Z)?\s*(?:([+-])(\d{1,2})(?:[:.]?(\d{2}))?)?\)?", re.IGNORECASE)


def parse_vtimezone(block: list[str]) -> tzinfo | None:
    """Return the zone that the lines of a VTIMEZONE describe; None if they cannot be used.

    icalendar is told not to remember it: in the next file the same name ("Customized Time Zone") can mean another
    zone. Rules that change the clock more often than every year would keep it busy for ever.
    """
    rules = [line.upper() for line in block if line.upper().startswith("RRULE")]
    if any("FREQ=YEARLY" not in rule or re.search(r"INTERVAL=0*(;|$)", rule) for rule in rules):
        return None
    try:
        parsed = Timezone.from_ical("\r\n".join(block))
        return parsed.to_tz(lookup_tzid=False) if isinstance(parsed, Timezone) else None
    except Exception:  # icalendar and dateutil, on text from outside
        logger.warning("a calendar defines a time zone that cannot be parsed: %s", block[1:2], exc_info=True)
        return None


def find_zone(name: str) -> tzinfo | None:
    """Return the zone of a name that no file defines; None if it is unknown.

    It may be an IANA name, with or without a vendor before it, a name of Windows, an offset, or name a city of a zone
    ("(UTC+01:00) Brussels, Copenhagen, Madrid, Paris").
    """
    parts = [part for part in name.strip("/").split("/") if part]
    candidates = [_WINDOWS.get(name.casefold(), ""), *("/".join(parts[start:]) for start in range(len(parts)))]
    for candidate in candidates:
        try:
            if candidate:
                return ZoneInfo(candidate)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue
    if offset := _OFFSET.fullmatch(name.strip()):
        return _fixed(*offset.groups())
    words = re.split(r"[,/;]", re.sub(r"^\([^)]*\)", "", name))
    return next((ZoneInfo(_cities()[word]) for word in map(_city, words) if word in _cities()), None)


def _fixed(sign: str | None, hours: str | None, minutes: str | None) -> tzinfo | None:
    offset = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
    return timezone(-offset if sign == "-" else offset) if offset < timedelta(hours=24) else None


@cache
def _cities() -> dict[str, str]:
    """Return the IANA zones by the city in their name."""
    return {_city(zone.rsplit("/", 1)[1]): zone for zone in sorted(available_timezones()) if zone.count("/") == 1}


def _city(word: str) -> str:
    return word.replace("_", " ").strip().casefold()
