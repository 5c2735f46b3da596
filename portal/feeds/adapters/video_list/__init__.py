"""Lists of videos that the owner of a channel made at home: by yt-dlp, or from Google Takeout (feeds.md 1.5).

Such files hold the address of their maker's computer and keys that run out. A few fields are read, nothing is kept.
"""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.feeds.adapters.base import ItemValues, Unusable
from portal.feeds.adapters.file_base import MAX_ROWS, FileAdapter, Read
from portal.feeds.adapters.video_list.takeout import is_takeout, videos
from portal.feeds.choices import Broadcast, Reason
from portal.feeds.platforms.youtube.video_ids import CHANNEL, GONE_TITLES, VIDEO, video_in
from portal.feeds.platforms.youtube.video_values import video_values
from portal.feeds.reading.dates import unix_moment
from portal.feeds.reading.kind_guess import guess_kind
from portal.feeds.reading.text import clean_text, clean_title
from portal.feeds.reading.xml_document import decoded

DEEPEST = 5
# PowerShell saves what yt-dlp says in UTF-16. Bytes are looked at: a damaged file must be known too, to say so.
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
        return _is_json(content) or is_takeout(content)

    def read(self, name: str, content: bytes) -> Read:
        read, seen = Read(), set()
        described = _in_json(content, read) if _is_json(content) else None
        for number, (where, values) in enumerate(described or videos(content, read), start=1):
            if number > MAX_ROWS:
                left = gettext("The file has more than %(number)s rows; the rest was left out.")
                read.leave_out(where, left % {"number": MAX_ROWS})
                break
            if values is None:
                read.leave_out(where, gettext("It names no video of YouTube."))
            elif values.reason in (Reason.UNAVAILABLE, Reason.NO_TITLE):
                read.leave_out(values.external_id, Reason(values.reason).label)
            elif values.external_id not in seen:
                seen.add(values.external_id)
                read.items.append(values)
        if not read.items and not any(remark.where.startswith("yt:") for remark in read.remarks):
            raise Unusable("wrong_file", _("No video is described in this file."))
        if not read.items and all(remark.sentence == Reason.NO_TITLE.label for remark in read.remarks):
            raise Unusable(
                "no_titles",
                _("This file names videos without their titles. Of Google Takeout, bring in videos.csv instead."),
            )
        return read


def _is_json(content: bytes) -> bool:
    return _JSON.match(content) is not None


def _in_json(content: bytes, read: Read) -> Iterator[tuple[str, ItemValues | None]]:
    """The videos of a document, or of a document on each line, each with its number; None where nothing is one."""
    for number, (entry, of_youtube) in enumerate(_entries(_documents(content, read)), start=1):
        yield str(number), (video_values(entry) if _is_resource(entry) else _values(entry, of_youtube))


def _documents(content: bytes, read: Read) -> list:
    """The one document of a file, or those of its lines; a line that is none is said. Raises Unusable."""
    text = decoded(content).lstrip("\ufeff")
    try:
        return [json.loads(text)]
    except (ValueError, RecursionError) as error:
        # Other signs at which Python ends a line may stand in the middle of a text.
        lines = [(number, line) for number, line in enumerate(re.split(r"\r\n|\n|\r", text), start=1) if line.strip()]
        documents = []
        for number, line in lines:
            try:
                documents.append(json.loads(line))
            except (ValueError, RecursionError):
                read.leave_out(number, gettext("This line is cut off or damaged."))
        if not any(isinstance(document, dict) for document in documents):
            raise Unusable("broken", _("This JSON is cut off or damaged.")) from error
        return documents


def _entries(document, of_youtube: bool = False, depth: int = 0) -> Iterator[tuple[dict, bool]]:
    """The videos of a document, also of lists within lists, and whether their list is one of YouTube.

    What is no object (yt-dlp leaves holes) is passed over.
    """
    if isinstance(document, dict):
        parts = document.get("entries", document.get("items"))
        if not isinstance(parts, list):
            yield document, of_youtube
            return
        of_youtube, document = _is_of_youtube(document, of_youtube), parts
    if isinstance(document, list) and depth <= DEEPEST:
        for part in document:
            yield from _entries(part, of_youtube, depth + 1)


def _is_resource(entry: dict) -> bool:
    """Whether it is a video as YouTube's API describes it."""
    snippet = entry.get("snippet")
    if not isinstance(snippet, dict):
        return False
    return _text(entry, "kind").startswith("youtube#") or CHANNEL.fullmatch(_text(snippet, "channelId")) is not None


def _is_of_youtube(entry: dict, otherwise: bool) -> bool:
    """Whether an entry says that it is of YouTube: eleven letters alone are an id of anything."""
    makers = [maker for name in ("ie_key", "extractor_key", "extractor") if (maker := _text(entry, name))]
    if makers:
        return any(maker.lower().startswith("youtube") for maker in makers)
    addresses = [address for name in ("webpage_url", "original_url", "url") if "://" in (address := _text(entry, name))]
    return any(video_in(address) for address in addresses) if addresses else otherwise


def _values(entry: dict, of_youtube: bool) -> ItemValues | None:
    """The values of one video as yt-dlp describes it; None when it is none of YouTube."""
    video = _text(entry, "id")
    if not VIDEO.fullmatch(video) or not _is_of_youtube(entry, of_youtube):
        return None
    title, text = clean_title(_text(entry, "title")), clean_text(_text(entry, "description"))
    short = "/shorts/" in _text(entry, "url") + _text(entry, "webpage_url")
    published = _moment(entry, "timestamp") or _day(entry.get("upload_date"))
    duration = entry.get("duration")
    broadcast = _BROADCAST.get(_text(entry, "live_status"), "")
    gone = title in GONE_TITLES or entry.get("availability") in ("private", "needs_auth")
    return ItemValues(
        external_id=f"yt:{video}",
        title=title,
        text=text,
        url=f"https://www.youtube.com/{'shorts/' if short else 'watch?v='}{video}",
        thumbnail_url=f"https://i.ytimg.com/vi/{video}/hqdefault.jpg",
        published_at=published,
        updated_at=None,
        kind_guess=guess_kind(title, text, short=short),
        duration_s=round(duration) if isinstance(duration, int | float) and 0 < duration < 10**7 else None,
        event_start=_moment(entry, "release_timestamp") if broadcast else None,
        broadcast=broadcast,
        reason=_reason(title, gone, short, broadcast, published),
    )


def _reason(title, gone, short, broadcast, published) -> str:
    if gone:
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


def _moment(entry: dict, name: str) -> datetime | None:
    value = entry.get(name)
    return unix_moment(value * 1000)[0] if isinstance(value, int | float) else None


def _day(value) -> datetime | None:
    try:
        return datetime.strptime(value, "%Y%m%d").replace(tzinfo=UTC)
    except (TypeError, ValueError):
        return None
