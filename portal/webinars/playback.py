"""Where a recording can be watched: on a platform after a click, or from the portal's own file."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.timezone import localtime

from portal.webinars.choices import RecordingState, SourceState
from portal.webinars.models import Recording, RecordingSource
from portal.webinars.platforms import EMBEDDED, OPENED_THERE, Platform, platform_at, platform_of

# The portal's own videos are in this folder of the media folder, named after the recording's key.
VIDEO_FOLDER = "recordings"
VIDEO_TYPES = {"webm": "video/webm", "mp4": "video/mp4"}
CHECKED = tuple(platform for platform in OPENED_THERE if platform.spec.answers_checks)
WATCHABLE_STATES = (RecordingState.RECORDED, RecordingState.LIVE)
# What visitors are told. That a video is only suspected to be gone is for the staff.
_PUBLIC_STATES = (
    SourceState.UNAVAILABLE,
    SourceState.NOT_EMBEDDABLE,
    SourceState.REGION,
    SourceState.LIVE,
    SourceState.ENDED,
)


@dataclass(frozen=True)
class Playback:
    """Where a recording plays. `platform` is None when there is nothing to play."""

    platform: Platform | None = None
    url: str = ""
    embed_url: str = ""
    file_url: str = ""
    file_type: str = ""

    @property
    def player_url(self) -> str:
        """The address of the platform's player after the click; empty when the recording does not play in the page."""
        return f"{self.embed_url}?{self.platform.spec.embed_parameters}" if self.platform and self.embed_url else ""


@dataclass(frozen=True)
class SourceStatus:
    """What a visitor should know of a place where a recording can be watched; `since` is None when nobody knows it."""

    state: str
    platform: str
    since: datetime | None


def own_video_keys() -> list[str]:
    """The keys of the recordings of which the portal has a video file of its own."""
    folder = Path(settings.MEDIA_ROOT) / VIDEO_FOLDER
    if not folder.is_dir():
        return []
    return sorted({path.stem for path in folder.iterdir() if path.suffix[1:] in VIDEO_TYPES})


def own_video(recording: Recording) -> Path | None:
    """The portal's own video file of a recording; None when there is none."""
    for ending in VIDEO_TYPES:
        path = Path(settings.MEDIA_ROOT) / VIDEO_FOLDER / f"{recording.key}.{ending}"
        if path.is_file():
            return path
    return None


def playback_of(recording: Recording, sources: list[RecordingSource]) -> Playback:
    """Where a recording plays: its own file first, then an embedded video, a page elsewhere, a post that announced it.

    Nothing plays of a session to come and of a recording that was not found: what a platform has then is the
    announcement. Nor does a post stand in for a video that is not shown any more, because it may be the announcement
    too. A video that may only be watched on its platform has an address and nothing to embed.
    """
    if recording.taken_down or not (recording.state in WATCHABLE_STATES or has_started_at_source(recording, sources)):
        return Playback()
    if file := own_video(recording):
        # Browsers keep files for ever; a replaced video has another address.
        url = f"{settings.MEDIA_URL}{VIDEO_FOLDER}/{file.name}?v={int(file.stat().st_mtime)}"
        return Playback(Platform.FILE, file_url=url, file_type=VIDEO_TYPES[file.suffix[1:]])
    videos = _videos(sources)
    available = [source for source in videos if not is_lost(source)]
    for source in sorted(available, key=lambda source: source.state == SourceState.NOT_EMBEDDABLE):
        platform, video_id = Platform(source.platform), videos[source]
        if source.state == SourceState.NOT_EMBEDDABLE:
            return Playback(platform, platform.watch_url(video_id))
        return Playback(platform, source.url or platform.watch_url(video_id), platform.embed_url(video_id))
    pages = [] if videos else [one for one in sources if is_web_address(one.url) and not is_lost(one)]
    for source in sorted(pages, key=lambda source: Platform(source.platform).spec.announces):
        if source.platform in OPENED_THERE:
            return Playback(platform_at(source.url), source.url)
    return Playback()


