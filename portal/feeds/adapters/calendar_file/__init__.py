"""Calendar files (.ics): each event is a future or past session."""

import re
from collections import Counter
from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.feeds.adapters.calendar_file.components import unfold
from portal.feeds.adapters.calendar_file.ical import read_sessions
from portal.feeds.adapters.calendar_file.sessions import Series, Session
from portal.feeds.adapters.file_base import FileAdapter
from portal.feeds.errors import UnusableDocument
from portal.feeds.item_values import ItemValues
from portal.feeds.reading.dates import check_plausible
from portal.feeds.reading.file_contents import MAX_ROWS, FileContents
from portal.feeds.reading.kind_guess import guess_item_kind
from portal.feeds.reading.text import clean_text, clean_title, html_to_text
from portal.feeds.reading.xml_document import decoded

_IS_ADDRESS = URLValidator(schemes=["http", "https"])
# Addresses of online meetings; an invitation has other addresses too (help, options, a map).
_MEETING_URL = re.compile(
    r"https://(?:[\w-]+\.)*(?:teams\.microsoft\.com|teams\.live\.com|zoom\.us|meet\.google\.com|webex\.com"
    r"|whereby\.com|livestorm\.co|gotowebinar\.com)/[^\s<>\"]+",
    re.IGNORECASE,
)


class CalendarFile(FileAdapter):
    """Reads the events of one or several calendars in a file."""

    kind = "calendar_file"
    label = _("Calendar (.ics)")
    asks_for = _("A calendar file, as Outlook, Google or Zoom gives it.")
    note = _("Of a series without end the sessions of a year back and a year ahead are taken.")
    endings = (".ics",)
    session_prefixes = ("ics:",)

    def recognises(self, name: str, content: bytes) -> bool:
        beginning = content[:4000].replace(b"\x00", b"").upper()
        return b"BEGIN:VCALENDAR" in beginning or b"BEGIN:VEVENT" in beginning

    def read(self, name: str, content: bytes) -> FileContents:
        contents, number = FileContents(), 0
        for session in read_sessions(decoded(unfold(content))):
            if isinstance(session, Series):
                _add_series(session, contents)
                continue
            number += 1
            if number > MAX_ROWS:
                contents.leave_out_rest(number)
                break
            _add_session(session, f"{number}: {clean_title(session.summary)[:60]}", contents)
        _remove_ambiguous_days(contents)
        if not contents.items and not contents.remarks:
            raise UnusableDocument("empty", _("There is no event in this calendar."))
        return contents


def identity(uid: str, recurrence: str = "", written: str = "") -> str:
    """Return the id of a session: the UID of its event, and in a series the time (UTC) that the series gives it.

    `written` is for sessions imported before series were expanded, whose id has the time as the file wrote it.
    """
    event = "ics:" + sha256(f"{uid}\n{written}".encode()).hexdigest()[:40]
    return f"{event}:{recurrence}" if recurrence else event


def _add_session(session: Session, where: str, contents: FileContents) -> None:
    title = clean_title(session.summary)
    if session.called_off and session.uid:
        contents.called_off[identity(session.uid, session.recurrence)] = session.changed
        if session.written_recurrence:
            contents.called_off[identity(session.uid, written=session.written_recurrence)] = session.changed
        contents.leave_out(where, gettext("It was called off."))
        return
    if session.problem:
        contents.leave_out(where, session.problem)
        return
    start, is_implausible = check_plausible(session.start)
    if is_implausible:
        contents.leave_out(where, gettext("Its date cannot be right."))
        return
    if not title:
        contents.leave_out(where, gettext("It has no title."))
        return
    for warning in session.warnings:
        contents.warn(where, warning)
    text = clean_text(session.description) or clean_text(html_to_text(session.html))
    place = clean_text(session.place)
    link = _link(session, text)
    if place and place not in text and place != link:
        text = clean_text(f"{text}\n\n{place}")
    external_id, *aliases = _identities(session, title, start)
    contents.items.append(
        ItemValues(
            external_id=external_id,
            aliases=tuple(aliases),
            title=title,
            text=text,
            url=link,
            updated_at=session.changed,
            kind_guess=guess_item_kind(title, text),
            event_start=start,
            event_end=session.end,
        )
    )


def _identities(session: Session, title: str, start: datetime | None) -> list[str]:
    """Return the id of a session, then the ids under which it may have been imported before."""
    if not session.uid:
        return [identity(title, written=str(start))]
    ids = [identity(session.uid, session.recurrence)]
    if session.written_recurrence:
        ids.append(identity(session.uid, written=session.written_recurrence))
    if session.is_first:
        ids.append(identity(session.uid))
    if session.recurrence:
        # By its day: a series that moves to another hour keeps its sessions.
        ids.append(identity(session.uid, session.recurrence[:8]))
    return ids


def _remove_ambiguous_days(contents: FileContents) -> None:
    """Remove the day as an id where a series has two sessions on one day."""
    times = Counter(name for values in contents.items for name in values.aliases)
    contents.items = [
        replace(values, aliases=tuple(name for name in values.aliases if times[name] == 1)) for values in contents.items
    ]


def _add_series(series: Series, contents: FileContents) -> None:
    contents.complete[identity(series.uid) + ":"] = series.changed
    for recurrence in series.excluded:
        contents.called_off[identity(series.uid, recurrence)] = series.changed


def _link(session: Session, text: str) -> str:
    """Return the address of a session on the web, else of its online meeting; "" if there is none."""
    meeting = _MEETING_URL.search(f"{session.place}\n{session.html}\n{text}")
    for link in (*session.links, session.place, meeting[0].rstrip(".,;)>") if meeting else ""):
        link = link.strip()
        try:
            _IS_ADDRESS(link)
        except ValidationError:
            continue
        if len(link) <= 500:
            return link
    return ""
