"""A video as YouTube's API describes it (feeds.md 1.4), also as Google Takeout saves it."""

import re
from datetime import datetime

from portal.feeds.adapters.base import ItemValues
from portal.feeds.choices import Broadcast, Reason
from portal.feeds.platforms.youtube.video_ids import GONE_TITLES, VIDEO
from portal.feeds.reading.dates import iso_moment
from portal.feeds.reading.kind_guess import guess_kind
from portal.feeds.reading.text import clean_text, clean_title

_DURATION = re.compile(r"P(?:(\d{1,9})W)?(?:(\d{1,9})D)?(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})(?:\.\d+)?S)?)?")
_AVAILABLE = ("public", "unlisted")


def seconds_of(duration: str) -> int | None:
    """The seconds of an ISO 8601 duration; None for one that is not known yet ("P0D" of a stream to come)."""
    match = _DURATION.fullmatch(duration or "")
    if not match:
        return None
    weeks, days, hours, minutes, seconds = (int(number or 0) for number in match.groups())
    total = ((weeks * 7 + days) * 24 + hours) * 3600 + minutes * 60 + seconds
    return total if 0 < total < 10**9 else None


def video_values(video: dict) -> ItemValues | None:
    """The values of one resource of `videos.list`; None when it names no video."""
    video_id = video.get("id")
    snippet, details = _part(video, "snippet"), _part(video, "contentDetails")
    if not isinstance(video_id, str) or not VIDEO.fullmatch(video_id) or not snippet:
        return None
    live, status = _part(video, "liveStreamingDetails"), _part(video, "status")
    title, text = clean_title(_text(snippet, "title")), clean_text(_text(snippet, "description"))
    published, strange = iso_moment(_text(snippet, "publishedAt"))
    broadcast = _broadcast(_text(snippet, "liveBroadcastContent"), live)
    over = broadcast not in (Broadcast.UPCOMING, Broadcast.LIVE)
    start = _moment(live, "actualStartTime") or _moment(live, "scheduledStartTime")
    return ItemValues(
        external_id=f"yt:{video_id}",
        title=title,
        text=text,
        url=f"https://www.youtube.com/watch?v={video_id}",
        thumbnail_url=f"https://i.ytimg.com/vi/{video_id}/hqdefault.jpg",
        published_at=published,
        updated_at=None,
        kind_guess=guess_kind(title, text),
        duration_s=seconds_of(_text(details, "duration")) if over else None,
        event_start=start,
        event_end=_moment(live, "actualEndTime"),
        broadcast=broadcast,
        reason=_reason(title, status, details, strange, broadcast, published),
    )


def _reason(title: str, status: dict, details: dict, strange: bool, broadcast: str, published: datetime | None) -> str:
    if title in GONE_TITLES or status.get("privacyStatus", "public") not in _AVAILABLE:
        return Reason.UNAVAILABLE
    if not title:
        return Reason.NO_TITLE
    if strange:
        return Reason.STRANGE_DATE
    if broadcast == Broadcast.UPCOMING:
        return Reason.UPCOMING
    if status.get("embeddable") is False:
        return Reason.NOT_EMBEDDABLE
    if _is_limited_to_countries(details):
        return Reason.REGION
    return "" if published else Reason.NO_DATE


def _is_limited_to_countries(details: dict) -> bool:
    """Whether a video is shown in some countries only; a list of blocked ones may be there and empty."""
    restriction = _part(details, "regionRestriction")
    return "allowed" in restriction or bool(restriction.get("blocked"))


def _broadcast(content: str, live: dict) -> str:
    """Whether a live stream is to come, goes on or is over; "" for a video that was uploaded."""
    if content in (Broadcast.UPCOMING, Broadcast.LIVE):
        return content
    return Broadcast.ENDED if live.get("actualEndTime") else ""


def _moment(part: dict, name: str) -> datetime | None:
    return iso_moment(_text(part, name))[0]


def _part(resource: dict, name: str) -> dict:
    part = resource.get(name)
    return part if isinstance(part, dict) else {}


def _text(part: dict, name: str) -> str:
    value = part.get(name)
    return value if isinstance(value, str) else ""
