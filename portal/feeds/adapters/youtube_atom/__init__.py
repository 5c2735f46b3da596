"""The public Atom feed of a YouTube channel or playlist: its fifteen newest videos, without a key (feeds.md 1.1).

It is no archive, gives no length and no state, and answers 404 now and then for channels that are alive.
"""

from datetime import datetime
from urllib.parse import parse_qs, urlsplit

from django.utils.translation import gettext_lazy as _

from portal.core.http.client import TOTAL_S, fetch
from portal.core.http.client_rules import is_test_server
from portal.feeds.adapters.contract import Adapter, ItemValues, Pulled, Unusable
from portal.feeds.adapters.youtube_atom.entries import read_entries
from portal.feeds.platforms.youtube.ids import ASKS_FOR, CHANNEL, HOSTS, can_be_watched, channel_or_playlist
from portal.feeds.reading.entry_limit import said_left_out
from portal.feeds.reading.http_responses import not_modified, pulled, refuse_error_status
from portal.feeds.reading.xml_document import read_document

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

    def normalised(self, config: str) -> str:
        """The channel or playlist id that staff meant; an address of a server in GUARDED_CLIENT_ALLOW stays one."""
        return config.strip() if _of_the_suite(config) else channel_or_playlist(config)

    def fetch(self, source) -> Pulled:
        """The newest entries of a channel or playlist, newest first, each id once. Raises Unusable or FetchError."""
        answer = fetch(
            feed_url(source.config),
            accept=ACCEPT,
            etag=source.etag,
            last_modified=source.last_modified,
            total_s=self.total_s,
            allowed_hosts=HOSTS,
        )
        if answer.not_modified:
            return not_modified(answer)
        refuse_error_status(answer)
        channel = expected_channel(source.config)
        try:
            document = read_document(answer.body, answer.headers.get("content-type", ""))
            items, left_out = read_entries(document.root, channel)
        except Unusable as error:
            raise error.of(answer) from error
        window_from = None if document.salvaged or not channel else _window(items)
        remarks = tuple(said_left_out(left_out))
        return pulled(answer, items, salvaged=document.salvaged, window_from=window_from, remarks=remarks)

    def can_be_watched(self, external_id: str) -> bool | None:
        """Whether a video that is not in the feed any more is still there; None when YouTube does not say."""
        return can_be_watched(external_id)


def feed_url(config: str) -> str:
    """The address of the feed of a channel id, a playlist id, or the address that it already is."""
    if "://" in config:
        return config
    return f"{FEED}?{'channel_id' if CHANNEL.fullmatch(config) else 'playlist_id'}={config}"


def expected_channel(config: str) -> str:
    """The channel that every entry has to be of; empty for a playlist, which may hold videos of others."""
    if CHANNEL.fullmatch(config):
        return config
    asked = parse_qs(urlsplit(config).query).get("channel_id", [""])[0] if "://" in config else ""
    return asked if CHANNEL.fullmatch(asked) else ""


def _of_the_suite(config: str) -> bool:
    try:
        parts = urlsplit(config.strip())
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and is_test_server(parts.netloc)


def _window(items: tuple[ItemValues, ...]) -> datetime | None:
    """Since when a channel's feed is complete: its oldest entry. A playlist is in an order of its own."""
    moments = [values.published_at for values in items]
    return min(moments) if moments and all(moments) else None
