"""Reads all videos of a channel: the list of its uploads, then each video, and the known videos that are missing."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from portal.feeds.adapters.http_responses import value_at
from portal.feeds.adapters.youtube_api.client import Client, PageTokenExpired
from portal.feeds.choices import Outcome, Reason
from portal.feeds.errors import UnusableDocument
from portal.feeds.item_values import ItemValues
from portal.feeds.platforms.youtube.video_ids import CHANNEL_ID, VIDEO_ID, external_id_of
from portal.feeds.platforms.youtube.video_values import video_values

PAGE = 50
MAX_PAGES = 200
PARTS = "snippet,contentDetails,status,liveStreamingDetails"


@dataclass(frozen=True)
class ChannelVideos:
    """The videos that can be watched, newest first, and the ids of those that cannot be any more."""

    items: tuple[ItemValues, ...]
    gone: tuple[str, ...]


def read_channel_videos(client: Client, config: str, known: list[str]) -> ChannelVideos:
    """Return all videos of a channel or playlist, and which of the known ones YouTube does not show any more.

    A video that is requested by its id and not in the response is private or deleted. Its absence from a list proves
    nothing.
    """
    playlist = _uploads(client, config) if CHANNEL_ID.fullmatch(config) else config
    try:
        listed = _listed(client, playlist)
    except PageTokenExpired:
        try:
            listed = _listed(client, playlist)
        except PageTokenExpired as error:
            raise UnusableDocument(
                "page_token", _("The list changed while it was read. It is asked again later."), outcome=Outcome.FAILED
            ) from error
    requested = list(dict.fromkeys([*listed, *known]))
    by_id = {values.external_id: values for values in _videos(client, requested)}
    available = {name: values for name, values in by_id.items() if values.reason != Reason.UNAVAILABLE}
    gone = tuple(name for name in map(external_id_of, known) if name not in available)
    return ChannelVideos(tuple(available.values()), gone)


def _uploads(client: Client, channel: str) -> str:
    """Return the id of the playlist with all uploads of a channel."""
    channels, _token = client.items("channels", part="contentDetails", id=channel)
    for item in channels:
        uploads = value_at(item, "contentDetails", "relatedPlaylists", "uploads")
        if isinstance(uploads, str) and uploads:
            return uploads
    raise UnusableDocument(
        "no_channel", _("YouTube knows no such channel or playlist. Nothing was removed."), outcome=Outcome.FAILED
    )


def _listed(client: Client, playlist: str) -> list[str]:
    """Return the ids of all videos in a playlist, each once; it contains private and deleted ones too."""
    ids: dict[str, None] = {}
    token = ""
    for _page in range(MAX_PAGES):
        more = {"pageToken": token} if token else {}
        entries, token = client.items(
            "playlistItems", part="contentDetails", playlistId=playlist, maxResults=PAGE, **more
        )
        for item in entries:
            video = value_at(item, "contentDetails", "videoId")
            if isinstance(video, str) and VIDEO_ID.fullmatch(video):
                ids[video] = None
        if not token:
            return list(ids)
    raise UnusableDocument("too_many", _("The list has no end. Nothing of it was used."))


def _videos(client: Client, ids: list[str]) -> Iterator[ItemValues]:
    for start in range(0, len(ids), PAGE):
        batch = ",".join(ids[start : start + PAGE])
        videos, _token = client.items("videos", part=PARTS, id=batch, maxResults=PAGE)
        for video in videos:
            if (values := video_values(video)) is not None:
                yield values
