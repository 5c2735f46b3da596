"""Ids of YouTube: where they stand in addresses, the addresses of a video, and whether it can be watched.

An id has one spelling (docs/feed-rules.md 1.6); a handle (`/@name`) holds none.
"""

import re
from collections.abc import Iterator
from urllib.parse import SplitResult, parse_qs, quote, urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal.core.http.client import FetchError, fetch
from portal.webinars.platforms import Platform

CHANNEL_ID = re.compile(r"UC[A-Za-z0-9_-]{22}")
PLAYLIST_ID = re.compile(r"(?:PL|UU|UULF|UULV|UUSH|OLAK5uy_|FL)[A-Za-z0-9_-]{10,}")
VIDEO_ID = re.compile(Platform.YOUTUBE.spec.id_pattern)
PAGE_HOSTS = Platform.YOUTUBE.spec.hosts
HOSTS = ("www.youtube.com", "youtube.com", "m.youtube.com")  # which have channels and feeds too
OEMBED = "https://www.youtube.com/oembed"
# The titles that YouTube gives to a video that it does not show.
REMOVED_TITLES = {"Private video", "Deleted video", "[Private video]", "[Deleted video]"}
ASKS_FOR = _("A channel id (UC and 22 characters), a playlist id (PL…) or a YouTube address that holds one.")


def clean_channel_or_playlist(config: str) -> str:
    """Return the channel or playlist id that staff entered, alone or in an address. Raises ValidationError."""
    config = config.strip()
    if CHANNEL_ID.fullmatch(config) or PLAYLIST_ID.fullmatch(config):
        return config
    try:
        parts = urlsplit(config)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme in ("http", "https") and (parts.hostname or "") in HOSTS:
        if youtube_id := _id_in(parts):
            return youtube_id
        raise ValidationError(
            _(
                "This address does not hold the id of the channel. On YouTube, open the channel, choose "
                "“More about this channel”, “Share channel”, “Copy channel ID”, and paste that here."
            ),
            code="no_channel_id",
        )
    raise ValidationError(
        _("Enter a channel id (UC and 22 characters), a playlist id (PL…) or a YouTube address that holds one."),
        code="not_a_channel",
    )


def find_video_id(address: str) -> str:
    """Return the video id in the address of a YouTube page; "" if there is none."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or host not in PAGE_HOSTS:
        return ""
    if host == "youtu.be":
        video_id = parts.path.strip("/").split("/")[0]
    elif parts.path == "/watch":
        video_id = parse_qs(parts.query).get("v", [""])[0]
    else:
        page = re.fullmatch(r"/(?:shorts|live|embed|v)/([^/]+)/?", parts.path)
        video_id = page[1] if page else ""
    return video_id if VIDEO_ID.fullmatch(video_id) else ""


def external_id_of(video_id: str) -> str:
    """Return the id under which a video is stored."""
    return f"{Platform.YOUTUBE.spec.id_prefix}:{video_id}"


def watch_url(video_id: str, *, is_short: bool = False) -> str:
    """Return the address of the page of a video."""
    return f"https://www.youtube.com/shorts/{video_id}" if is_short else Platform.YOUTUBE.watch_url(video_id)


def thumbnail_url_of(video_id: str) -> str:
    """Return the address of the picture that every video has, in its usual size."""
    return f"https://i.ytimg.com/vi/{video_id}/hqdefault.jpg"


def is_watchable(external_id: str) -> bool | None:
    """Return whether everybody can watch a video ("yt:…"); None if YouTube does not say (docs/feed-rules.md 1.6).

    Asks oEmbed, where 401 means that the video exists and may not be embedded.
    """
    address = quote(watch_url(Platform.YOUTUBE.video_id(external_id)), safe="")
    try:
        answer = fetch(f"{OEMBED}?format=json&url={address}", allowed_hosts=HOSTS, max_bytes=100_000)
    except FetchError:
        return None
    if answer.status == 200:
        return answer.body.strip() != b"Forbidden"
    return {401: True, 400: False, 403: False, 404: False}.get(answer.status)


def _id_in(parts: SplitResult) -> str:
    """Return the channel or playlist id in the path or query of a YouTube address; "" if there is none."""
    query = parse_qs(parts.query)
    candidates: Iterator[str] = (
        value for name in ("channel_id", "list", "playlist_id") for value in query.get(name, [])
    )
    path = re.fullmatch(r"/channel/([^/]+)(?:/.*)?", parts.path)
    for candidate in ([path[1]] if path else []) + list(candidates):
        if CHANNEL_ID.fullmatch(candidate) or PLAYLIST_ID.fullmatch(candidate):
            return candidate
    return ""
