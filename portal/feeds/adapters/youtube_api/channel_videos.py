"""A whole sweep of a channel: the list of its uploads, then every video; and who of those that were known is gone."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from portal.feeds.adapters.base import ItemValues, Unusable
from portal.feeds.adapters.http_responses import at_path
from portal.feeds.adapters.youtube_api.client import Client, PageTokenExpired
from portal.feeds.choices import Outcome, Reason
from portal.feeds.platforms.youtube.video_ids import CHANNEL, VIDEO
from portal.feeds.platforms.youtube.video_values import video_values

PAGE = 50
MAX_PAGES = 200
PARTS = "snippet,contentDetails,status,liveStreamingDetails"


@dataclass(frozen=True)
class Swept:
    """The videos that are there, newest first, and the identities of those that are not any more."""

    items: tuple[ItemValues, ...]
    gone: tuple[str, ...]


def whole_sweep(client: Client, config: str, known: list[str]) -> Swept:
    """All videos of a channel or playlist, and which of the known ones YouTube does not show any more.

    A video that is asked for by its id and not in the answer is private or deleted: that is proof, where its absence
    from a list is none.
    """
    playlist = _uploads(client, config) if CHANNEL.fullmatch(config) else config
    try:
        listed = _listed(client, playlist)
    except PageTokenExpired:
        try:
            listed = _listed(client, playlist)
        except PageTokenExpired as error:
            raise Unusable(
                "page_token", _("The list changed while it was read. It is asked again later."), outcome=Outcome.FAILED
            ) from error
    asked = list(dict.fromkeys([*listed, *known]))
    values = {one.external_id: one for one in _videos(client, asked)}
    there = [one for one in values.values() if one.reason != Reason.UNAVAILABLE]
    here = {one.external_id for one in there}
    gone = tuple(f"yt:{video}" for video in known if f"yt:{video}" not in here)
    return Swept(tuple(there), gone)


def _uploads(client: Client, channel: str) -> str:
    """The playlist that holds all uploads of a channel."""
    found, _token = client.items("channels", part="contentDetails", id=channel)
    for item in found:
        uploads = at_path(item, "contentDetails", "relatedPlaylists", "uploads")
        if isinstance(uploads, str) and uploads:
            return uploads
    raise Unusable(
        "no_channel", _("YouTube knows no such channel or playlist. Nothing was removed."), outcome=Outcome.FAILED
    )


def _listed(client: Client, playlist: str) -> list[str]:
    """The ids of all videos in a playlist, each once; private and deleted ones are in it too."""
    ids: dict[str, None] = {}
    token = ""
    for _page in range(MAX_PAGES):
        more = {"pageToken": token} if token else {}
        found, token = client.items(
            "playlistItems", part="contentDetails", playlistId=playlist, maxResults=PAGE, **more
        )
        for item in found:
            video = at_path(item, "contentDetails", "videoId")
            if isinstance(video, str) and VIDEO.fullmatch(video):
                ids[video] = None
        if not token:
            return list(ids)
    raise Unusable("too_many", _("The list has no end. Nothing of it was used."))


def _videos(client: Client, ids: list[str]) -> Iterator[ItemValues]:
    for start in range(0, len(ids), PAGE):
        found, _token = client.items("videos", part=PARTS, id=",".join(ids[start : start + PAGE]), maxResults=PAGE)
        for video in found:
            if (values := video_values(video)) is not None:
                yield values
