"""What the kinds of YouTube source share: ids, where they stand in addresses, and whether one video is there.

Ids have one spelling each (feeds.md 1.6); a handle (`/@name`) holds none.
"""

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, quote, urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal.core.http.client import FetchError, fetch

CHANNEL = re.compile(r"UC[A-Za-z0-9_-]{22}")
PLAYLIST = re.compile(r"(?:PL|UU|UULF|UULV|UUSH|OLAK5uy_|FL)[A-Za-z0-9_-]{10,}")
VIDEO = re.compile(r"[A-Za-z0-9_-]{11}")
HOSTS = ("www.youtube.com", "youtube.com", "m.youtube.com")
PAGES = (*HOSTS, "youtube-nocookie.com", "www.youtube-nocookie.com", "youtu.be")
OEMBED = "https://www.youtube.com/oembed"
# What YouTube calls a video that it does not show; never a new title.
GONE_TITLES = {"Private video", "Deleted video", "[Private video]", "[Deleted video]"}
ASKS_FOR = _("A channel id (UC and 22 characters), a playlist id (PL…) or a YouTube address that holds one.")


def channel_or_playlist(config: str) -> str:
    """The channel or playlist id in an id or any YouTube address that holds one. Raises ValidationError."""
    config = config.strip()
    if CHANNEL.fullmatch(config) or PLAYLIST.fullmatch(config):
        return config
    try:
        parts = urlsplit(config)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme in ("http", "https") and (parts.hostname or "") in HOSTS:
        if found := _id_in(parts):
            return found
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


def video_in(address: str) -> str:
    """The video id in the address of a YouTube page; "" when there is none."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or host not in PAGES:
        return ""
    if host == "youtu.be":
        found = parts.path.strip("/").split("/")[0]
    elif parts.path == "/watch":
        found = parse_qs(parts.query).get("v", [""])[0]
    else:
        page = re.fullmatch(r"/(?:shorts|live|embed|v)/([^/]+)/?", parts.path)
        found = page[1] if page else ""
    return found if VIDEO.fullmatch(found) else ""


def can_be_watched(external_id: str) -> bool | None:
    """Whether a video ("yt:…") is there for everybody; None when YouTube does not say (feeds.md 1.6).

    One look by oEmbed, for a video that disappeared: 401 means that it may not be embedded, which is there enough.
    """
    watch = f"https://www.youtube.com/watch?v={external_id.removeprefix('yt:')}"
    try:
        answer = fetch(f"{OEMBED}?format=json&url={quote(watch, safe='')}", allowed_hosts=HOSTS, max_bytes=100_000)
    except FetchError:
        return None
    if answer.status == 200:
        return answer.body.strip() != b"Forbidden"
    return {401: True, 400: False, 403: False, 404: False}.get(answer.status)


def _id_in(parts) -> str:
    """The channel or playlist id in the path or query of a YouTube address."""
    query = parse_qs(parts.query)
    candidates: Iterator[str] = (
        value for name in ("channel_id", "list", "playlist_id") for value in query.get(name, [])
    )
    path = re.fullmatch(r"/channel/([^/]+)(?:/.*)?", parts.path)
    for candidate in ([path[1]] if path else []) + list(candidates):
        if CHANNEL.fullmatch(candidate) or PLAYLIST.fullmatch(candidate):
            return candidate
    return ""
