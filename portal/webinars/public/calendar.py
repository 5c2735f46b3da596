"""Sessions as a calendar (iCalendar, RFC 5545): one to add, or all to subscribe to. Pure functions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from portal.core.content.characters import printable

CONTENT_TYPE = "text/calendar; charset=utf-8"
LINE_OCTETS = 75


@dataclass(frozen=True)
class CalendarEvent:
    """One session. `uid` never changes; `sequence` grows with every change, so that calendars take it over.

    `ends` is None when nobody said how long it lasts: then it has no end here either.
    """

    uid: str
    title: str
    text: str
    url: str
    starts: datetime
    ends: datetime | None
    changed: datetime
    sequence: int = 0


def calendar(events: Iterable[CalendarEvent], name: str, language: str) -> str:
    """The calendar file of these events; `name` is what a calendar programme calls a subscription."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Schakel//Webinars//" + language.upper(),
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "X-WR-CALNAME:" + _text(name),
    ]
    for event in events:
        lines += [
            "BEGIN:VEVENT",
            "UID:" + event.uid,
            "DTSTAMP:" + _moment(event.changed),
            "LAST-MODIFIED:" + _moment(event.changed),
            f"SEQUENCE:{event.sequence}",
            "DTSTART:" + _moment(event.starts),
            *(["DTEND:" + _moment(event.ends)] if event.ends and event.ends > event.starts else []),
            f"SUMMARY;LANGUAGE={language}:" + _text(event.title),
            *([f"DESCRIPTION;LANGUAGE={language}:" + _text(event.text)] if event.text else []),
            "URL:" + event.url,
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(_folded(line) + "\r\n" for line in lines)


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(text: str) -> str:
    """A text value (RFC 5545, 3.3.11)."""
    text = printable(text).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "\\n".join(text.splitlines())


def _folded(line: str) -> str:
    """A line of at most 75 octets, continued on lines that begin with a space (RFC 5545, 3.1)."""
    pieces, piece, size = [], "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > LINE_OCTETS:
            pieces.append(piece)
            piece, size = "", 1
        piece += letter
        size += octets
    return "\r\n ".join([*pieces, piece])
