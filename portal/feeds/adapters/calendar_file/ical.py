"""Reading iCalendar (RFC 5545) as programmes really write it: which sessions take place, and which do not any more.

The library icalendar reads the events, recurring-ical-events unrolls the series. Each event is given to them alone, so
that a broken one costs itself only, and without what is inside it: an alarm has a text and a length of its own.
What a file does not say for certain is a problem (the event is left out) or a doubt (it is taken, and staff look).
"""

import logging
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

import recurring_ical_events
from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from icalendar import Calendar, Event
from icalendar.prop import vBroken

from portal.feeds.adapters.calendar_file.zones import defined_zone, known_zone
from portal.feeds.reading.dates import EARLIEST, LATEST_AHEAD

logger = logging.getLogger(__name__)

LONGEST = timedelta(days=31)
# Of a series without end: a year back, and a year ahead.
ENDLESS = timedelta(days=365)
MOST_OF_A_SERIES = 400

_MOMENTS = ("DTSTART", "DTEND", "RECURRENCE-ID", "EXDATE", "RDATE")
_ONCE = ("UID", "DTSTART", "DTEND", "DURATION", "RECURRENCE-ID", "SEQUENCE", "STATUS", "LAST-MODIFIED", "DTSTAMP")
# The value of a moment holds no colon, a name of a zone can, with or without quotation marks.
_MOMENT_LINE = re.compile(rf"({'|'.join(_MOMENTS)})((?:;.*)?):([^:]*)", re.IGNORECASE)
_TZID = re.compile(r';TZID=("[^"]*"|.*?)(?=;[A-Za-z-]+=|$)', re.IGNORECASE)
_UNTIL_DAY = re.compile(r"(UNTIL=\d{8})(?=;|$)", re.IGNORECASE)
_UNTIL = re.compile(r"UNTIL=([0-9TZ]+)", re.IGNORECASE)
_CUT = "X-CUT:"  # in place of the end of an event in which the file ends
# Several times a day no session takes place; and an interval of nothing would go on for ever.
_ODD = re.compile(r"FREQ=(SECONDLY|MINUTELY|HOURLY)|INTERVAL=0*(;|$)", re.IGNORECASE)


