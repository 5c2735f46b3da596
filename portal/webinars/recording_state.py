"""The state of a recording as visitors meet it: to come, live, awaited, recorded, gone or taken down."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from portal.webinars.choices import RecordingState
from portal.webinars.models import Recording, RecordingSource
from portal.webinars.platforms import EMBEDDED, OPENED_THERE
from portal.webinars.playback import WATCHABLE_STATES, is_lost, lost_condition, own_video
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
        RecordingState.UNAVAILABLE: _("Recording not available"),
        AWAITED: _("Recording not available yet"),
        TAKEN_DOWN: _("Recording taken away"),
    }.get(state, "")


def is_gone(recording: Recording) -> bool:
    """Whether no platform or website shows a recording any more, and the portal has no file of its own."""
    return _gone_at_source(recording) and own_video(recording) is None


def _gone_at_source(recording: Recording) -> bool:
    """Whether there are places to watch a recording and all are gone. `gone_at_source` is the same for a query.

    A page elsewhere does not stand in for a video that is gone: it may be its announcement.
    """
    if hasattr(recording, "gone_at_source"):  # a list has read it with the recordings
        return recording.gone_at_source
    sources = list(recording.sources.all()) if recording.pk else []
    videos = [source for source in sources if source.platform in EMBEDDED]
    places = videos or [source for source in sources if source.platform in OPENED_THERE]
    return bool(places) and all(is_lost(source) for source in places)


def gone_at_source() -> Q:
    """The condition that there are places to watch a recording and all of them are gone."""
    of_recording = RecordingSource.objects.filter(recording=OuterRef("pk"))
    videos = of_recording.filter(platform__in=EMBEDDED)
    pages = of_recording.filter(platform__in=OPENED_THERE)
    return Q(Exists(videos), ~Exists(videos.exclude(lost_condition()))) | Q(
        ~Exists(videos), Exists(pages), ~Exists(pages.exclude(lost_condition()))
    )
