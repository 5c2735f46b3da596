"""Calendar files (.ics): each event is a session to come, or one that was held."""

from hashlib import sha256

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.feeds.adapters.calendar_file.ical import Event, events_in
from portal.feeds.contract import ItemValues, Unusable
from portal.feeds.document import decoded
from portal.feeds.files import MAX_ROWS, FileAdapter, Read
from portal.feeds.guess import guess_kind
from portal.feeds.moments import in_range
from portal.feeds.text import clean_text, clean_title


class CalendarFile(FileAdapter):
    """Reads the events of one or several calendars in a file."""

    kind = "calendar_file"
    label = _("Calendar (.ics)")
    asks_for = _("A calendar file, as Outlook, Google or Zoom gives it.")
    endings = (".ics",)

    def recognises(self, name: str, content: bytes) -> bool:
        return b"BEGIN:VCALENDAR" in content[:2000].upper() or b"BEGIN:VEVENT" in content[:2000].upper()

    def read(self, name: str, content: bytes) -> Read:
        read = Read()
        for number, event in enumerate(events_in(decoded(content)), start=1):
            if number > MAX_ROWS:
                left = gettext("The file has more than %(number)s rows; the rest was left out.")
                read.leave_out(number, left % {"number": MAX_ROWS})
                break
            _read_event(event, f"{number}: {clean_title(event.summary)[:60]}", read)
        if not read.items and not read.remarks:
            raise Unusable("empty", _("There is no event in this calendar."))
        return read


def _read_event(event: Event, where: str, read: Read) -> None:
    title, text = clean_title(event.summary), clean_text(event.description)
    if event.problem:
        read.leave_out(where, event.problem)
        return
    start, strange = in_range(event.start)
    if strange:
        read.leave_out(where, gettext("Its date cannot be right."))
        return
    if not title:
        read.leave_out(where, gettext("It has no title."))
        return
    for doubt in event.doubts:
        read.doubt(where, doubt)
    key = f"{event.uid}\n{event.recurrence}" if event.uid else f"{title}\n{start}"
    read.items.append(
        ItemValues(
            external_id="ics:" + sha256(key.encode()).hexdigest()[:40],
            title=title,
            text=text,
            url=event.url if event.url.startswith(("https://", "http://")) and len(event.url) <= 500 else "",
            thumbnail_url="",
            published_at=None,
            updated_at=None,
            kind_guess=guess_kind(title, text),
            event_start=start,
            event_end=event.end,
        )
    )
