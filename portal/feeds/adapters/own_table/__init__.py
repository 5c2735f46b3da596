"""The portal's own table of webinars: one row each, in a spreadsheet that staff fill in (feeds.md 2.4)."""

import re
from collections import defaultdict
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.feeds.adapters.base import ItemValues, Unusable
from portal.feeds.adapters.file_base import FileAdapter, Read
from portal.feeds.adapters.own_table.columns import COLUMNS, column_of
from portal.feeds.adapters.own_table.durations import seconds_of
from portal.feeds.platforms.linkedin.post_ids import post_in
from portal.feeds.platforms.youtube.video_ids import video_in
from portal.feeds.reading.dates import in_range
from portal.feeds.reading.item_ids import hashed
from portal.feeds.reading.kind_guess import guess_kind
from portal.feeds.reading.tables import Row, header, rows, table
from portal.feeds.reading.text import clean_text, clean_title
from portal.feeds.reading.web_addresses import web_address

EXAMPLE = _("Example: delete this row")
_DATE = re.compile(
    r"(?:(?P<y>\d{4})[-./](?P<m>\d{1,2})[-./](?P<d>\d{1,2})|(?P<D>\d{1,2})[-./](?P<M>\d{1,2})[-./](?P<Y>\d{4}|\d\d))"
    r"[ T,]+(?P<hour>\d{1,2})"
    r"(?:[:.](?P<minute>\d\d)(?::\d\d)?(?: ?(?:uur|uhr|u|h))?| ?(?:uur|uhr|u|h) ?(?P<past>\d\d)?)",
    re.IGNORECASE,
)


class OwnTable(FileAdapter):
    """Reads the table that `template()` gives, filled in."""

    kind = "own_table"
    label = _("Own table (CSV)")
    asks_for = _("The table of this portal, saved as CSV: one webinar on each row.")
    note = _(
        "A length is hours and minutes (1:12, 1 h 12), minutes (72, 72 min), or hours, minutes and seconds (1:12:30). "
        "From 10:00 on, two numbers are minutes and seconds (72:30)."
    )
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
        read.items = _apart(read.items)
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
        web_address(cells.get("website", "")),
    )
    for name, found in (("youtube", video), ("linkedin", post), ("website", website)):
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
    length = seconds_of(cells.get("length", ""))
    if cells.get("length") and length is None:
        unclear = gettext("“%(value)s” is no clear length, so it was left out. Write it as 1:12:30 or as 72 min.")
        read.doubt(row.line, unclear % {"value": cells["length"][:40]})
    identities = [f"yt:{video}"] if video else []
    identities += [post.external_id] if post else []
    own = "own:" + hashed(title, str(moment))
    if not identities:
        identities = ["web:" + hashed(website) if website else own]
    text = clean_text("\n\n".join(part for part in (cells.get("text"), cells.get("speakers")) if part))
    read.items.append(
        ItemValues(
            external_id=identities[0],
            aliases=tuple(identities[1:]),
            formerly=(own,),
            title=title,
            text=text,
            url=f"https://www.youtube.com/watch?v={video}" if video else post.url if post else website,
            thumbnail_url=f"https://i.ytimg.com/vi/{video}/hqdefault.jpg" if video else "",
            published_at=post.moment if post and not video else moment,
            updated_at=None,
            kind_guess=guess_kind(title, text),
            duration_s=length,
            event_start=moment,
        )
    )


def _apart(items: list[ItemValues]) -> list[ItemValues]:
    """The items, with those that only share the address of a website told apart by their title and moment."""
    titles = defaultdict(set)
    for values in items:
        titles[values.external_id].add(values.title)
    return [
        replace(values, external_id=values.formerly[0], formerly=(values.external_id,))
        if values.external_id.startswith("web:") and len(titles[values.external_id]) > 1
        else values
        for values in items
    ]


def _examples() -> set[str]:
    found = set()
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found.add(str(EXAMPLE))
    return found


def _moment(written: str) -> tuple[datetime | None, bool]:
    """The moment that somebody wrote, in the portal's own time zone; and whether it was written but cannot be read."""
    written = " ".join(written.split())
    if not written:
        return None, False
    if not (match := _DATE.fullmatch(written)):
        return None, True
    part = match.groupdict()
    year = int(part["y"] or part["Y"])
    numbers = (part["m"] or part["M"], part["d"] or part["D"], part["hour"], part["minute"] or part["past"] or 0)
    try:
        found = datetime(year if year > 99 else 2000 + year, *map(int, numbers), tzinfo=ZoneInfo(settings.TIME_ZONE))
    except ValueError:
        return None, True
    return in_range(found)
