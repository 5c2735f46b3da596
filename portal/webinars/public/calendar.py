"""Sessions as an iCalendar file (RFC 5545): one to add to a calendar, or all to subscribe to. No database."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event, vText

from portal.core.content.characters import printable

CONTENT_TYPE = "text/calendar; charset=utf-8"


@dataclass(frozen=True)
class CalendarEvent:
    """A session. `uid` never changes; `sequence` grows with every change, so that calendars take the change over.

    `ends` is None when nobody said how long the session lasts: the event then has no end either. Where only the days
    are known, `starts` and `ends` are the first and the last of them.
    """

    uid: str
    title: str
    text: str
    url: str
    starts: datetime | date
    ends: datetime | date | None
    changed: datetime
    sequence: int = 0


def calendar(events: Iterable[CalendarEvent], name: str, language: str) -> str:
    """The calendar file of some events; `name` is what calendar programmes call a subscription."""
    file = Calendar()
    file.add("version", "2.0")
    file.add("prodid", f"-//Schakel//Webinars//{language.upper()}")
    file.add("calscale", "GREGORIAN")
    file.add("method", "PUBLISH")
    file.add("x-wr-calname", _text(name))
    for event in events:
        file.add_component(_component(event, language))
    return file.to_ical(sorted=False).decode()


def _component(event: CalendarEvent, language: str) -> Event:
    component = Event()
    component.add("uid", event.uid)
    component.add("dtstamp", event.changed.astimezone(UTC))
    component.add("last-modified", event.changed.astimezone(UTC))
    component.add("sequence", event.sequence)
    if isinstance(event.starts, datetime):
        component.add("dtstart", event.starts.astimezone(UTC))
        if isinstance(event.ends, datetime) and event.ends > event.starts:
            component.add("dtend", event.ends.astimezone(UTC))
    else:
        component.add("dtstart", event.starts)
        # RFC 5545: an event of whole days ends with the day after its last one.
        component.add("dtend", max(event.starts, event.ends or event.starts) + timedelta(days=1))
    component.add("summary", _text(event.title), parameters={"language": language})
    if event.text:
        component.add("description", _text(event.text), parameters={"language": language})
    component.add("url", event.url)
    return component


def _text(text: str) -> vText:
    """A text without characters that calendars cannot show, with one kind of line break."""
    return vText("\n".join(printable(text).splitlines()))
