"""The sessions that a calendar holds, and the series of which all sessions were read."""

from dataclasses import dataclass, field
from datetime import datetime

from icalendar import Event

from portal.feeds.adapters.calendar_file.events import ParsedEvent
from portal.feeds.adapters.calendar_file.properties import changed_at, datetime_of, end_of, text_of

# Where the address of a session may stand, the likeliest first.
_LINKS = (
    "URL",
    "CONFERENCE",
    "X-GOOGLE-CONFERENCE",
    "X-MICROSOFT-SKYPETEAMSMEETINGURL",
    "X-MICROSOFT-ONLINEMEETINGCONFLINK",
)


@dataclass
class Session:
    """One session. `recurrence` says which one of its series it is (in UTC, "" for a session that does not repeat).

    `problem` says why it cannot be used, `warnings` what staff should check, `changed` when the calendar changed it.
    `links` may be its address on the web, the likeliest first.
    """

    uid: str = ""
    recurrence: str = ""
    written_recurrence: str = ""
    is_first: bool = False
    summary: str = ""
    description: str = ""
    html: str = ""
    place: str = ""
    links: list[str] = field(default_factory=list)
    start: datetime | None = None
    end: datetime | None = None
    changed: datetime | None = None
    called_off: bool = False
    problem: str = ""
    warnings: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Series:
    """A series of which all sessions were read: its UID, the times that it leaves out, and when it was changed."""

    uid: str
    excluded: tuple[str, ...]
    changed: datetime | None


def session_of(event: Event, parsed: ParsedEvent, recurrence: str) -> Session:
    """Return the session of an event; of a series, `event` is the occurrence and `parsed` where it comes from."""
    start = datetime_of(event, "DTSTART")
    return Session(
        uid=parsed.uid,
        recurrence=recurrence,
        written_recurrence=parsed.written_recurrence,
        summary=text_of(event, "SUMMARY"),
        description=text_of(event, "DESCRIPTION"),
        html=text_of(event, "X-ALT-DESC"),
        place=text_of(event, "LOCATION"),
        links=[text_of(event, name) for name in _LINKS],
        start=start,
        end=end_of(event, start) if start and not parsed.problem else None,
        changed=changed_at(event),
        called_off=parsed.called_off,
        problem=parsed.problem,
        warnings=list(parsed.warnings),
    )
