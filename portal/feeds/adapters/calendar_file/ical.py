"""Reads the sessions of a text in iCalendar format (RFC 5545), as programs really write it.

Each event is given alone to icalendar, so that a broken one costs only itself, and without its alarms, which have texts
and durations of their own. recurring-ical-events expands the series. What a file says wrong is a problem (the event is
left out), what it leaves open a warning (the event is imported, and staff check it).
"""

from collections.abc import Iterator

from portal.feeds.adapters.calendar_file.components import split_calendars
from portal.feeds.adapters.calendar_file.events import ParsedEvent, parse_event
from portal.feeds.adapters.calendar_file.series import expand_series, is_series
from portal.feeds.adapters.calendar_file.sessions import Series, Session, session_of


def read_sessions(text: str) -> Iterator[Session | Series]:
    """Yield the sessions of all calendars in a text in their order, and each series of which all sessions are known.

    Of several versions of one event the newest is used, wherever it stands.
    """
    newest: dict[tuple[str, str], ParsedEvent] = {}
    for calendar in split_calendars(text):
        for lines in calendar.events:
            parsed = parse_event(lines, calendar)
            key = (parsed.uid, parsed.recurrence) if parsed.uid else (f"\n{len(newest)}", "")
            if key not in newest or newest[key].version <= parsed.version:
                newest[key] = parsed
    for (uid, recurrence), parsed in newest.items():
        series = newest.get((uid, ""))
        if recurrence and series and is_series(series):
            continue  # a change of one session, which is yielded with its series
        if not recurrence and is_series(parsed):
            changes = [change for (of, name), change in newest.items() if of == uid and name]
            yield from expand_series(parsed, changes)
        else:
            yield session_of(parsed.event, parsed, recurrence)
