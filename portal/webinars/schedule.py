"""When a recording was or will be held, and what follows from it for its state."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.core.publishing.visibility import visible_records
from portal.webinars.choices import Platform, RecordingState, SourceState
from portal.webinars.models import Recording, RecordingSource
from portal.webinars.playback import WATCHABLE_STATES, own_video

TAKEN_DOWN = "taken_away"
# How long a session counts as going on when nobody said when it ends.
ASSUMED_DURATION = timedelta(hours=3)
UPCOMING_STATES = (RecordingState.PLANNED, RecordingState.LIVE)


@dataclass(frozen=True)
class EventDate:
    """A date of a recording and what happened on it; `has_time` is whether the hour says something to a visitor."""

    word: str
    at: datetime
    has_time: bool = False

    @property
    def day(self) -> str:
        """The date in words in the active language."""
        return date_format(timezone.localtime(self.at), "DATE_FORMAT")

    @property
    def words(self) -> str:
        """The date, with the hour where that says something to a visitor."""
        return f"{self.day}, {timezone.localtime(self.at):%H:%M}" if self.has_time else self.day


def listed_recordings() -> QuerySet:
    """The recordings that a visitor may be offered: the public ones, but none of which the title was taken away."""
    return visible_records(Recording).exclude(take_down__words_stay=False)


def public_recordings() -> QuerySet:
    """The recordings of `listed_recordings` with what their cards show.

    `day` is when, as far as that is known; `title_at_source` and `text_at_source` are what the first source that says
    something says; `gone_at_source` is whether no source shows it any more.
    """
    sources = RecordingSource.objects.filter(recording=OuterRef("pk"))
    gone = sources.filter(state=SourceState.UNAVAILABLE)
    elsewhere = sources.filter(platform=Platform.YOUTUBE).exclude(state=SourceState.UNAVAILABLE)
    published = sources.filter(published_at__isnull=False).order_by("published_at")
    return (
        listed_recordings()
        .annotate(
            day=Coalesce("event_start", "announced_at", Subquery(published.values("published_at")[:1])),
            title_at_source=Subquery(sources.exclude(title="").order_by("pk").values("title")[:1]),
            text_at_source=Subquery(sources.exclude(text="").order_by("pk").values("text")[:1]),
            gone_at_source=Exists(gone) & ~Exists(elsewhere),
        )
        .select_related("series", "poster", "take_down")
        .prefetch_related("captions", "poster__renditions")
    )


def newest_first(recordings: QuerySet) -> QuerySet:
    """Recordings of `public_recordings` by their day, those without one last."""
    return recordings.order_by(F("day").desc(nulls_last=True), "-pk")


def upcoming_condition(now: datetime | None = None) -> Q:
    """The condition that a session is still to come or going on; the same rule as `is_upcoming`."""
    now = now or timezone.now()
    ahead = (
        Q(event_start__isnull=True)
        | Q(event_end__gte=now)
        | Q(event_end__isnull=True, event_start__gte=now - ASSUMED_DURATION)
    )
    return Q(ahead, state__in=UPCOMING_STATES)


def upcoming_sessions(now: datetime | None = None) -> QuerySet:
    """The public sessions that are still to come or going on, the next one first; those without a date last.

    Not those that their organiser called off: staff decide about their pages, nobody is invited to them.
    """
    called_off = RecordingSource.objects.filter(recording=OuterRef("pk"), state=SourceState.CALLED_OFF)
    coming = public_recordings().filter(upcoming_condition(now)).exclude(Exists(called_off))
    return coming.order_by(F("event_start").asc(nulls_last=True), "pk")


def is_upcoming(recording: Recording, now: datetime | None = None) -> bool:
    """Whether a session is still to come or going on; the same rule as `upcoming_condition`."""
    if recording.state not in UPCOMING_STATES:
        return False
    if recording.event_start is None:
        return True
    return (recording.event_end or recording.event_start + ASSUMED_DURATION) >= (now or timezone.now())


def displayed_state(recording: Recording, now: datetime | None = None) -> str:
    """The state as a visitor meets it.

    A planned session whose hour has passed waits for its recording; what no source shows any more and what was taken
    away is not there, whatever its own state says.
    """
    if recording.taken_down:
        return TAKEN_DOWN
    if recording.state in WATCHABLE_STATES and is_gone(recording):
        return RecordingState.UNAVAILABLE
    if recording.state in UPCOMING_STATES and not is_upcoming(recording, now):
        return "awaited"
    return recording.state


def is_gone(recording: Recording) -> bool:
    """Whether the places where a recording could be watched do not show it any more, and the portal has no own file."""
    if hasattr(recording, "gone_at_source"):
        gone = recording.gone_at_source
    else:
        sources = recording.sources.all() if recording.pk else ()
        videos = [source for source in sources if source.platform == Platform.YOUTUBE]
        gone = bool(videos) and all(source.state == SourceState.UNAVAILABLE for source in videos)
    return gone and own_video(recording) is None


def state_label(state: str) -> str:
    """What a list says of a state; nothing for a recording that can be watched."""
    return {
        RecordingState.LIVE: _("Live now"),
        RecordingState.NOT_FOUND: _("Recording not found yet"),
        RecordingState.UNAVAILABLE: _("Recording not available any more"),
        "awaited": _("Recording not available yet"),
        TAKEN_DOWN: _("Recording taken away"),
    }.get(state, "")


def event_date(recording: Recording) -> EventDate | None:
    """The best known date of a recording; None when there is none."""
    if recording.event_start:
        word = _("Planned on") if is_upcoming(recording) else _("Held on")
        return EventDate(word, recording.event_start, has_time=is_upcoming(recording))
    if recording.announced_at:
        return EventDate(_("Announced on"), recording.announced_at)
    if hasattr(recording, "day"):
        return EventDate(_("Published on"), recording.day) if recording.day else None
    sources = recording.sources.all() if recording.pk else ()
    published = [source.published_at for source in sources if source.published_at]
    return EventDate(_("Published on"), min(published)) if published else None
