"""How long a webinar lasted, as people write it in a table: "1:12:30", "1:12", "72 min", "1u12", "1,5 uur", "72"."""

import re

LONGEST_S = 24 * 3600
# Two numbers are hours and minutes up to this many, and minutes and seconds from there: no webinar lasts ten hours.
MOST_HOURS, FEWEST_MINUTES = 4, 10
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
# "1,5" and "1.30" are rather hours than minutes, which nobody can tell: decimals need a unit.
_BARE = re.compile(r"(\d{1,5})(?:[.,]0+)?", re.ASCII)
# "1.30 u" is 1.3 hours, or an hour and thirty minutes.
_UNCLEAR_HOURS = re.compile(rf"\d+[.,](?!00)\d\d\s*{_HOURS}.*", re.IGNORECASE | re.ASCII)


def seconds_of(written: str) -> int | None:
    """The length in seconds; None when it is not clear what is meant.

    A whole number is minutes. "1:12" is an hour and twelve minutes, "72:30" is 72 minutes and a half; between five and
    ten it can be either, and is not guessed. Neither is "1.30": minutes, hours, or an hour and thirty minutes.
    """
    written = " ".join(written.split())
    seconds = _of_clock(written)
    if seconds is None and not _UNCLEAR_HOURS.fullmatch(written):
        for form, units in ((_BARE, (60,)), (_HOUR_AND_BARE_MINUTES, (3600, 60)), (_ISO, _PARTS), (_WORDS, _PARTS)):
            if match := form.fullmatch(written):
                numbers = [float((number or "0").replace(",", ".")) for number in match.groups()]
                seconds = round(sum(number * unit for number, unit in zip(numbers, units, strict=True)))
                break
    return seconds if seconds and seconds <= LONGEST_S else None


def _of_clock(written: str) -> int | None:
    match = _CLOCK.fullmatch(written)
    if not match:
        return None
    first, second, third = (int(number) if number else None for number in match.groups())
    if third is not None:
        return (first * 60 + second) * 60 + third
    if first <= MOST_HOURS:
        return (first * 60 + second) * 60
    return first * 60 + second if first >= FEWEST_MINUTES else None
