"""The tables of Google Takeout: `videos.csv`, which replaced JSON in 2021.

Google names the columns in the language of the account, and changes the names now and then. So a column is recognised
by a word in its name, in the languages of the portal, and a video by the form of its id.
"""

import re
from collections.abc import Iterator

from portal.feeds.choices import Reason
from portal.feeds.item_values import ItemValues
from portal.feeds.platforms.youtube.video_ids import VIDEO_ID, external_id_of, thumbnail_url_of, watch_url
from portal.feeds.reading.dates import parse_iso_datetime
from portal.feeds.reading.file_contents import FileContents
from portal.feeds.reading.kind_guess import guess_item_kind
from portal.feeds.reading.tables import read_header, read_rows
from portal.feeds.reading.text import clean_text, clean_title

# The first pattern that is found in a name decides; "Video Title (Original) Language" is a column that is not read.
_COLUMNS = {
    "": re.compile(r"language$|language\b.*\bcode|sprache|\btaal|langue"),
    "id": re.compile(r"^video[ -]?id$|^(?:id|identifiant)\b.*vid[eé]o$|^vid[eé]o-?(?:identificatie|kennung)"),
    "length": re.compile(r"\(ms\)"),
    "title": re.compile(r"tit(?:le|el|re)"),
    "text": re.compile(r"descri|beschri|beschreib|omschrij"),
    "privacy": re.compile(r"privacy|privatsph|datenschutz|confidentialit|sichtbarkeit|visib"),
    "published": re.compile(r"publi|ver[oö]ffentl|gepubl"),
    "created": re.compile(r"creat|erstell|cr[eé]ation|aan(?:ge)?maak|gemaakt|added|hinzugef|toegevoegd|ajout"),
}
# Not "Verborgen", which is Dutch for unlisted: whoever has the address can watch it.
_PRIVATE = re.compile(r"priv|entwurf|draft|concept|brouillon", re.IGNORECASE)


def is_takeout_table(content: bytes) -> bool:
    """Return whether a file is a table of videos from Takeout."""
    return "id" in _columns(read_header(content)) and len(read_header(content)) > 1


def videos_in_table(content: bytes, contents: FileContents) -> Iterator[tuple[str, ItemValues | None]]:
    """Yield the videos of a table as (line, values); the values are None for a row without a video."""
    for row in read_rows(content, contents):
        columns = _columns(list(row.cells))
        cells = {key: row.cells[name] for key, name in columns.items()}
        yield str(row.line), _values(cells) if VIDEO_ID.fullmatch(cells["id"]) else None


def _columns(names: list[str]) -> dict[str, str]:
    """Return the name of each column that is read, the first one of each key."""
    columns: dict[str, str] = {}
    for name in names:
        key = next((key for key, pattern in _COLUMNS.items() if pattern.search(name)), "")
        if key:
            columns.setdefault(key, name)
    return columns


def _values(cells: dict[str, str]) -> ItemValues:
    title, text = clean_title(cells.get("title", "")), clean_text(cells.get("text", ""))
    published, _is_implausible = parse_iso_datetime(cells.get("published") or cells.get("created", ""))
    length = re.fullmatch(r"(\d{1,11})(?:\.\d+)?", cells.get("length", ""))
    return ItemValues(
        external_id=external_id_of(cells["id"]),
        title=title,
        text=text,
        url=watch_url(cells["id"]),
        thumbnail_url=thumbnail_url_of(cells["id"]),
        published_at=published,
        kind_guess=guess_item_kind(title, text),
        duration_s=round(int(length[1]) / 1000) if length else None,
        reason=_reason(title, cells.get("privacy", ""), published is not None),
    )


def _reason(title: str, privacy: str, has_date: bool) -> str:
    if _PRIVATE.search(privacy):
        return Reason.UNAVAILABLE
    if not title:
        return Reason.NO_TITLE
    return "" if has_date else Reason.NO_DATE
