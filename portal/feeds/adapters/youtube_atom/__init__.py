"""The public Atom feed of a YouTube channel or playlist: its fifteen newest videos, without a key.

The rules: docs/feed-rules.md 1.1.

It is no archive, has no durations and no states, and answers 404 now and then for channels that exist.
"""

from datetime import datetime
from urllib.parse import parse_qs, urlsplit

from django.utils.translation import gettext_lazy as _

from portal.core.http.client import TOTAL_S, fetch
from portal.core.http.client_rules import is_test_server
from portal.feeds.adapters.base import Adapter, PullResult, Source
from portal.feeds.adapters.http_responses import not_modified_result, pull_result, raise_for_status
from portal.feeds.adapters.youtube_atom.entries import read_entries
from portal.feeds.errors import UnusableDocument
from portal.feeds.item_values import ItemValues
from portal.feeds.platforms.youtube.video_ids import (
    ASKS_FOR,
    CHANNEL_ID,
    HOSTS,
    clean_channel_or_playlist,
    is_watchable,
)
from portal.feeds.reading.entry_limit import left_out_remarks
from portal.feeds.reading.xml_document import parse_document

FEED = "https://www.youtube.com/feeds/videos.xml"
ACCEPT = "application/atom+xml, application/rss+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1"


class YoutubeAtom(Adapter):
    """Adapter for `youtube_atom` sources; their `config` is a channel id (UC…) or a playlist id (PL…, UULF…)."""

    kind = "youtube_atom"
    label = _("YouTube channel or playlist (public feed)")
    asks_for = ASKS_FOR
    note = _(
        "The fifteen newest videos, without a key. YouTube's robots.txt asks robots to leave this feed alone: read "
        "docs/feeds.md before it is pulled automatically."
    )
    total_s = TOTAL_S  # the deadline of one pull

    def clean_config(self, config: str) -> str:
        """Return the channel or playlist id; an address of a server in GUARDED_CLIENT_ALLOW (tests) stays one."""
        return config.strip() if _is_test_server(config) else clean_channel_or_playlist(config)

    def fetch(self, source: Source) -> PullResult:
        """Return the newest entries, newest first, each id once. Raises UnusableDocument or FetchError."""
        answer = fetch(
            feed_url(source.config),
            accept=ACCEPT,
            etag=source.etag,
            last_modified=source.last_modified,
            total_s=self.total_s,
            allowed_hosts=HOSTS,
        )
        if answer.not_modified:
            return not_modified_result(answer)
        raise_for_status(answer)
        channel = expected_channel(source.config)
        try:
            document = parse_document(answer.body, answer.headers.get("content-type", ""))
            items, left_out = read_entries(document.root, channel)
        except UnusableDocument as error:
            raise error.with_response(answer) from error
        window_from = None if document.salvaged or not channel else _window(items)
        remarks = tuple(left_out_remarks(left_out))
        return pull_result(answer, items, salvaged=document.salvaged, window_from=window_from, remarks=remarks)

    def is_watchable(self, external_id: str) -> bool | None:
        return is_watchable(external_id)


def feed_url(config: str) -> str:
    """Return the address of the feed of a channel or playlist id; an address stays as it is."""
    if "://" in config:
        return config
    return f"{FEED}?{'channel_id' if CHANNEL_ID.fullmatch(config) else 'playlist_id'}={config}"


def expected_channel(config: str) -> str:
    """Return the channel that every entry must belong to; "" for a playlist, which may have videos of others."""
    if CHANNEL_ID.fullmatch(config):
        return config
    asked = parse_qs(urlsplit(config).query).get("channel_id", [""])[0] if "://" in config else ""
    return asked if CHANNEL_ID.fullmatch(asked) else ""


def _is_test_server(config: str) -> bool:
    try:
        parts = urlsplit(config.strip())
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and is_test_server(parts.netloc)


def _window(items: tuple[ItemValues, ...]) -> datetime | None:
    """Return since when the feed of a channel is complete: its oldest entry. A playlist has an order of its own."""
    dates = [values.published_at for values in items if values.published_at is not None]
    return min(dates) if dates and len(dates) == len(items) else None
