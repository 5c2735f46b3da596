"""When a session is, or was: whether it is upcoming, and the date that visitors read."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.webinars.choices import RecordingState
from portal.webinars.models import Recording, RecordingSource

ASSUMED_DURATION = timedelta(hours=3)  # of a session of which the end is not known
UPCOMING_STATES = (RecordingState.PLANNED, RecordingState.LIVE)


def is_upcoming(recording: Recording, now: datetime | None = None) -> bool:
    """Whether a session is still to come or going on. `upcoming_condition` is the same rule for a query."""
    if recording.state not in UPCOMING_STATES:
        return False
    if recording.event_start is None:
        return True
    return (recording.event_end or recording.event_start + ASSUMED_DURATION) >= (now or timezone.now())


def upcoming_condition(now: datetime | None = None) -> Q:
    """The condition that a session is still to come or going on. `is_upcoming` is the same rule for an object."""
    now = now or timezone.now()
    not_over = (
        Q(event_start__isnull=True)
        | Q(event_end__gte=now)
        | Q(event_end__isnull=True, event_start__gte=now - ASSUMED_DURATION)
    )
    return Q(not_over, state__in=UPCOMING_STATES)


@dataclass(frozen=True)
class EventDate:
    """The date of a recording that visitors read, and what happened on it, such as "Held on".

    `has_time` is whether the hour matters to a visitor.
    """

    word: str
    at: datetime
    has_time: bool = False

    @property
    def day(self) -> str:
        """The date in words in the active language."""
        return date_format(timezone.localtime(self.at), "DATE_FORMAT")

    @property
    def words(self) -> str:
        """The date in words, with the hour where that matters to a visitor."""
        return f"{self.day}, {timezone.localtime(self.at):%H:%M}" if self.has_time else self.day


def event_date(recording: Recording) -> EventDate | None:
    """The best known date of a recording; None when there is none. `event_day` is the same rule for a query."""
    if recording.event_start:
        word = _("Planned on") if is_upcoming(recording) else _("Held on")
        return EventDate(word, recording.event_start, has_time=is_upcoming(recording))
    if recording.announced_at:
        return EventDate(_("Announced on"), recording.announced_at)
    published = _first_published(recording)
    return EventDate(_("Published on"), published) if published else None


def _first_published(recording: Recording) -> datetime | None:
    if hasattr(recording, "day"):  # a list has read it with the recordings
        return recording.day
    sources = recording.sources.all() if recording.pk else ()
    return min((source.published_at for source in sources if source.published_at), default=None)


def event_day() -> Coalesce:
    """The expression for the best known date of a recording. `event_date` is the same rule for an object."""
    published = RecordingSource.objects.filter(recording=OuterRef("pk"), published_at__isnull=False)
    first_published = published.order_by("published_at").values("published_at")[:1]
    return Coalesce("event_start", "announced_at", Subquery(first_published))
