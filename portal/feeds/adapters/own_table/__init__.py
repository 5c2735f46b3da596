"""The portal's own table of webinars, a CSV with one row for each, which staff fill in (docs/feed-rules.md 2.4)."""

import re
from collections import defaultdict
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.feeds.adapters.file_base import FileAdapter
from portal.feeds.adapters.own_table.columns import COLUMNS, column_for
from portal.feeds.adapters.own_table.durations import parse_duration
from portal.feeds.errors import UnusableDocument
from portal.feeds.item_values import ItemValues
from portal.feeds.platforms.linkedin.post_ids import find_post
from portal.feeds.platforms.youtube.video_ids import external_id_of, find_video_id, thumbnail_url_of, watch_url
from portal.feeds.reading.dates import check_plausible
from portal.feeds.reading.file_contents import FileContents
from portal.feeds.reading.item_ids import short_hash
from portal.feeds.reading.kind_guess import guess_item_kind
from portal.feeds.reading.tables import Row, read_header, read_rows, write_table
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
    """Reads the table of `empty_table()` once it is filled in."""

    kind = "own_table"
    label = _("Own table (CSV)")
    asks_for = _("The table of this portal, saved as CSV: one webinar on each row.")
    note = _(
        "A length is hours and minutes (1:12, 1 h 12), minutes (72, 72 min), or hours, minutes and seconds (1:12:30). "
        "From 10:00 on, two numbers are minutes and seconds (72:30)."
    )
    endings = (".csv",)
    session_prefixes = ("own:",)

    def recognises(self, name: str, content: bytes) -> bool:
        names = {column_for(word) for word in read_header(content)}
        return {"title", "youtube"} <= names or {"title", "date"} <= names

    def read(self, name: str, content: bytes) -> FileContents:
        contents = FileContents()
        for row in read_rows(content, contents):
            cells = {column_for(word): cell for word, cell in row.cells.items()}
            if cells.get("title") in _example_titles():
                contents.warn(row.line, gettext("This is the example row; it was left out."))
            else:
                _add_row(row, cells, contents)
        if not contents.items and not contents.remarks:
            raise UnusableDocument("empty", _("There is no row in this table."))
        contents.items = _with_unique_ids(contents.items)
        return contents


def empty_table() -> str:
    """Return the table to fill in, with its columns and an example in the active language."""
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
    return write_table([str(COLUMNS[name]) for name in COLUMNS], [example[name] for name in COLUMNS])


def _add_row(row: Row, cells: dict[str, str], contents: FileContents) -> None:
    title = clean_title(cells.get("title", ""))
    video, post, website = (
        find_video_id(cells.get("youtube", "")),
        find_post(cells.get("linkedin", "")),
        web_address(cells.get("website", "")),
    )
    for name, recognised in (("youtube", video), ("linkedin", post), ("website", website)):
        if cells.get(name) and not recognised:
            contents.leave_out(
                row.line, gettext("“%(value)s” is no address for this column.") % {"value": cells[name][:80]}
            )
            return
    if not title:
        contents.leave_out(row.line, gettext("It has no title."))
        return
    start, is_invalid = _parse_date(cells.get("date", ""))
    if is_invalid:
        contents.leave_out(
            row.line,
            gettext("“%(value)s” is no date. Write it as 2021-09-21 14:00.") % {"value": cells["date"][:40]},
        )
        return
    duration_s = parse_duration(cells.get("length", ""))
    if cells.get("length") and duration_s is None:
        unclear = gettext("“%(value)s” is no clear length, so it was left out. Write it as 1:12:30 or as 72 min.")
        contents.warn(row.line, unclear % {"value": cells["length"][:40]})
    identities = [external_id_of(video)] if video else []
    identities += [post.external_id] if post else []
    own_id = "own:" + short_hash(title, str(start))
    if not identities:
        identities = ["web:" + short_hash(website) if website else own_id]
    text = clean_text("\n\n".join(part for part in (cells.get("text"), cells.get("speakers")) if part))
    contents.items.append(
        ItemValues(
            external_id=identities[0],
            aliases=tuple(identities[1:]),
            former_ids=(own_id,),
            title=title,
            text=text,
            url=watch_url(video) if video else post.url if post else website,
            thumbnail_url=thumbnail_url_of(video) if video else "",
            published_at=post.created_at if post and not video else start,
            kind_guess=guess_item_kind(title, text),
            duration_s=duration_s,
            event_start=start,
        )
    )


def _with_unique_ids(items: list[ItemValues]) -> list[ItemValues]:
    """Return the items; those with the address of one website and different titles get ids of title and date."""
    titles: dict[str, set[str]] = defaultdict(set)
    for values in items:
        titles[values.external_id].add(values.title)
    return [
        replace(values, external_id=values.former_ids[0], former_ids=(values.external_id,))
        if values.external_id.startswith("web:") and len(titles[values.external_id]) > 1
        else values
        for values in items
    ]


def _example_titles() -> set[str]:
    titles = set()
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            titles.add(str(EXAMPLE))
    return titles


def _parse_date(written: str) -> tuple[datetime | None, bool]:
    """Parse a date and time in the portal's own time zone; return it, and whether something else was written."""
    written = " ".join(written.split())
    if not written:
        return None, False
    if not (match := _DATE.fullmatch(written)):
        return None, True
    part = match.groupdict()
    year = int(part["y"] or part["Y"])
    month, day, hour = int(part["m"] or part["M"]), int(part["d"] or part["D"]), int(part["hour"])
    minute, zone = int(part["minute"] or part["past"] or 0), ZoneInfo(settings.TIME_ZONE)
    try:
        parsed = datetime(year if year > 99 else 2000 + year, month, day, hour, minute, tzinfo=zone)
    except ValueError:
        return None, True
    return check_plausible(parsed)
