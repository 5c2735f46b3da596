"""Reading iCalendar (RFC 5545) as programmes really write it: only what a session needs, and never an error.

What the text does not say for certain is a problem (the event is left out) or a doubt (it is taken, and staff look).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.utils.translation import gettext as _

LONGEST = timedelta(days=31)
# What Windows calls the zones in which the city's partners live.
_WINDOWS = {
    "romance standard time": "Europe/Brussels",
    "w. europe standard time": "Europe/Berlin",
    "central europe standard time": "Europe/Budapest",
    "central european standard time": "Europe/Warsaw",
    "gmt standard time": "Europe/London",
    "gtb standard time": "Europe/Athens",
    "fle standard time": "Europe/Helsinki",
}
_MOMENT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})?(Z)?)?")
_DURATION = re.compile(r"\+?P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")
_ESCAPES = re.compile(r"\\([\\;,nN])")


@dataclass
class Event:
    """One event. `problem` says why it cannot be used, `doubts` what staff should look at."""

    uid: str = ""
    recurrence: str = ""
    summary: str = ""
    description: str = ""
    url: str = ""
    start: datetime | None = None
    end: datetime | None = None
    problem: str = ""
    doubts: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Line:
    name: str
    parameters: dict[str, str]
    value: str


def events_in(text: str) -> Iterator[Event]:
    """The events of all calendars in a text, in their order."""
    zones: dict[str, set[str]] = {}
    calendar_zone, zone_name, block = "", "", None
    for line in _lines(text):
        if line.name == "BEGIN" and line.value.upper() == "VEVENT":
            block = {}
        elif line.name == "END" and line.value.upper() == "VEVENT" and block is not None:
            yield _event(block, calendar_zone, zones)
            block = None
        elif block is not None:
            block.setdefault(line.name, line)
        elif line.name == "X-WR-TIMEZONE":
            calendar_zone = line.value
        elif line.name == "TZID":
            zone_name = line.value
        elif line.name == "TZOFFSETTO" and zone_name:
            zones.setdefault(zone_name, set()).add(line.value)


def _lines(text: str) -> Iterator[_Line]:
    """The content lines, unfolded; those that are none are passed over."""
    unfolded = re.sub(r"\r?\n[ \t]", "", text.lstrip("\ufeff").replace("\r\n", "\n"))
    for line in unfolded.split("\n"):
        head, colon, value = _split_at_colon(line)
        if colon:
            name, *parameters = head.split(";")
            pairs = (part.partition("=") for part in parameters)
            yield _Line(
                name.strip().upper(), {key.upper(): word.strip('"') for key, _equals, word in pairs}, value.strip()
            )


def _split_at_colon(line: str) -> tuple[str, bool, str]:
    """The line before and after its colon; one within quotation marks is part of a parameter."""
    quoted = False
    for number, letter in enumerate(line):
        if letter == '"':
            quoted = not quoted
        elif letter == ":" and not quoted:
            return line[:number], True, line[number + 1 :]
    return line, False, ""


def _event(block: dict[str, _Line], calendar_zone: str, zones: dict[str, set[str]]) -> Event:
    event = Event(
        uid=_text(block, "UID"),
        recurrence=_text(block, "RECURRENCE-ID"),
        summary=_text(block, "SUMMARY"),
        description=_text(block, "DESCRIPTION"),
        url=_text(block, "URL"),
    )
    start = block.get("DTSTART")
    if start is None:
        event.problem = _("It does not say when it begins.")
        return event
    event.start, event.problem = _moment(start, calendar_zone, zones, event.doubts)
    if event.start is None:
        return event
    if "DTEND" in block:
        event.end, _problem = _moment(block["DTEND"], calendar_zone, zones, [])
    elif "DURATION" in block:
        length = _length(block["DURATION"].value)
        event.end = event.start + length if length else None
    if event.end is not None and not timedelta(0) < event.end - event.start <= LONGEST:
        event.end = None
    if event.end is None and block.keys() & {"DTEND", "DURATION"}:
        event.doubts.append(_("Its end makes no sense and was left out."))
    if "RRULE" in block:
        event.doubts.append(_("It repeats: only the first time was taken."))
    return event


def _moment(line: _Line, calendar_zone: str, zones: dict, doubts: list[str]) -> tuple[datetime | None, str]:
    """The moment of a line, and the problem when there is none."""
    match = _MOMENT.fullmatch(line.value)
    if not match:
        return None, _("“%(value)s” is no moment.") % {"value": line.value[:40]}
    *numbers, utc = match.groups()
    if numbers[3] is None:
        return None, _("It lasts the whole day: enter the time at which the session begins.")
    name = line.parameters.get("TZID", "") or calendar_zone
    zone = UTC if utc else _zone(name, zones)
    if zone is None and name:
        return None, _("Its time zone “%(name)s” is not known.") % {"name": name[:60]}
    if zone is None:
        zone = ZoneInfo(settings.TIME_ZONE)
        doubts.append(_("It names no time zone: the portal's own was taken."))
    try:
        return datetime(*(int(number or 0) for number in numbers), tzinfo=zone), ""
    except ValueError:
        return None, _("“%(value)s” is no moment.") % {"value": line.value[:40]}


def _zone(name: str, zones: dict[str, set[str]]) -> tzinfo | None:
    """The zone of a name: as the world knows it, as Windows does, or with the one offset that the file gives it."""
    parts = [part for part in name.strip("/").split("/") if part]
    candidates = [_WINDOWS.get(name.lower(), ""), *("/".join(parts[-count:]) for count in range(len(parts), 0, -1))]
    for candidate in candidates:
        try:
            if candidate:
                return ZoneInfo(candidate)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue
    offsets = zones.get(name, set())
    if len(offsets) == 1 and (match := re.fullmatch(r"([+-])(\d{2})(\d{2})(\d{2})?", next(iter(offsets)))):
        offset = timedelta(hours=int(match[2]), minutes=int(match[3]))
        return timezone(-offset if match[1] == "-" else offset) if offset < timedelta(hours=24) else None
    return None


def _length(value: str) -> timedelta | None:
    match = _DURATION.fullmatch(value)
    if not match:
        return None
    weeks, days, hours, minutes, seconds = (int(number or 0) for number in match.groups())
    total = ((weeks * 7 + days) * 24 + hours) * 3600 + minutes * 60 + seconds
    return timedelta(seconds=total) if 0 < total <= LONGEST.total_seconds() else None


def _text(block: dict[str, _Line], name: str) -> str:
    if name not in block:
        return ""
    return _ESCAPES.sub(lambda match: "\n" if match[1] in "nN" else match[1], block[name].value)
