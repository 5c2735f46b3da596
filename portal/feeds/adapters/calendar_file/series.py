"""Expands a repeating event into its sessions with recurring-ical-events, within limits."""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from warnings import catch_warnings, simplefilter

import recurring_ical_events
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from portal.feeds.adapters.calendar_file.events import ParsedEvent
from portal.feeds.adapters.calendar_file.properties import changed_at, datetime_of, datetime_values, text_of, utc_text
from portal.feeds.adapters.calendar_file.sessions import Series, Session, session_of
from portal.feeds.reading.dates import EARLIEST, LATEST_AHEAD

logger = logging.getLogger(__name__)

# Of a series without end the sessions of a year back and a year ahead are read.
WINDOW_OF_ENDLESS = timedelta(days=365)
MAX_SESSIONS = 400

_UNTIL_DAY = re.compile(r"(UNTIL=\d{8})(?=;|$)", re.IGNORECASE)
_UNTIL = re.compile(r"UNTIL=([0-9TZ]+)", re.IGNORECASE)
# No session takes place several times a day, and an interval of zero would never end.
_UNSUPPORTED_RULE = re.compile(r"FREQ=(SECONDLY|MINUTELY|HOURLY)|INTERVAL=0*(;|$)", re.IGNORECASE)


@dataclass
class _Window:
    """The time in which sessions of a series are read. `is_whole` is False if the series has sessions outside it."""

    earliest: datetime
    latest: datetime
    is_whole: bool = True
    warnings: list[str] = field(default_factory=list)


def is_series(parsed: ParsedEvent) -> bool:
    """Return whether an event can be used and repeats."""
    return not parsed.problem and ("RRULE" in parsed.event or "RDATE" in parsed.event)


def expand_series(series: ParsedEvent, changes: list[ParsedEvent]) -> Iterator[Session | Series]:
    """Yield each session of a series that takes place, then the series itself if all its sessions were read.

    `changes` are the events of the calendar that change one session of the series.
    """
    event, start = series.event, datetime_of(series.event, "DTSTART")
    if series.called_off or start is None:  # an event without a beginning has a problem, and is no series
        yield session_of(event, series, "")
        return
    _complete_recurrence_ids(changes, start)
    window = _limit_rules(event, start)
    warnings = [*series.warnings, *window.warnings]
    try:
        found = _occurrences(event, [change.event for change in changes if not change.problem], window)
    except Exception:  # recurring-ical-events, on rules from outside
        logger.warning("a series of a calendar could not be expanded", exc_info=True)
        only_session = session_of(event, series, "")
        only_session.warnings.append(_("How it repeats cannot be read: only the first time was taken."))
        yield only_session
        return
    if not found:
        no_session = session_of(event, series, "")
        no_session.problem = no_session.problem or _("No session of this series was or will be held in these years.")
        yield no_session
    if len(found) > MAX_SESSIONS:
        found, window.is_whole = found[:MAX_SESSIONS], False
        warnings.append(_("It repeats very often: the first %(number)s times were taken.") % {"number": len(found)})
    change_of, seen = {change.recurrence: change for change in changes}, set()
    for occurrence in found:
        begins = datetime_of(occurrence, "DTSTART") or start
        recurrence = utc_text(datetime_of(occurrence, "RECURRENCE-ID") or begins)
        change = change_of.get(recurrence)
        if recurrence in seen:
            # A change of this session and all that follow: each of those comes with the time of the first.
            recurrence = utc_text(begins)
        session = session_of(occurrence, change or series, recurrence)
        session.warnings = list(change.warnings) if change else []
        session.is_first = recurrence == utc_text(start)
        if warnings:
            session.warnings, warnings = [*warnings, *session.warnings], []
        seen.add(recurrence)
        yield session
    for change in changes:
        if change.problem and change.recurrence not in seen:
            yield session_of(change.event, change, change.recurrence)
    # A session that cannot be used still takes place, and must not count as removed.
    if window.is_whole and all(_is_usable(parsed) for parsed in (series, *changes)):
        exceptions = (value.dt for value in datetime_values(event, "EXDATE"))
        excluded = tuple(utc_text(value) for value in exceptions if isinstance(value, datetime))
        yield Series(series.uid, excluded, changed_at(event))


def _limit_rules(event: Event, start: datetime) -> _Window:
    """Give each rule of an event an end, and remove a rule that cannot be followed. Returns the resulting window."""
    now = timezone.now()
    window = _Window(EARLIEST, now + LATEST_AHEAD)
    rules = event.get("RRULE", [])
    rules = rules if isinstance(rules, list) else [rules]
    event.pop("RRULE", None)
    for rule in rules:
        written = _UNTIL_DAY.sub(r"\1T235959Z", rule.to_ical().decode())
        if _UNSUPPORTED_RULE.search(written):
            window.warnings.append(_("How it repeats cannot be read: only the first time was taken."))
            window.is_whole = False
            continue
        if not re.search("COUNT=|UNTIL=", written):
            window.earliest = now - WINDOW_OF_ENDLESS
            window.latest = min(window.latest, now + WINDOW_OF_ENDLESS)
            days = {"first": _day(max(window.earliest, start)), "last": _day(window.latest)}
            sentence = _("It repeats without end: the sessions from %(first)s to %(last)s were taken.")
            window.warnings.append(sentence % days)
        # The library would look for a date that never comes (30 February) until the year 9999.
        until, latest = _UNTIL.search(written), utc_text(window.latest)
        if until is None:
            written += f";UNTIL={latest}"
        elif until[1] > latest:
            written = written.replace(until[0], f"UNTIL={latest}")
        event.add("RRULE", Event.from_ical(f"BEGIN:VEVENT\r\nRRULE:{written}\r\nEND:VEVENT")["RRULE"])
    return window


def _complete_recurrence_ids(changes: list[ParsedEvent], start: datetime) -> None:
    """Add the time of the series to a change that names only the day of its session, so that it can be matched."""
    for change in changes:
        for value in datetime_values(change.event, "RECURRENCE-ID"):
            if isinstance(value.dt, date) and not isinstance(value.dt, datetime):
                value.dt = datetime.combine(value.dt, start.time(), start.tzinfo)
                value.params.pop("VALUE", None)


def _is_usable(parsed: ParsedEvent) -> bool:
    return not parsed.problem and (parsed.called_off or bool(text_of(parsed.event, "SUMMARY").strip()))


def _occurrences(event: Event, changes: list[Event], window: _Window) -> list[Event]:
    calendar = Calendar()
    for component in (event, *changes):
        calendar.add_component(component)
    with catch_warnings():
        # dateutil warns about a rule with both a count and an end, and follows both.
        simplefilter("ignore", DeprecationWarning)
        found = recurring_ical_events.of(calendar).between(window.earliest, window.latest)
    return sorted(found, key=lambda occurrence: datetime_of(occurrence, "DTSTART") or window.latest)


def _day(value: datetime) -> str:
    return date_format(timezone.localtime(value), "DATE_FORMAT")
