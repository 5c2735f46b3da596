"""YouTube's Data API v3: the whole archive of a channel, with lengths, true times and certain removals (feeds.md 1.4).

It needs a key, from the environment only. A sweep of a channel of two hundred videos costs nine of ten thousand units
a day, so every sweep is a whole one: what it holds is true now, and what it does not hold is asked for once more.
"""

from hashlib import sha256

from django.conf import settings
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from portal.feeds.adapters.base import DAY_S, Adapter, Pulled, Unusable
from portal.feeds.adapters.youtube_api.channel_videos import whole_sweep
from portal.feeds.adapters.youtube_api.client import Client
from portal.feeds.adapters.youtube_api.quota import DAILY_UNITS, units_today
from portal.feeds.choices import Outcome
from portal.feeds.platforms.youtube.video_ids import ASKS_FOR, channel_or_playlist


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

    def normalised(self, config: str) -> str:
        """The channel or playlist id that staff meant. Raises ValidationError."""
        return channel_or_playlist(config)

    def fetch(self, source) -> Pulled:
        """All videos of the channel or playlist, or none: an answer that stops halfway is not used."""
        if not settings.YOUTUBE_API_KEY:
            raise Unusable(
                "no_key",
                _("There is no key for YouTube's Data API: SCHAKEL_YOUTUBE_API_KEY is not set."),
                outcome=Outcome.REFUSED,
                status=None,
            )
        client = Client(settings.YOUTUBE_API_KEY, source)
        found = whole_sweep(client, source.config, self._known(source))
        print_of_it = repr((found.items, found.gone)).encode()
        return Pulled(
            status=200,
            items=found.items,
            gone=found.gone,
            n_bytes=client.n_bytes,
            sha256=sha256(print_of_it).hexdigest(),
        )

    def status(self, source) -> list[tuple[str, str]]:
        """What the page of a source says beside its log."""
        key = _now("set") if settings.YOUTUBE_API_KEY else _now("not set")
        spent = _now("%(spent)s of %(daily)s") % {"spent": units_today(source), "daily": DAILY_UNITS}
        return [(_now("Key of the Data API"), key), (_now("Units spent today"), spent)]

    def _known(self, source) -> list[str]:
        """The videos that this source mentioned before."""
        ids = source.items.filter(external_id__startswith="yt:").values_list("external_id", flat=True)
        return [name.removeprefix("yt:") for name in ids]
