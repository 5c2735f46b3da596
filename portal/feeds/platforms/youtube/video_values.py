"""The item values of a video as YouTube's API describes it; Google Takeout saves the same JSON.

See docs/feed-rules.md 1.4.
"""

import re
from datetime import datetime

from portal.feeds.choices import Broadcast, Reason
from portal.feeds.item_values import ItemValues
from portal.feeds.platforms.youtube.video_ids import (
    REMOVED_TITLES,
    VIDEO_ID,
    external_id_of,
    thumbnail_url_of,
    watch_url,
)
from portal.feeds.reading.dates import parse_iso_datetime
from portal.feeds.reading.kind_guess import guess_item_kind
from portal.feeds.reading.text import clean_text, clean_title

_DURATION = re.compile(r"P(?:(\d{1,9})W)?(?:(\d{1,9})D)?(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})(?:\.\d+)?S)?)?")
_AVAILABLE = ("public", "unlisted")


def parse_iso_duration(duration: str) -> int | None:
    """Return the seconds of an ISO 8601 duration; None if it is not known yet ("P0D" of a future stream)."""
    match = _DURATION.fullmatch(duration or "")
    if not match:
        return None
    weeks, days, hours, minutes, seconds = (int(number or 0) for number in match.groups())
    total = ((weeks * 7 + days) * 24 + hours) * 3600 + minutes * 60 + seconds
    return total if 0 < total < 10**9 else None


def video_values(video: dict) -> ItemValues | None:
    """Return the values of one resource of `videos.list`; None if it is no video."""
    video_id = video.get("id")
    snippet, details = _part(video, "snippet"), _part(video, "contentDetails")
    if not isinstance(video_id, str) or not VIDEO_ID.fullmatch(video_id) or not snippet:
        return None
    live, status = _part(video, "liveStreamingDetails"), _part(video, "status")
    title, text = clean_title(_text(snippet, "title")), clean_text(_text(snippet, "description"))
    published, is_implausible = parse_iso_datetime(_text(snippet, "publishedAt"))
    broadcast = _broadcast(_text(snippet, "liveBroadcastContent"), live)
    is_over = broadcast not in (Broadcast.UPCOMING, Broadcast.LIVE)
    start = _datetime(live, "actualStartTime") or _datetime(live, "scheduledStartTime")
    return ItemValues(
        external_id=external_id_of(video_id),
        title=title,
        text=text,
        url=watch_url(video_id),
        thumbnail_url=thumbnail_url_of(video_id),
        published_at=published,
        kind_guess=guess_item_kind(title, text),
        duration_s=parse_iso_duration(_text(details, "duration")) if is_over else None,
        event_start=start,
        event_end=_datetime(live, "actualEndTime"),
        broadcast=broadcast,
        reason=_reason(title, status, details, is_implausible, broadcast, published),
    )


def _reason(
    title: str, status: dict, details: dict, is_implausible: bool, broadcast: str, published: datetime | None
) -> str:
    if title in REMOVED_TITLES or status.get("privacyStatus", "public") not in _AVAILABLE:
        return Reason.UNAVAILABLE
    if not title:
        return Reason.NO_TITLE
    if is_implausible:
        return Reason.STRANGE_DATE
    if broadcast == Broadcast.UPCOMING:
        return Reason.UPCOMING
    if status.get("embeddable") is False:
        return Reason.NOT_EMBEDDABLE
    if _is_limited_to_countries(details):
        return Reason.REGION
    return "" if published else Reason.NO_DATE


def _is_limited_to_countries(details: dict) -> bool:
    """Return whether a video is shown in some countries only; the list of blocked countries may be empty."""
    restriction = _part(details, "regionRestriction")
    return "allowed" in restriction or bool(restriction.get("blocked"))


def _broadcast(content: str, live: dict) -> str:
    """Return the `Broadcast` of a live stream; "" for a video that was uploaded."""
    if content in (Broadcast.UPCOMING, Broadcast.LIVE):
        return content
    return Broadcast.ENDED if live.get("actualEndTime") else ""


def _datetime(part: dict, name: str) -> datetime | None:
    return parse_iso_datetime(_text(part, name))[0]


def _part(resource: dict, name: str) -> dict:
    part = resource.get(name)
    return part if isinstance(part, dict) else {}


def _text(part: dict, name: str) -> str:
    value = part.get(name)
    return value if isinstance(value, str) else ""
