"""The portal's own table of webinars: one row each, in a spreadsheet that staff fill in (feeds.md 2.4)."""

import re
from datetime import datetime
from hashlib import sha256
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.core.numbers import whole_number
from portal.feeds.adapters.own_table.columns import COLUMNS, column_of
from portal.feeds.contract import ItemValues, Unusable
from portal.feeds.files import FileAdapter, Read
from portal.feeds.guess import guess_kind
from portal.feeds.linkedin import post_in
from portal.feeds.moments import in_range
from portal.feeds.tables import Row, header, rows, table
from portal.feeds.text import clean_text, clean_title
from portal.feeds.youtube import video_in

EXAMPLE = _("Example: delete this row")
_DATES = ("%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M", "%d.%m.%Y %H:%M", "%d-%m-%Y %H:%M")
_CLOCK = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)")


class OwnTable(FileAdapter):
    """Reads the table that `template()` gives, filled in."""

    kind = "own_table"
    label = _("Own table (CSV)")
    asks_for = _("The table of this portal, saved as CSV: one webinar on each row.")
    endings = (".csv",)

    def recognises(self, name: str, content: bytes) -> bool:
        names = {column_of(word) for word in header(content)}
        return {"title", "youtube"} <= names or {"title", "date"} <= names

    def read(self, name: str, content: bytes) -> Read:
        read = Read()
        for row in rows(content, read):
            cells = {column_of(word): cell for word, cell in row.cells.items()}
            if cells.get("title") in _examples():
                read.doubt(row.line, gettext("This is the row of the example; it was passed over."))
            else:
                _read_row(row, cells, read)
        if not read.items and not read.remarks:
            raise Unusable("empty", _("There is no row in this table."))
        return read


def template() -> str:
    """The table to fill in, with its columns and an example in the language of who asks."""
    example = {
        "title": str(EXAMPLE),
        "date": "2021-09-21 14:00",
        "length": "1:12:30",
        "speakers": "",
        "youtube": "https://www.youtube.com/watch?v=…",
        "linkedin": "urn:li:activity:…",
        "website": "",
        "text": "",
    }
    return table([str(COLUMNS[name]) for name in COLUMNS], [example[name] for name in COLUMNS])


def _read_row(row: Row, cells: dict[str, str], read: Read) -> None:
    title = clean_title(cells.get("title", ""))
    video, post, website = (
        video_in(cells.get("youtube", "")),
        post_in(cells.get("linkedin", "")),
        cells.get("website", ""),
    )
    for name, found in (("youtube", video), ("linkedin", post), ("website", website.startswith("http"))):
        if cells.get(name) and not found:
            read.leave_out(
                row.line, gettext("“%(value)s” is no address for this column.") % {"value": cells[name][:80]}
            )
            return
    if not title:
        read.leave_out(row.line, gettext("It has no title."))
        return
    moment, strange = _moment(cells.get("date", ""))
    if strange:
        read.leave_out(
            row.line,
            gettext("“%(value)s” is no date. Write it as 2021-09-21 14:00.") % {"value": cells["date"][:40]},
        )
        return
    identities = [f"yt:{video}"] if video else []
    identities += [post.external_id] if post else []
    if not identities:
        key = website or f"{title}\n{moment}"
        identities = [("web:" if website else "own:") + sha256(key.encode()).hexdigest()[:40]]
    text = clean_text("\n\n".join(part for part in (cells.get("text"), cells.get("speakers")) if part))
    read.items.append(
        ItemValues(
            external_id=identities[0],
            aliases=tuple(identities[1:]),
            title=title,
            text=text,
            url=f"https://www.youtube.com/watch?v={video}" if video else post.url if post else website[:500],
            thumbnail_url=f"https://i.ytimg.com/vi/{video}/hqdefault.jpg" if video else "",
            published_at=post.moment if post and not video else moment,
            updated_at=None,
            kind_guess=guess_kind(title, text),
            duration_s=_seconds(cells.get("length", "")),
            event_start=moment,
        )
    )


def _examples() -> set[str]:
    found = set()
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found.add(str(EXAMPLE))
    return found


def _moment(written: str) -> tuple[datetime | None, bool]:
    """The moment that somebody wrote, in the portal's own time zone; and whether it was written but cannot be read."""
    written = " ".join(written.replace("T", " ").split())
    if not written:
        return None, False
    if re.fullmatch(r"\d{1,4}[-./]\d{1,2}[-./]\d{1,4}", written):
        return None, True
    for form in _DATES:
        try:
            found = datetime.strptime(written[:16], form)
        except ValueError:
            continue
        return in_range(found.replace(tzinfo=ZoneInfo(settings.TIME_ZONE)))
    return None, True


def _seconds(written: str) -> int | None:
    """The length in seconds of "1:12:30", "72:30" or a number of minutes; None when it is none of them."""
    if match := _CLOCK.fullmatch(written.strip()):
        hours, minutes, seconds = (int(number or 0) for number in match.groups())
        return hours * 3600 + minutes * 60 + seconds
    minutes = whole_number(written)
    return minutes * 60 if minutes is not None and minutes <= 24 * 60 else None
