"""Lists of videos that the owner of a channel made at home: by yt-dlp, or from Google Takeout (feeds.md 1.5).

Such files hold the address of their maker's computer and keys that run out. A few fields are read, nothing is kept.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.feeds.choices import Broadcast, Reason
from portal.feeds.contract import ItemValues, Unusable
from portal.feeds.document import decoded
from portal.feeds.files import MAX_ROWS, FileAdapter, Read
from portal.feeds.guess import guess_kind
from portal.feeds.moments import unix_moment
from portal.feeds.text import clean_text, clean_title
from portal.feeds.youtube import GONE_TITLES, VIDEO
from portal.feeds.youtube_video import video_values

DEEPEST = 5
_BROADCAST = {
    "is_upcoming": Broadcast.UPCOMING,
    "is_live": Broadcast.LIVE,
    "was_live": Broadcast.ENDED,
    "post_live": Broadcast.ENDED,
}


class VideoList(FileAdapter):
    """Reads `.info.json`, `--flat-playlist -J`, and the resources of the API that Takeout saves."""

    kind = "video_list"
    label = _("List of videos (yt-dlp or Google Takeout, JSON)")
    asks_for = _("What yt-dlp wrote with -J or --write-info-json, or the JSON of Google Takeout.")
    endings = (".json",)

    def recognises(self, name: str, content: bytes) -> bool:
        return content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[")

    def read(self, name: str, content: bytes) -> Read:
        try:
            document = json.loads(decoded(content).lstrip("\ufeff"))
        except (ValueError, RecursionError) as error:
            raise Unusable("broken", _("This JSON is cut off or damaged.")) from error
        read, seen = Read(), set()
        for number, entry in enumerate(_entries(document), start=1):
            if number > MAX_ROWS:
                left = gettext("The file has more than %(number)s rows; the rest was left out.")
                read.leave_out(number, left % {"number": MAX_ROWS})
                break
            values = video_values(entry) if "snippet" in entry else _values(entry)
            if values is None:
                read.leave_out(number, gettext("It names no video of YouTube."))
            elif values.reason in (Reason.UNAVAILABLE, Reason.NO_TITLE):
                read.leave_out(values.external_id, Reason(values.reason).label)
            elif values.external_id not in seen:
                seen.add(values.external_id)
                read.items.append(values)
        if not read.items and not any(remark.where.startswith("yt:") for remark in read.remarks):
            raise Unusable("wrong_file", _("No video is described in this file."))
        return read


def _entries(document, depth: int = 0) -> Iterator[dict]:
    """The videos of a document, also of lists within lists; what is no object (yt-dlp leaves holes) is passed over."""
    if isinstance(document, dict):
        parts = document.get("entries", document.get("items"))
        if not isinstance(parts, list):
            yield document
            return
        document = parts
    if isinstance(document, list) and depth <= DEEPEST:
        for part in document:
            yield from _entries(part, depth + 1)


def _values(entry: dict) -> ItemValues | None:
    """The values of one video as yt-dlp describes it; None when it is none of YouTube."""
    video = entry.get("id")
    if not isinstance(video, str) or not VIDEO.fullmatch(video):
        return None
    if entry.get("ie_key", entry.get("extractor_key", "Youtube")) != "Youtube":
        return None
    title, text = clean_title(_text(entry, "title")), clean_text(_text(entry, "description"))
    short = "/shorts/" in _text(entry, "url") + _text(entry, "webpage_url")
    published = _moment(entry, "timestamp") or _day(entry.get("upload_date"))
    duration = entry.get("duration")
    broadcast = _BROADCAST.get(entry.get("live_status"), "")
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