def is_lost(source: RecordingSource) -> bool:
    """Whether a place does not show its recording any more. `lost_condition` is the same rule for a query.

    Where a check of the page tells, one that may be gone is not offered; elsewhere the staff look at it first.
    """
    if source.state == SourceState.SUSPECTED:
        return source.platform in CHECKED
    return source.state == SourceState.UNAVAILABLE


def lost_condition() -> Q:
    """The condition that a place does not show its recording any more."""
    return Q(state=SourceState.UNAVAILABLE) | Q(state=SourceState.SUSPECTED, platform__in=CHECKED)


def can_be_watched(recording: Recording, sources: list[RecordingSource]) -> bool:
    """Whether a recording plays for everybody: here, or on a page elsewhere. An announcement is none."""
    everywhere = [source for source in sources if source.state != SourceState.REGION]
    platform = playback_of(recording, everywhere).platform
    return platform is not None and not platform.spec.announces


def has_started_at_source(recording: Recording, sources: list[RecordingSource]) -> bool:
    """Whether a session that staff still call planned is live at a source, or was live and can be watched there now."""
    return recording.state == RecordingState.PLANNED and any(
        source.state == SourceState.LIVE or (source.state == SourceState.ENDED and source.duration_s)
        for source in sources
    )


def has_ended_at_source(recording: Recording, sources: list[RecordingSource]) -> bool:
    """Whether a session that staff still call planned or live is over, says a source."""
    is_open = recording.state in (RecordingState.PLANNED, RecordingState.LIVE)
    return is_open and any(source.state == SourceState.ENDED for source in sources)


def source_statuses(recording: Recording, sources: list[RecordingSource], playback: Playback) -> list[SourceStatus]:
    """What visitors should know of the embedded videos of a recording, each state once.

    The portal's own file plays whatever the platform says, so beside it only a video that went is mentioned.
    """
    statuses: dict[str, SourceStatus] = {}
    for source in _videos(sources):
        if source.state in _PUBLIC_STATES and (not playback.file_url or source.state == SourceState.UNAVAILABLE):
            # Two videos of one talk in the same state are one piece of news.
            statuses.setdefault(
                source.state, SourceStatus(source.state, source.get_platform_display(), source.state_since)
            )
    if not has_ended_at_source(recording, sources):
        statuses.pop(SourceState.ENDED, None)
    return list(statuses.values())


def is_web_address(url: str) -> bool:
    """Whether an address from outside may become a link."""
    return url.startswith(("https://", "http://"))


def watch_links(sources: list[RecordingSource]) -> list[dict[str, str]]:
    """The pages elsewhere that show a recording or its announcement, each as `name` and `url`.

    Without own files, and without a video that is not there any more. Two on one platform are told apart by day.
    """
    links: list[tuple[RecordingSource, str, str]] = []
    for source in sources:
        if source.state == SourceState.UNAVAILABLE:
            continue
        platform = platform_of(source.external_id)
        if platform in EMBEDDED and (video_id := platform.video_id(source.external_id)):
            links.append((source, str(platform.label), platform.watch_url(video_id)))
        elif source.platform != Platform.FILE and is_web_address(source.url):
            links.append((source, str(platform_at(source.url).label), source.url))
    counts = Counter(name for _source, name, _url in links)
    return [
        {
            "name": f"{name} ({_published_day(source)})" if counts[name] > 1 and source.published_at else name,
            "url": url,
        }
        for source, name, url in links
    ]


def _published_day(source: RecordingSource) -> str:
    return date_format(localtime(source.published_at), "DATE_FORMAT")


def _videos(sources: list[RecordingSource]) -> dict[RecordingSource, str]:
    """The sources of which the video plays in a page, with the platform's id of it."""
    return {
        source: video_id
        for source in sources
        if source.platform in EMBEDDED and (video_id := Platform(source.platform).video_id(source.external_id))
    }
