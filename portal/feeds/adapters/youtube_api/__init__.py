"""YouTube's Data API v3: all videos of a channel, with durations, exact times and certain removals.

The rules: docs/feed-rules.md 1.4.

It needs a key, which comes from the environment only. Reading a channel of two hundred videos costs nine of ten
thousand units a day, so every pull reads all of it, and asks once more for the known videos that are missing.
"""

from hashlib import sha256

from django.conf import settings
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from portal.feeds.adapters.base import DAY_S, Adapter, PullResult, Source
from portal.feeds.adapters.youtube_api.channel_videos import read_channel_videos
from portal.feeds.adapters.youtube_api.client import Client
from portal.feeds.adapters.youtube_api.quota import DAILY_UNITS, units_today
from portal.feeds.choices import Outcome
from portal.feeds.errors import UnusableDocument
from portal.feeds.platforms.youtube.video_ids import ASKS_FOR, clean_channel_or_playlist, external_id_of
from portal.webinars.platforms import Platform


class YoutubeApi(Adapter):
    """Adapter for `youtube_api` sources; their `config` is a channel id or a playlist id."""

    kind = "youtube_api"
    label = _("YouTube channel or playlist (Data API, with a key)")
    asks_for = ASKS_FOR
    note = _(
        "The whole archive with lengths, live streams and removals, asked once a day. The key "
        "stands in the environment as SCHAKEL_YOUTUBE_API_KEY, see docs/feeds.md."
    )
    rank = 2
    interval_s = DAY_S

    def clean_config(self, config: str) -> str:
        return clean_channel_or_playlist(config)

    def fetch(self, source: Source) -> PullResult:
        """Return all videos of the channel or playlist, or fail: an incomplete list is not used."""
        if not settings.YOUTUBE_API_KEY:
            raise UnusableDocument(
                "no_key",
                _("There is no key for YouTube's Data API: SCHAKEL_YOUTUBE_API_KEY is not set."),
                outcome=Outcome.REFUSED,
                status=None,
            )
        client = Client(settings.YOUTUBE_API_KEY, source)
        videos = read_channel_videos(client, source.config, self._known_ids(source))
        return PullResult(
            status=200,
            items=videos.items,
            gone=videos.gone,
            n_bytes=client.n_bytes,
            sha256=sha256(repr((videos.items, videos.gone)).encode()).hexdigest(),
        )

    def status(self, source: Source) -> list[tuple[str, str]]:
        key = _now("set") if settings.YOUTUBE_API_KEY else _now("not set")
        spent = _now("%(spent)s of %(daily)s") % {"spent": units_today(source), "daily": DAILY_UNITS}
        return [(_now("Key of the Data API"), key), (_now("Units spent today"), spent)]

    def _known_ids(self, source: Source) -> list[str]:
        """Return the ids of the videos that this source had before."""
        ids = source.items.filter(external_id__startswith=external_id_of("")).values_list("external_id", flat=True)
        return [video for name in ids if (video := Platform.YOUTUBE.video_id(name))]