@dataclass
class Session:
    """One session. `recurrence` tells which of its series it is (in UTC, "" for a session by itself).

    `problem` says why it cannot be used, `doubts` what staff should look at, `changed` when the calendar last did.
    `links` are what may be its address on the web, the likeliest first.
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
    doubts: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Series:
    """A series of which all sessions were told: its identity, the times that it leaves out, and when it changed."""

    uid: str
    left_out: tuple[str, ...]
    changed: datetime | None


@dataclass
class _Block:
    """The lines of one calendar: its own properties, and the events and zones in it."""

    properties: dict[str, str] = field(default_factory=dict)
    events: list[list[str]] = field(default_factory=list)
    zones: dict[str, tzinfo | None] = field(default_factory=dict)


@dataclass
class _Read:
    """An event as icalendar read it, with what was odd about it."""

    event: Event
    written_recurrence: str
    called_off: bool
    doubts: list[str]
    problem: str = ""

    @property
    def uid(self) -> str:
        return _text(self.event, "UID")

    @property
    def recurrence(self) -> str:
        moment = _moment(self.event, "RECURRENCE-ID")
        return _utc(moment) if moment else self.written_recurrence

    @property
    def version(self) -> tuple:
        """What tells the newest of several versions of one event."""
        changed = _changed(self.event) or datetime.min.replace(tzinfo=UTC)
        sequence = self.event.get("SEQUENCE", 0)
        return (sequence if isinstance(sequence, int) else 0, changed)


def unfolded(content: bytes) -> bytes:
    """The lines of a calendar in one piece. They are folded as bytes, which can be inside a letter (RFC 5545, 3.1)."""
    return re.sub(rb"(?:\r\n|\r|\n)[ \t]", b"", content)


def sessions_in(text: str) -> Iterator[Session | Series]:
    """The sessions of all calendars in a text, in their order, and the series of which all is known.

    Of several versions of one event the newest counts, wherever it stands.
    """
    versions: dict[tuple[str, str], _Read] = {}
    for block in _blocks(text):
        for lines in block.events:
            read = _read(lines, block)
            key = (read.uid, read.recurrence) if read.uid else (f"\n{len(versions)}", "")
            if key not in versions or versions[key].version <= read.version:
                versions[key] = read
    for (uid, recurrence), read in versions.items():
        series = versions.get((uid, ""))
        if recurrence and series and _is_series(series):
            continue  # told with its series
        if not recurrence and _is_series(read):
            yield from _series(read, [one for (of, name), one in versions.items() if of == uid and name])
        else:
            yield _session(read.event, read, recurrence)


def _blocks(text: str) -> Iterator[_Block]:
    """The calendars in a text. Events without a calendar around them are one too."""
    text = re.sub(r"(?:\r\n|\r|\n)[ \t]", "", text)
    calendars, inside, lines = [_Block()], [], []
    for line in re.split(r"[\r\n]+", text):
        line = line.strip("\ufeff\x00 \t")
        name, _colon, value = line.partition(":")
        name, value = name.strip().upper(), value.strip()
        if name == "BEGIN":
            inside.append(value.upper())
            if inside[-1] == "VCALENDAR":
                inside = ["VCALENDAR"]
                calendars.append(_Block())
            elif inside[-1] in ("VEVENT", "VTIMEZONE"):
                if "VEVENT" in inside[:-1]:
                    calendars[-1].events.append(lines)  # its own end is missing
                    inside = inside[: inside.index("VEVENT") + 1]
                lines = []
        is_property = ":" in line and name not in ("BEGIN", "END")
        if "VTIMEZONE" in inside or (is_property and inside and inside[-1] == "VEVENT"):
            lines.append(line)
        elif not inside or inside == ["VCALENDAR"]:
            calendars[-1].properties[name.partition(";")[0]] = value
        if name == "END" and value.upper() in inside:
            if value.upper() == "VEVENT":
                calendars[-1].events.append(lines)
            elif value.upper() == "VTIMEZONE":
                calendars[-1].zones[_zone_name(lines)] = defined_zone(lines)
            while inside.pop() != value.upper():
                pass
    if "VEVENT" in inside:
        calendars[-1].events.append([*lines, _CUT])
    return (calendar for calendar in calendars if calendar.events)


def _zone_name(lines: list[str]) -> str:
    written = next((line.partition(":")[2] for line in lines if line.upper().startswith("TZID")), "")
    return _plain_name(written)


def _plain_name(written: str) -> str:
    return re.sub(r"\\(.)", r"\1", written.strip().strip('"'))


def _read(lines: list[str], block: _Block) -> _Read:
    """An event with its moments in their zones."""
    cut = lines[-1:] == [_CUT]
    lines = lines[:-1] if cut else lines
    named: dict[str, str] = {}
    plain, written_recurrence = [], ""
    for line in lines:
        if found := _MOMENT_LINE.fullmatch(line):
            name, parameters = found[1].upper(), re.sub(";+(?=;|$)", "", found[2])
            if zone := _TZID.search(parameters):
                named.setdefault(name, _plain_name(zone[1]))
                parameters = parameters.replace(zone[0], "")
            line = f"{name}{parameters}:{found[3].strip()}"
            if name == "RECURRENCE-ID":
                written_recurrence = found[3].strip()
        plain.append(line)
    read = _Read(Event(), written_recurrence, block.properties.get("METHOD", "").upper() == "CANCEL", [])
    try:
        read.event = Event.from_ical("\r\n".join(["BEGIN:VEVENT", *plain, "END:VEVENT"]))
    except Exception:  # a parser of a library, on text from outside
        logger.warning("an event of a calendar could not be read", exc_info=True)
        read.problem = _("It cannot be read.")
        return read
    if cut:
        read.problem = _("The file ends in the middle of it.")
    broken = _without_broken(read.event)
    read.called_off = read.called_off or _text(read.event, "STATUS").upper() == "CANCELLED"
    _put_into_zones(read, named, block)
    _check(read, broken, lines)
    return read


def _without_broken(event: Event) -> list[str]:
    """Take away what icalendar could not read; returns the names. What may stand there once is there once after it."""
    broken = []
    for name, value in list(event.items()):
        values = value if isinstance(value, list) else [value]
        good = [one for one in values if not isinstance(one, vBroken)]
        if len(good) < len(values):
            broken.append(name)
        if not good:
            del event[name]
        elif isinstance(value, list):
            event[name] = good[0] if name in _ONCE else good
    return broken


def _put_into_zones(read: _Read, named: dict[str, str], block: _Block) -> None:
    """Give each local moment of an event its zone."""
    for name in _MOMENTS:
        for moment in _all_moments(read.event, name):
            value = moment.dt
            first = value[0] if isinstance(value, tuple) else value
            if not isinstance(first, datetime) or first.tzinfo is not None:
                continue
            zone = _zone(named.get(name) or block.properties.get("X-WR-TIMEZONE", ""), block, read)
            if zone is None:
                return
            if isinstance(value, tuple):
                end = value[1]
                moment.dt = (
                    first.replace(tzinfo=zone),
                    end if isinstance(end, timedelta) else end.replace(tzinfo=zone),
                )
            else:
                moment.dt = value.replace(tzinfo=zone)


def _zone(name: str, block: _Block, read: _Read) -> tzinfo | None:
    """The zone of a name; None, with the problem said, when it is known to nobody."""
    if not name:
        doubt = _("It names no time zone: the portal's own was taken.")
        if doubt not in read.doubts:
            read.doubts.append(doubt)
        return ZoneInfo(settings.TIME_ZONE)
    zone = block.zones.get(name) or known_zone(name)
    if zone is None:
        read.problem = _("Its time zone “%(name)s” is not known.") % {"name": name[:60]}
    return zone


def _check(read: _Read, broken: list[str], lines: list[str]) -> None:
    """Say what is wrong with the beginning and the end of an event, and take away an end that makes no sense."""
    event = read.event
    start = _moment(event, "DTSTART")
    if read.problem:
        return
    if start is None:
        written = next((line.partition(":")[2] for line in lines if line.upper().startswith("DTSTART")), "")
        day = event.get("DTSTART")
        if day is not None and isinstance(getattr(day, "dt", None), date):
            read.problem = _("It lasts the whole day: enter the time at which the session begins.")
        elif written:
            read.problem = _("“%(value)s” is no moment.") % {"value": written[:40]}
        else:
            read.problem = _("It does not say when it begins.")
        return
    if not 1900 < start.year < 2200:
        read.problem = _("Its date cannot be right.")
        return
    if {"RRULE", "RDATE"} & set(broken):
        read.doubts.append(_("How it repeats cannot be read: only the first time was taken."))
    if "EXDATE" in broken:
        read.doubts.append(_("A day that it leaves out cannot be read. Look whether every session takes place."))
    end = _end(event, start)
    if (end is None and ("DTEND" in event or "DURATION" in event)) or {"DTEND", "DURATION"} & set(broken):
        read.doubts.append(_("Its end makes no sense and was left out."))
    if end is None:
        for name in ("DTEND", "DURATION"):
            event.pop(name, None)


def _end(event: Event, start: datetime) -> datetime | None:
    end = _moment(event, "DTEND")
    if end is None and isinstance(length := getattr(event.get("DURATION"), "dt", None), timedelta):
        end = start + length if timedelta(0) < length <= LONGEST else None
    return end if end and timedelta(0) < end - start <= LONGEST else None


def _is_series(read: _Read) -> bool:
    return not read.problem and ("RRULE" in read.event or "RDATE" in read.event)


def _series(read: _Read, others: list[_Read]) -> Iterator[Session | Series]:
    """The sessions of a series that take place, each by itself; then the series."""
    event, now, doubts, is_whole = read.event, timezone.now(), list(read.doubts), True
    if read.called_off:
        yield _session(event, read, "")
        return
    _give_days_their_time(others, _moment(event, "DTSTART"))
    latest, earliest = now + LATEST_AHEAD, EARLIEST
    rules = event.get("RRULE", [])
    rules = rules if isinstance(rules, list) else [rules]
    event.pop("RRULE", None)
    for rule in rules:
        written = _UNTIL_DAY.sub(r"\1T235959Z", rule.to_ical().decode())
        if _ODD.search(written):
            doubts.append(_("How it repeats cannot be read: only the first time was taken."))
            is_whole = False
            continue
        if not re.search("COUNT=|UNTIL=", written):
            earliest, latest = now - ENDLESS, min(latest, now + ENDLESS)
            said = {"first": _day(max(earliest, _moment(event, "DTSTART"))), "last": _day(latest)}
            doubts.append(_("It repeats without end: the sessions from %(first)s to %(last)s were taken.") % said)
        # A rule that never comes true (30 February) would be looked for until the year 9999.
        until = _UNTIL.search(written)
        if until is None:
            written += f";UNTIL={_utc(latest)}"
        elif until[1] > _utc(latest):
            written = written.replace(until[0], f"UNTIL={_utc(latest)}")
        event.add("RRULE", Event.from_ical(f"BEGIN:VEVENT\r\nRRULE:{written}\r\nEND:VEVENT")["RRULE"])
    try:
        found = _unrolled(event, [one.event for one in others if not one.problem], earliest, latest)
    except Exception:  # a library, on rules from outside
        logger.warning("a series of a calendar could not be unrolled", exc_info=True)
        alone = _session(event, read, "")
        alone.doubts.append(_("How it repeats cannot be read: only the first time was taken."))
        yield alone
        return
    if not found:
        nothing = _session(event, read, "")
        nothing.problem = nothing.problem or _("No session of this series was or will be held in these years.")
        yield nothing
    if len(found) > MOST_OF_A_SERIES:
        found, is_whole = found[:MOST_OF_A_SERIES], False
        doubts.append(_("It repeats very often: the first %(number)s times were taken.") % {"number": len(found)})
    changes, told = {one.recurrence: one for one in others}, set()
    first = _utc(_moment(event, "DTSTART"))
    for occurrence in found:
        recurrence = _utc(_moment(occurrence, "RECURRENCE-ID") or _moment(occurrence, "DTSTART"))
        change = changes.get(recurrence)
        if recurrence in told:
            # A change of this session and all that follow: each of them comes with the time of the first.
            recurrence = _utc(_moment(occurrence, "DTSTART"))
        session = _session(occurrence, change or read, recurrence)
        session.doubts = list(change.doubts) if change else []
        session.is_first = recurrence == first
        if doubts:
            session.doubts, doubts = [*doubts, *session.doubts], []
        told.add(recurrence)
        yield session
    for one in others:
        if one.problem and one.recurrence not in told:
            yield _session(one.event, one, one.recurrence)
    # A session that is left out because it cannot be used still takes place: it must not count as gone.
    if is_whole and all(_is_usable(one) for one in (read, *others)):
        left_out = tuple(_utc(moment.dt) for moment in _all_moments(event, "EXDATE") if isinstance(moment.dt, datetime))
        yield Series(read.uid, left_out, _changed(event))


def _give_days_their_time(others: list[_Read], start: datetime) -> None:
    """Where a change names only the day of its session, take the time of the series: only a moment finds a session."""
    for other in others:
        for moment in _all_moments(other.event, "RECURRENCE-ID"):
            if isinstance(moment.dt, date) and not isinstance(moment.dt, datetime):
                moment.dt = datetime.combine(moment.dt, start.time(), start.tzinfo)
                moment.params.pop("VALUE", None)


def _is_usable(read: _Read) -> bool:
    return not read.problem and (read.called_off or bool(_text(read.event, "SUMMARY").strip()))


def _unrolled(event: Event, others: list[Event], earliest: datetime, latest: datetime) -> list[Event]:
    calendar = Calendar()
    for one in (event, *others):
        calendar.add_component(one)
    with warnings.catch_warnings():
        # A number of times and an end together: dateutil heeds both, and warns.
        warnings.simplefilter("ignore", DeprecationWarning)
        found = recurring_ical_events.of(calendar).between(earliest, latest)
    return sorted(found, key=lambda one: _moment(one, "DTSTART") or latest)


def _session(event: Event, read: _Read, recurrence: str) -> Session:
    start = _moment(event, "DTSTART")
    return Session(
        uid=read.uid,
        recurrence=recurrence,
        written_recurrence=read.written_recurrence,
        summary=_text(event, "SUMMARY"),
        description=_text(event, "DESCRIPTION"),
        html=_text(event, "X-ALT-DESC"),
        place=_text(event, "LOCATION"),
        links=[_text(event, name) for name in _LINKS],
        start=start,
        end=_end(event, start) if start and not read.problem else None,
        changed=_changed(event),
        called_off=read.called_off,
        problem=read.problem,
        doubts=list(read.doubts),
    )


_LINKS = (
    "URL",
    "CONFERENCE",
    "X-GOOGLE-CONFERENCE",
    "X-MICROSOFT-SKYPETEAMSMEETINGURL",
    "X-MICROSOFT-ONLINEMEETINGCONFLINK",
)


def _text(event: Event, name: str) -> str:
    value = event.get(name, "")
    value = next(iter(value), "") if isinstance(value, list) else value
    return re.sub(r"\\n", "\n", str(value), flags=re.IGNORECASE) if name == "X-ALT-DESC" else str(value)


def _moment(event: Event, name: str) -> datetime | None:
    moments = [moment.dt for moment in _all_moments(event, name)]
    return moments[0] if moments and isinstance(moments[0], datetime) else None


def _all_moments(event: Event, name: str) -> list:
    value = event.get(name)
    values = value if isinstance(value, list) else [value] if value is not None else []
    return [moment for one in values for moment in getattr(one, "dts", [one]) if hasattr(moment, "dt")]


def _changed(event: Event) -> datetime | None:
    found = _moment(event, "LAST-MODIFIED") or _moment(event, "DTSTAMP")
    return found if found is None or found.tzinfo else found.replace(tzinfo=UTC)


def _utc(moment: datetime) -> str:
    if not 1900 < moment.year < 9000:
        return f"{moment:%Y%m%dT%H%M%S}"  # no clock was ever put right for those
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _day(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "DATE_FORMAT")
