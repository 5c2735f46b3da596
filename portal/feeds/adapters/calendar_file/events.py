"""Parses one event of a calendar with icalendar, and says what is wrong or uncertain about it."""

import logging
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Event
from icalendar.prop import vBroken

from portal.feeds.adapters.calendar_file.components import CUT_MARK, CalendarBlock, unquote_zone_name
from portal.feeds.adapters.calendar_file.properties import (
    DATETIME_PROPERTIES,
    changed_at,
    datetime_of,
    datetime_values,
    end_of,
    text_of,
    utc_text,
)
from portal.feeds.adapters.calendar_file.zones import find_zone

logger = logging.getLogger(__name__)

_SINGLE_PROPERTIES = (
    "UID",
    "DTSTART",
    "DTEND",
    "DURATION",
    "RECURRENCE-ID",
    "SEQUENCE",
    "STATUS",
    "LAST-MODIFIED",
    "DTSTAMP",
)
# A date and time has no colon in it; the name of its zone can, with or without quotation marks.
_DATETIME_LINE = re.compile(rf"({'|'.join(DATETIME_PROPERTIES)})((?:;.*)?):([^:]*)", re.IGNORECASE)
_TZID = re.compile(r';TZID=("[^"]*"|.*?)(?=;[A-Za-z-]+=|$)', re.IGNORECASE)


@dataclass
class ParsedEvent:
    """An event of icalendar. `problem` says why it cannot be used, `warnings` what staff should check."""

    event: Event
    written_recurrence: str
    called_off: bool
    warnings: list[str]
    problem: str = ""

    @property
    def uid(self) -> str:
        return text_of(self.event, "UID")

    @property
    def recurrence(self) -> str:
        replaced = datetime_of(self.event, "RECURRENCE-ID")
        return utc_text(replaced) if replaced else self.written_recurrence

    @property
    def version(self) -> tuple[int, datetime]:
        """Orders the versions of one event, the newest last."""
        changed = changed_at(self.event) or datetime.min.replace(tzinfo=UTC)
        sequence = self.event.get("SEQUENCE", 0)
        return (sequence if isinstance(sequence, int) else 0, changed)


def parse_event(lines: list[str], calendar: CalendarBlock) -> ParsedEvent:
    """Parse the lines of an event, and apply its time zones."""
    is_cut = lines[-1:] == [CUT_MARK]
    lines = lines[:-1] if is_cut else lines
    zone_names: dict[str, str] = {}
    without_zones, written_recurrence = [], ""
    for line in lines:
        if match := _DATETIME_LINE.fullmatch(line):
            name, parameters = match[1].upper(), re.sub(";+(?=;|$)", "", match[2])
            if zone := _TZID.search(parameters):
                zone_names.setdefault(name, unquote_zone_name(zone[1]))
                parameters = parameters.replace(zone[0], "")
            line = f"{name}{parameters}:{match[3].strip()}"
            if name == "RECURRENCE-ID":
                written_recurrence = match[3].strip()
        without_zones.append(line)
    parsed = ParsedEvent(Event(), written_recurrence, calendar.properties.get("METHOD", "").upper() == "CANCEL", [])
    try:
        component = Event.from_ical("\r\n".join(["BEGIN:VEVENT", *without_zones, "END:VEVENT"]))
        if not isinstance(component, Event):
            raise ValueError("not an event")
        parsed.event = component
    except Exception:  # icalendar, on text from outside
        logger.warning("an event of a calendar could not be parsed", exc_info=True)
        parsed.problem = _("It cannot be read.")
        return parsed
    if is_cut:
        parsed.problem = _("The file ends in the middle of it.")
    broken = _remove_broken(parsed.event)
    parsed.called_off = parsed.called_off or text_of(parsed.event, "STATUS").upper() == "CANCELLED"
    _apply_zones(parsed, zone_names, calendar)
    _check_times(parsed, broken, lines)
    return parsed


def _remove_broken(event: Event) -> list[str]:
    """Remove the properties that icalendar could not parse, and surplus ones. Returns the names of the former."""
    broken = []
    for name, value in list(event.items()):
        values = value if isinstance(value, list) else [value]
        good = [part for part in values if not isinstance(part, vBroken)]
        if len(good) < len(values):
            broken.append(name)
        if not good:
            del event[name]
        elif isinstance(value, list):
            event[name] = good[0] if name in _SINGLE_PROPERTIES else good
    return broken


def _apply_zones(parsed: ParsedEvent, zone_names: dict[str, str], calendar: CalendarBlock) -> None:
    """Give each naive datetime of an event its time zone."""
    for name in DATETIME_PROPERTIES:
        for part in datetime_values(parsed.event, name):
            value = part.dt
            first = value[0] if isinstance(value, tuple) else value
            if not isinstance(first, datetime) or first.tzinfo is not None:
                continue
            zone_name = zone_names.get(name) or calendar.properties.get("X-WR-TIMEZONE", "")
            zone = _zone(zone_name, calendar, parsed)
            if zone is None:
                return
            if isinstance(value, tuple):
                end = value[1]
                part.dt = (
                    first.replace(tzinfo=zone),
                    end if isinstance(end, timedelta) else end.replace(tzinfo=zone),
                )
            else:
                part.dt = value.replace(tzinfo=zone)


def _zone(name: str, calendar: CalendarBlock, parsed: ParsedEvent) -> tzinfo | None:
    """Return the time zone with this name; None, with a problem on the event, if there is none."""
    if not name:
        warning = _("It names no time zone: the portal's own was taken.")
        if warning not in parsed.warnings:
            parsed.warnings.append(warning)
        return ZoneInfo(settings.TIME_ZONE)
    zone = calendar.zones.get(name) or find_zone(name)
    if zone is None:
        parsed.problem = _("Its time zone “%(name)s” is not known.") % {"name": name[:60]}
    return zone


def _check_times(parsed: ParsedEvent, broken: list[str], lines: list[str]) -> None:
    """Note what is wrong with the beginning and end of an event, and remove an impossible end."""
    event = parsed.event
    start = datetime_of(event, "DTSTART")
    if parsed.problem:
        return
    if start is None:
        written = next((line.partition(":")[2] for line in lines if line.upper().startswith("DTSTART")), "")
        day = event.get("DTSTART")
        if day is not None and isinstance(getattr(day, "dt", None), date):
            parsed.problem = _("It lasts the whole day: enter the time at which the session begins.")
        elif written:
            parsed.problem = _("“%(value)s” is not a date and time.") % {"value": written[:40]}
        else:
            parsed.problem = _("It does not say when it begins.")
        return
    if not 1900 < start.year < 2200:
        parsed.problem = _("Its date cannot be right.")
        return
    if {"RRULE", "RDATE"} & set(broken):
        parsed.warnings.append(_("How it repeats cannot be read: only the first time was taken."))
    if "EXDATE" in broken:
        parsed.warnings.append(_("A day that it leaves out cannot be read. Look whether every session takes place."))
    end = end_of(event, start)
    if (end is None and ("DTEND" in event or "DURATION" in event)) or {"DTEND", "DURATION"} & set(broken):
        parsed.warnings.append(_("Its end makes no sense and was left out."))
    if end is None:
        for name in ("DTEND", "DURATION"):
            event.pop(name, None)
