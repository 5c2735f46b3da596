"""The tables of Google Takeout: `videos.csv`, since 2021 in place of JSON.

Google names the columns in the language of the account, and now and then otherwise. So a column is found by a word in
its name, in the languages of the portal, and videos by how their ids look.
"""

import re
from collections.abc import Iterator

from portal.feeds.adapters.base import ItemValues
from portal.feeds.adapters.file_base import Read
from portal.feeds.choices import Reason
from portal.feeds.platforms.youtube.video_ids import VIDEO
from portal.feeds.reading.dates import iso_moment
from portal.feeds.reading.kind_guess import guess_kind
from portal.feeds.reading.tables import header, rows
from portal.feeds.reading.text import clean_text, clean_title

# The first that is in a name says what the column is; "Video Title (Original) Language" is none of these.
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
# In Dutch "Verborgen" is unlisted: who has the address can look.
_PRIVATE = re.compile(r"priv|entwurf|draft|concept|brouillon", re.IGNORECASE)


def is_takeout(content: bytes) -> bool:
    """Whether a file is a table of videos that Takeout made."""
    return "id" in _columns(header(content)) and len(header(content)) > 1


def videos(content: bytes, read: Read) -> Iterator[tuple[str, ItemValues | None]]:
    """The videos of a table, each with where it stands; None where a row names none."""
    for row in rows(content, read):
        columns = _columns(list(row.cells))
        cells = {sort: row.cells[name] for sort, name in columns.items()}
        yield str(row.line), _values(cells) if VIDEO.fullmatch(cells["id"]) else None


def _columns(names: list[str]) -> dict[str, str]:
    """The name of each column that is known, the first of each sort."""
    found: dict[str, str] = {}
    for name in names:
        sort = next((sort for sort, words in _COLUMNS.items() if words.search(name)), "")
        if sort:
            found.setdefault(sort, name)
    return found


def _values(cells: dict[str, str]) -> ItemValues:
    title, text = clean_title(cells.get("title", "")), clean_text(cells.get("text", ""))
    published, _strange = iso_moment(cells.get("published") or cells.get("created", ""))
    length = re.fullmatch(r"(\d{1,11})(?:\.\d+)?", cells.get("length", ""))
    return ItemValues(
        external_id=f"yt:{cells['id']}",
        title=title,
        text=text,
        url=f"https://www.youtube.com/watch?v={cells['id']}",
        thumbnail_url=f"https://i.ytimg.com/vi/{cells['id']}/hqdefault.jpg",
        published_at=published,
        updated_at=None,
        kind_guess=guess_kind(title, text),
        duration_s=round(int(length[1]) / 1000) if length else None,
        reason=_reason(title, cells.get("privacy", ""), published is not None),
    )


def _reason(title: str, privacy: str, dated: bool) -> str:
    if _PRIVATE.search(privacy):
        return Reason.UNAVAILABLE
    if not title:
        return Reason.NO_TITLE
    return "" if dated else Reason.NO_DATE
