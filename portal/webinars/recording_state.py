"""The state of a recording as visitors meet it: to come, live, awaited, recorded, gone or taken down."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from portal.webinars.choices import RecordingState, SourceState
from portal.webinars.models import Recording, RecordingSource
from portal.webinars.platforms import EMBEDDED
from portal.webinars.playback import WATCHABLE_STATES, own_video
from portal.webinars.schedule import UPCOMING_STATES, is_upcoming

# States that a recording has for visitors only, beside those of choices.RecordingState.
AWAITED = "awaited"
TAKEN_DOWN = "taken_away"


def displayed_state(recording: Recording, now: datetime | None = None) -> str:
    """The state that visitors meet: a RecordingState, AWAITED or TAKEN_DOWN.

    A planned session of which the hour has passed waits for its recording. A recording that no source shows any more,
    or that was taken down, is not there whatever its own state says.
    """
    if recording.taken_down:
        return TAKEN_DOWN
    if recording.state in WATCHABLE_STATES and is_gone(recording):
        return RecordingState.UNAVAILABLE
    if recording.state in UPCOMING_STATES and not is_upcoming(recording, now):
        return AWAITED
    return recording.state


def state_label(state: str) -> str:
    """The words for a displayed state in a list; empty for a recording that can be watched."""
    return {
        RecordingState.LIVE: _("Live now"),
        RecordingState.NOT_FOUND: _("Recording not found yet"),
        RecordingState.UNAVAILABLE: _("Recording not available any more"),
        AWAITED: _("Recording not available yet"),
        TAKEN_DOWN: _("Recording taken away"),
    }.get(state, "")


def is_gone(recording: Recording) -> bool:
    """Whether no platform shows the video of a recording any more, and the portal has no file of its own."""
    return _gone_at_source(recording) and own_video(recording) is None


def _gone_at_source(recording: Recording) -> bool:
    """Whether there are embedded videos of a recording and all are gone. `gone_at_source` is the same for a query."""
    if hasattr(recording, "gone_at_source"):  # a list has read it with the recordings
        return recording.gone_at_source
    sources = recording.sources.all() if recording.pk else ()
    videos = [source for source in sources if source.platform in EMBEDDED]
    return bool(videos) and all(source.state == SourceState.UNAVAILABLE for source in videos)


def gone_at_source() -> Q:
    """The condition that there are embedded videos of a recording and all of them are gone."""
    videos = RecordingSource.objects.filter(recording=OuterRef("pk"), platform__in=EMBEDDED)
    return Q(Exists(videos)) & ~Q(Exists(videos.exclude(state=SourceState.UNAVAILABLE)))
