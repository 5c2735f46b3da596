"""Splits the text of a calendar into its events and time zones."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import tzinfo

from portal.feeds.adapters.calendar_file.zones import parse_vtimezone

CUT_MARK = "X-CUT:"  # last line of an event that ends with the file instead of END:VEVENT


@dataclass
class CalendarBlock:
    """The lines of one calendar: its own properties, its events and its time zones."""

    properties: dict[str, str] = field(default_factory=dict)
    events: list[list[str]] = field(default_factory=list)
    zones: dict[str, tzinfo | None] = field(default_factory=dict)


def unfold(content: bytes) -> bytes:
    """Join folded lines. Lines are folded as bytes, even inside a character (RFC 5545, 3.1)."""
    return re.sub(rb"(?:\r\n|\r|\n)[ \t]", b"", content)


def split_calendars(text: str) -> Iterator[CalendarBlock]:
    """Yield the calendars in a text that have events. Events outside any calendar form one too."""
    text = re.sub(r"(?:\r\n|\r|\n)[ \t]", "", text)
    calendars, inside, lines = [CalendarBlock()], list[str](), list[str]()
    for line in re.split(r"[\r\n]+", text):
        line = line.strip("\ufeff\x00 \t")
        name, _colon, value = line.partition(":")
        name, value = name.strip().upper(), value.strip()
        if name == "BEGIN":
            inside.append(value.upper())
            if inside[-1] == "VCALENDAR":
                inside = ["VCALENDAR"]
                calendars.append(CalendarBlock())
            elif inside[-1] in ("VEVENT", "VTIMEZONE"):
                if "VEVENT" in inside[:-1]:
                    calendars[-1].events.append(lines)  # its own END is missing
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
                calendars[-1].zones[_zone_name(lines)] = parse_vtimezone(lines)
            while inside.pop() != value.upper():
                pass
    if "VEVENT" in inside:
        calendars[-1].events.append([*lines, CUT_MARK])
    yield from (calendar for calendar in calendars if calendar.events)


def unquote_zone_name(written: str) -> str:
    """Return the name of a zone without quotation marks and backslashes."""
    return re.sub(r"\\(.)", r"\1", written.strip().strip('"'))


def _zone_name(lines: list[str]) -> str:
    written = next((line.partition(":")[2] for line in lines if line.upper().startswith("TZID")), "")
    return unquote_zone_name(written)
