"""Where a recording can be watched: on a platform after a click, or from the portal's own file."""

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.formats import date_format
from django.utils.timezone import localtime

from portal.webinars.choices import Platform, RecordingState, SourceState
from portal.webinars.models import Recording, RecordingSource

# The portal's own videos lie here in the media folder, named after the recording's key.
VIDEO_FOLDER = "recordings"
VIDEO_TYPES = {"webm": "video/webm", "mp4": "video/mp4"}
_VIDEO = re.compile(r"yt:([A-Za-z0-9_-]{11})")  # feeds.md 1.6
WATCHABLE_STATES = (RecordingState.RECORDED, RecordingState.LIVE)
# What a visitor is told of; that a video is only suspected to be gone is for the staff.
_PUBLIC_STATES = (
    SourceState.UNAVAILABLE,
    SourceState.NOT_EMBEDDABLE,
    SourceState.REGION,
    SourceState.LIVE,
    SourceState.ENDED,
)


@dataclass(frozen=True)
class Playback:
    """What the player component needs; `platform` is empty when there is nothing to play."""

    platform: str = ""
    embed_id: str = ""
    url: str = ""
    file_url: str = ""
    file_type: str = ""


def own_video(recording: Recording) -> Path | None:
    """The portal's own video of a recording, None when it is not there."""
    for ending in VIDEO_TYPES:
        path = Path(settings.MEDIA_ROOT) / VIDEO_FOLDER / f"{recording.key}.{ending}"
        if path.is_file():
            return path
    return None


def playback_of(recording: Recording, sources: list[RecordingSource]) -> Playback:
    """Where this recording plays: its own file first, then YouTube, then LinkedIn.

    Nothing for a session to come and for a recording that was not found: what a platform has then is the announcement;
    nor where YouTube does not show it any more, because LinkedIn has the announcement too. A video that may only be
    watched on YouTube has an address and nothing to embed.
    """
    if recording.taken_down or not (recording.state in WATCHABLE_STATES or has_started_at_source(recording, sources)):
        return Playback()
    if file := own_video(recording):
        # Browsers keep files for ever; a replaced video has another address.
        url = f"{settings.MEDIA_URL}{VIDEO_FOLDER}/{file.name}?v={int(file.stat().st_mtime)}"
        return Playback(Platform.FILE, file_url=url, file_type=VIDEO_TYPES[file.suffix[1:]])
    videos = _videos(sources)
    there = [source for source in videos if source.state != SourceState.UNAVAILABLE]
    for source in sorted(there, key=lambda one: one.state == SourceState.NOT_EMBEDDABLE):
        if source.state == SourceState.NOT_EMBEDDABLE:
            return Playback(Platform.YOUTUBE, url=_address(videos[source]))
        return Playback(Platform.YOUTUBE, embed_id=videos[source], url=source.url)
    for source in sources:
        if not videos and source.platform == Platform.LINKEDIN and is_web_address(source.url):
            return Playback(Platform.LINKEDIN, url=source.url)
    return Playback()


def has_started_at_source(recording: Recording, sources: list[RecordingSource]) -> bool:
    """Whether a session that staff still call to come is live at its source, or was and can be watched there now."""
    return recording.state == RecordingState.PLANNED and any(
        source.state == SourceState.LIVE or (source.state == SourceState.ENDED and source.duration_s)
        for source in sources
    )


def has_ended_at_source(recording: Recording, sources: list[RecordingSource]) -> bool:
    """Whether the source says that a session is over which staff still call to come or live."""
    still = recording.state in (RecordingState.PLANNED, RecordingState.LIVE)
    return still and any(source.state == SourceState.ENDED for source in sources)


def source_statuses(recording: Recording, sources: list[RecordingSource], player: Playback) -> list[dict]:
    """What the places to watch say of themselves that a visitor should know, each as `state`, `platform` and `since`.

    `since` is None where nobody knows it. An own file plays whatever YouTube says, so only that it went is told then.
    """
    said = {}
    for source in _videos(sources):
        if source.state in _PUBLIC_STATES and (not player.file_url or source.state == SourceState.UNAVAILABLE):
            # Two videos of one talk in the same state are one piece of news.
            said.setdefault(
                source.state,
                {"state": source.state, "platform": source.get_platform_display(), "since": source.state_since},
            )
    if SourceState.ENDED in said and not has_ended_at_source(recording, sources):
        del said[SourceState.ENDED]
    return list(said.values())


def is_web_address(url: str) -> bool:
    """Whether a source's address may be a link; it came from outside."""
    return url.startswith(("https://", "http://"))


def watch_links(sources: list[RecordingSource]) -> list[dict]:
    """The platforms on which a recording or its announcement is, as name and url; own files are not among them.

    Nor is a video that is not there any more: its address leads nowhere. Two on one platform are told apart by day.
    """
    found = []
    for source in sources:
        if source.state == SourceState.UNAVAILABLE:
            continue
        if video := _VIDEO.fullmatch(source.external_id):
            found.append((source, "YouTube", _address(video[1])))
        elif source.platform != Platform.FILE and is_web_address(source.url):
            found.append((source, source.get_platform_display(), source.url))
    times = Counter(name for _source, name, _url in found)
    return [
        {"name": f"{name} ({_day(source)})" if times[name] > 1 and source.published_at else name, "url": url}
        for source, name, url in found
    ]


def _day(source: RecordingSource) -> str:
    return date_format(localtime(source.published_at), "DATE_FORMAT")


def _videos(sources: list[RecordingSource]) -> dict[RecordingSource, str]:
    """The videos of YouTube among these sources, with their id."""
    return {
        source: video[1]
        for source in sources
        if source.platform == Platform.YOUTUBE and (video := _VIDEO.fullmatch(source.external_id))
    }


def _address(video: str) -> str:
    return f"https://www.youtube.com/watch?v={video}"
