"""Parses how long a webinar lasted, as people write it: "1:12:30", "1:12", "72 min", "1u12", "1,5 uur", "72"."""

import re

LONGEST_S = 24 * 3600
# Of two numbers the first is hours up to 4 and minutes from 10 on: no webinar lasts ten hours.
MAX_HOURS, MIN_MINUTES = 4, 10
_PARTS = (3600, 60, 1)

_NUMBER = r"(\d{1,5}(?:[.,]\d{1,3})?)"
_CLOCK = re.compile(r"(\d{1,3}):([0-5]?\d)(?::([0-5]?\d))?(?:[.,]0+)?", re.ASCII)
_ISO = re.compile(rf"PT(?:{_NUMBER}H)?(?:{_NUMBER}M)?(?:{_NUMBER}S)?", re.IGNORECASE | re.ASCII)
_HOURS = r"(?:u|uu|uur|uren|h|hr|hrs|heures?|hours?|std|stunden?)\.?"
_MINUTES = r"(?:m|mn|min|mins|minuut|minuten|minutes?|[′'’])\.?"
_SECONDS = r"(?:s|sec|secs|sek|seconden?|secondes?|seconds?|sekunden?|[″\"”]|''|’’)\.?"
_WORDS = re.compile(
    rf"(?:{_NUMBER}\s*{_HOURS})?\s*(?:(?:en|et|and|und)\s+)?(?:{_NUMBER}\s*{_MINUTES})?\s*(?:{_NUMBER}\s*{_SECONDS})?",
    re.IGNORECASE | re.ASCII,
)
_HOUR_AND_BARE_MINUTES = re.compile(rf"(\d{{1,2}})\s*{_HOURS}\s*([0-5]?\d)", re.IGNORECASE | re.ASCII)
# "1,5" and "1.30" may be hours or minutes: decimals need a unit.
_BARE = re.compile(r"(\d{1,5})(?:[.,]0+)?", re.ASCII)
# "1.30 u" is 1.3 hours, or an hour and thirty minutes.
_UNCLEAR_HOURS = re.compile(rf"\d+[.,](?!00)\d\d\s*{_HOURS}.*", re.IGNORECASE | re.ASCII)


def parse_duration(written: str) -> int | None:
    """Return the duration in seconds; None if it is ambiguous.

    A whole number is minutes. "1:12" is an hour and twelve minutes, "72:30" is 72.5 minutes; with a first number from 5
    to 9 it could be either. "1.30" could be minutes, hours, or an hour and thirty minutes.
    """
    written = " ".join(written.split())
    seconds = _parse_clock(written)
    if seconds is None and not _UNCLEAR_HOURS.fullmatch(written):
        for form, units in ((_BARE, (60,)), (_HOUR_AND_BARE_MINUTES, (3600, 60)), (_ISO, _PARTS), (_WORDS, _PARTS)):
            if match := form.fullmatch(written):
                numbers = [float((number or "0").replace(",", ".")) for number in match.groups()]
                seconds = round(sum(number * unit for number, unit in zip(numbers, units, strict=True)))
                break
    return seconds if seconds and seconds <= LONGEST_S else None


def _parse_clock(written: str) -> int | None:
    match = _CLOCK.fullmatch(written)
    if not match:
        return None
    first, second = int(match[1]), int(match[2])
    if match[3]:
        return (first * 60 + second) * 60 + int(match[3])
    if first <= MAX_HOURS:
        return (first * 60 + second) * 60
    return first * 60 + second if first >= MIN_MINUTES else None
