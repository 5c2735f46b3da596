"""Lists of videos that the owner of a channel made with yt-dlp or Google Takeout (docs/feed-rules.md 1.5).

Such files contain the IP address of their maker and keys that expire. A few fields are read, and the file is not kept.
"""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.feeds.adapters.file_base import FileAdapter
from portal.feeds.adapters.video_list.takeout import is_takeout_table, videos_in_table
from portal.feeds.choices import Broadcast, Reason
from portal.feeds.errors import UnusableDocument
from portal.feeds.item_values import ItemValues
from portal.feeds.platforms.youtube.video_ids import (
    CHANNEL_ID,
    REMOVED_TITLES,
    VIDEO_ID,
    external_id_of,
    find_video_id,
    thumbnail_url_of,
    watch_url,
)
from portal.feeds.platforms.youtube.video_values import video_values
from portal.feeds.reading.dates import parse_unix_milliseconds
from portal.feeds.reading.file_contents import MAX_ROWS, FileContents
from portal.feeds.reading.kind_guess import guess_item_kind
from portal.feeds.reading.text import clean_text, clean_title
from portal.feeds.reading.xml_document import decoded

MAX_DEPTH = 5
# PowerShell saves the output of yt-dlp as UTF-16. Bytes are compared, so that a damaged file is recognised too.
_JSON = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\x00 \t\r\n]*[{\[]")
_BROADCAST = {
    "is_upcoming": Broadcast.UPCOMING,
    "is_live": Broadcast.LIVE,
    "was_live": Broadcast.ENDED,
    "post_live": Broadcast.ENDED,
}


class VideoList(FileAdapter):
    """Reads `.info.json`, `--flat-playlist -J`, the lines of `-j`, and the JSON or the tables that Takeout saves."""

    kind = "video_list"
    label = _("List of videos (yt-dlp or Google Takeout)")
    asks_for = _(
        "What yt-dlp wrote with -J, -j or --write-info-json, or videos.csv (before 2021: JSON) of Google Takeout."
    )
    endings = (".json", ".jsonl", ".csv")

    def recognises(self, name: str, content: bytes) -> bool:
        return _is_json(content) or is_takeout_table(content)

    def read(self, name: str, content: bytes) -> FileContents:
        contents, seen = FileContents(), set()
        listed = _videos_in_json(content, contents) if _is_json(content) else videos_in_table(content, contents)
        for number, (where, values) in enumerate(listed, start=1):
            if number > MAX_ROWS:
                contents.leave_out_rest(where)
                break
            if values is None:
                contents.leave_out(where, gettext("It names no video of YouTube."))
            elif values.reason in (Reason.UNAVAILABLE, Reason.NO_TITLE):
                contents.leave_out(values.external_id, Reason(values.reason).label)
            elif values.external_id not in seen:
                seen.add(values.external_id)
                contents.items.append(values)
        if not contents.items and not any(remark.where.startswith("yt:") for remark in contents.remarks):
            raise UnusableDocument("wrong_file", _("No video is described in this file."))
        if not contents.items and all(remark.sentence == Reason.NO_TITLE.label for remark in contents.remarks):
            raise UnusableDocument(
                "no_titles",
                _("This file names videos without their titles. Of Google Takeout, bring in videos.csv instead."),
            )
        return contents


def _is_json(content: bytes) -> bool:
    return _JSON.match(content) is not None


def _videos_in_json(content: bytes, contents: FileContents) -> Iterator[tuple[str, ItemValues | None]]:
    """Yield the videos of a file as (number, values); the values are None for an entry that is no video."""
    for number, (entry, is_youtube) in enumerate(_entries(_documents(content, contents)), start=1):
        yield str(number), (video_values(entry) if _is_api_resource(entry) else _values(entry, is_youtube))


def _documents(content: bytes, contents: FileContents) -> list[Any]:
    """Return the JSON document of a file, or the one on each line. Raises UnusableDocument if there is none."""
    text = decoded(content).lstrip("\ufeff")
    try:
        return [json.loads(text)]
    except (ValueError, RecursionError) as error:
        # Not by splitlines(), which also splits at characters that may be inside a text.
        lines = [(number, line) for number, line in enumerate(re.split(r"\r\n|\n|\r", text), start=1) if line.strip()]
        documents = []
        for number, line in lines:
            try:
                documents.append(json.loads(line))
            except (ValueError, RecursionError):
                contents.leave_out(number, gettext("This line is cut off or damaged."))
        if not any(isinstance(document, dict) for document in documents):
            raise UnusableDocument("broken", _("This JSON is cut off or damaged.")) from error
        return documents


def _entries(document: Any, is_youtube: bool = False, depth: int = 0) -> Iterator[tuple[dict, bool]]:
    """Yield the entries of a document and its nested lists, and whether their list is one of YouTube.

    Anything but an object is passed over, as yt-dlp leaves holes in its lists.
    """
    if isinstance(document, dict):
        parts = document.get("entries", document.get("items"))
        if not isinstance(parts, list):
            yield document, is_youtube
            return
        is_youtube, document = _is_of_youtube(document, is_youtube), parts
    if isinstance(document, list) and depth <= MAX_DEPTH:
        for part in document:
            yield from _entries(part, is_youtube, depth + 1)


def _is_api_resource(entry: dict) -> bool:
    """Return whether an entry is a video as YouTube's API describes it."""
    snippet = entry.get("snippet")
    if not isinstance(snippet, dict):
        return False
    return _text(entry, "kind").startswith("youtube#") or CHANNEL_ID.fullmatch(_text(snippet, "channelId")) is not None


def _is_of_youtube(entry: dict, otherwise: bool) -> bool:
    """Return whether an entry says that it is of YouTube: an id of eleven characters can be of any site."""
    extractors = [value for name in ("ie_key", "extractor_key", "extractor") if (value := _text(entry, name))]
    if extractors:
        return any(extractor.lower().startswith("youtube") for extractor in extractors)
    addresses = [address for name in ("webpage_url", "original_url", "url") if "://" in (address := _text(entry, name))]
    return any(find_video_id(address) for address in addresses) if addresses else otherwise


def _values(entry: dict, is_youtube: bool) -> ItemValues | None:
    """Return the values of one video as yt-dlp describes it; None if it is not of YouTube."""
    video = _text(entry, "id")
    if not VIDEO_ID.fullmatch(video) or not _is_of_youtube(entry, is_youtube):
        return None
    title, text = clean_title(_text(entry, "title")), clean_text(_text(entry, "description"))
    short = "/shorts/" in _text(entry, "url") + _text(entry, "webpage_url")
    published = _datetime(entry, "timestamp") or _day(entry.get("upload_date"))
    duration = entry.get("duration")
    broadcast = _BROADCAST.get(_text(entry, "live_status"), "")
    is_gone = title in REMOVED_TITLES or entry.get("availability") in ("private", "needs_auth")
    return ItemValues(
        external_id=external_id_of(video),
        title=title,
        text=text,
        url=watch_url(video, is_short=short),
        thumbnail_url=thumbnail_url_of(video),
        published_at=published,
        kind_guess=guess_item_kind(title, text, short=short),
        duration_s=round(duration) if isinstance(duration, int | float) and 0 < duration < 10**7 else None,
        event_start=_datetime(entry, "release_timestamp") if broadcast else None,
        broadcast=broadcast,
        reason=_reason(title, is_gone, short, broadcast, published),
    )


def _reason(title: str, is_gone: bool, short: bool, broadcast: str, published: datetime | None) -> str:
    if is_gone:
        return Reason.UNAVAILABLE
    if not title:
        return Reason.NO_TITLE
    if short:
        return Reason.SHORT
    if broadcast == Broadcast.UPCOMING:
        return Reason.UPCOMING
    return "" if published else Reason.NO_DATE


def _text(entry: dict, name: str) -> str:
    value = entry.get(name)
    return value if isinstance(value, str) else ""


def _datetime(entry: dict, name: str) -> datetime | None:
    value = entry.get(name)
    return parse_unix_milliseconds(value * 1000)[0] if isinstance(value, int | float) else None


def _day(value: Any) -> datetime | None:
    try:
        return datetime.strptime(value, "%Y%m%d").replace(tzinfo=UTC)
    except (TypeError, ValueError):
        return None
