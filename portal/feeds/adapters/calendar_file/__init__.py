"""Calendar files (.ics): each event is a session to come, or one that was held."""

import re
from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.feeds.adapters.base import ItemValues, Unusable
from portal.feeds.adapters.calendar_file.ical import Series, Session, sessions_in, unfolded
from portal.feeds.adapters.file_base import MAX_ROWS, FileAdapter, Read
from portal.feeds.reading.dates import in_range
from portal.feeds.reading.kind_guess import guess_kind
from portal.feeds.reading.text import clean_text, clean_title, text_of_html
from portal.feeds.reading.xml_document import decoded

_IS_ADDRESS = URLValidator(schemes=["http", "https"])
# Where one takes part; an invitation has other addresses too (help, options, a map).
_MEETING = re.compile(
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

    def recognises(self, name: str, content: bytes) -> bool:
        beginning = content[:4000].replace(b"\x00", b"").upper()
        return b"BEGIN:VCALENDAR" in beginning or b"BEGIN:VEVENT" in beginning

    def read(self, name: str, content: bytes) -> Read:
        read, number = Read(), 0
        for found in sessions_in(decoded(unfolded(content))):
            if isinstance(found, Series):
                _note_series(found, read)
                continue
            number += 1
            if number > MAX_ROWS:
                left = gettext("The file has more than %(number)s rows; the rest was left out.")
                read.leave_out(number, left % {"number": MAX_ROWS})
                break
            _read_session(found, f"{number}: {clean_title(found.summary)[:60]}", read)
        _tell_days_apart(read)
        if not read.items and not read.remarks:
            raise Unusable("empty", _("There is no event in this calendar."))
        return read


def identity(uid: str, recurrence: str = "", written: str = "") -> str:
    """Who a session is: an event by its UID, one of a series by that and the time (UTC) that its series gave it.

    `written` is for the sessions that came in before series were read: they were known by what the file had.
    """
    event = "ics:" + sha256(f"{uid}\n{written}".encode()).hexdigest()[:40]
    return f"{event}:{recurrence}" if recurrence else event


def _read_session(session: Session, where: str, read: Read) -> None:
    title = clean_title(session.summary)
    if session.called_off and session.uid:
        read.called_off[identity(session.uid, session.recurrence)] = session.changed
        if session.written_recurrence:
            read.called_off[identity(session.uid, written=session.written_recurrence)] = session.changed
        read.leave_out(where, gettext("It was called off."))
        return
    if session.problem:
        read.leave_out(where, session.problem)
        return
    start, strange = in_range(session.start)
    if strange:
        read.leave_out(where, gettext("Its date cannot be right."))
        return
    if not title:
        read.leave_out(where, gettext("It has no title."))
        return
    for doubt in session.doubts:
        read.doubt(where, doubt)
    text = clean_text(session.description) or clean_text(text_of_html(session.html))
    place = clean_text(session.place)
    link = _link(session, text)
    if place and place not in text and place != link:
        text = clean_text(f"{text}\n\n{place}")
    external_id, *aliases = _identities(session, title, start)
    read.items.append(
        ItemValues(
            external_id=external_id,
            aliases=tuple(aliases),
            title=title,
            text=text,
            url=link,
            thumbnail_url="",
            published_at=None,
            updated_at=session.changed,
            kind_guess=guess_kind(title, text),
            event_start=start,
            event_end=session.end,
        )
    )


def _identities(session: Session, title: str, start: datetime) -> list[str]:
    """The identity of a session, then those under which it may be known from before."""
    if not session.uid:
        return [identity(title, written=str(start))]
    found = [identity(session.uid, session.recurrence)]
    if session.written_recurrence:
        found.append(identity(session.uid, written=session.written_recurrence))
    if session.is_first:
        found.append(identity(session.uid))
    if session.recurrence:
        # A series whose hour moves has the same sessions at other hours.
        found.append(identity(session.uid, session.recurrence[:8]))
    return found


def _tell_days_apart(read: Read) -> None:
    """Take the day away as an identity where a series has two sessions on one."""
    by_day: dict[str, int] = {}
    for values in read.items:
        for name in values.aliases:
            by_day[name] = by_day.get(name, 0) + 1
    shared = {name for name, times in by_day.items() if times > 1}
    if shared:
        read.items = [
            replace(values, aliases=tuple(name for name in values.aliases if name not in shared))
            for values in read.items
        ]


def _note_series(series: Series, read: Read) -> None:
    read.complete[identity(series.uid) + ":"] = series.changed
    for recurrence in series.left_out:
        read.called_off[identity(series.uid, recurrence)] = series.changed


def _link(session: Session, text: str) -> str:
    """The address of a session on the web: its own, else where one takes part; "" when there is none."""
    meeting = _MEETING.search(f"{session.place}\n{session.html}\n{text}")
    for link in (*session.links, session.place, meeting[0].rstrip(".,;)>") if meeting else ""):
        link = link.strip()
        try:
            _IS_ADDRESS(link)
        except ValidationError:
            continue
        if len(link) <= 500:
            return link
    return ""
