"""When a session is, or was: whether it is upcoming, and the date that visitors read."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Case, CharField, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Cast, Coalesce, TruncDate
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.core.content.partial_dates import PartialDate
from portal.webinars.choices import RecordingState
from portal.webinars.models import Recording, RecordingSource

ASSUMED_DURATION = timedelta(hours=3)  # of a session of which the end is not known
UPCOMING_STATES = (RecordingState.PLANNED, RecordingState.LIVE)


def is_upcoming(recording: Recording, now: datetime | None = None) -> bool:
    """Whether a session is still to come or going on. `upcoming_condition` is the same rule for a query."""
    if recording.state not in UPCOMING_STATES:
        return False
    now = now or timezone.now()
    if recording.event_start:
        return (recording.event_end or recording.event_start + ASSUMED_DURATION) >= now
    last_day = PartialDate.read(recording.event_last_day or recording.event_day)
    # Of a session in "2026-12" any day of that month may still be the day.
    return last_day is None or not last_day.is_before(_today(now))


def upcoming_condition(now: datetime | None = None) -> Q:
    """The condition that a session is still to come or going on. `is_upcoming` is the same rule for an object."""
    now = now or timezone.now()
    hour_not_over = Q(event_end__gte=now) | Q(event_end__isnull=True, event_start__gte=now - ASSUMED_DURATION)
    day_not_over = Q(event_last_day="", event_day="")
    for field, without in (("event_last_day", {}), ("event_day", {"event_last_day": ""})):
        day_not_over |= Q(_day_not_over(field, _today(now).iso), **without)
    return Q(hour_not_over | Q(day_not_over, event_start__isnull=True), state__in=UPCOMING_STATES)


def _today(now: datetime) -> PartialDate:
    today = timezone.localdate(now)
    return PartialDate(today.year, today.month, today.day)


def _day_not_over(field: str, today: str) -> Q:
    """The condition that a partial date is not before today, compared as far as it is known."""
    as_far_as_known = [about for known in (today, today[:7], today[:4]) for about in (known, f"{known}~")]
    return Q(**{f"{field}__gte": today}) | Q(**{f"{field}__in": as_far_as_known})


@dataclass(frozen=True)
class EventDate:
    """The date of a recording that visitors read, and what happened on it, such as "Held on".

    `at` is the time, or the beginning of what is known: `first` and `last` are there where that is a day, a month or a
    year. `has_time` is whether the hour matters to a visitor, `is_planned` whether the session is still to come;
    `is_announcement` is for a session of which only the day is known on which it was announced.
    """

    word: str
    at: datetime
    has_time: bool = False
    is_planned: bool = False
    is_announcement: bool = False
    first: PartialDate | None = None
    last: PartialDate | None = None

    @property
    def day(self) -> str:
        """The date in words in the active language."""
        if self.first is None:
            return date_format(timezone.localtime(self.at), "DATE_FORMAT")
        first = self.first.sentence()
        return f"{first} – {self.last.sentence()}" if self.last and self.last != self.first else first

    @property
    def words(self) -> str:
        """The date in words, with the hour where that matters to a visitor."""
        return f"{self.day}, {timezone.localtime(self.at):%H:%M}" if self.has_time else self.day

    @property
    def iso(self) -> str:
        """The machine-readable form for <time datetime>, as exact as the date is known."""
        return self.first.iso if self.first else timezone.localtime(self.at).isoformat()


def event_date(recording: Recording) -> EventDate | None:
    """The best known date of a recording; None when there is none. `event_day` is the same rule for a query."""
    planned = is_upcoming(recording)
    if recording.event_start:
        word = _("Planned on") if planned else _("Held on")
        return EventDate(word, recording.event_start, has_time=planned, is_planned=planned)
    if first := PartialDate.read(recording.event_day):
        if first.day:
            word = _("Planned on") if planned else _("Held on")
        else:
            word = _("Planned in") if planned else _("Held in")
        at = timezone.make_aware(datetime(first.year, first.month or 1, first.day or 1))
        return EventDate(word, at, is_planned=planned, first=first, last=PartialDate.read(recording.event_last_day))
    if recording.announced_at:
        return EventDate(_("Announced on"), recording.announced_at, is_announcement=True)
    published = _first_published(recording)
    return EventDate(_("Published on"), published) if published else None


def _first_published(recording: Recording) -> datetime | None:
    if hasattr(recording, "published_at_source"):  # a list has read it with the recordings
        return recording.published_at_source
    sources = recording.sources.all() if recording.pk else ()
    return min((source.published_at for source in sources if source.published_at), default=None)


def published_at_source() -> Subquery:
    """The expression for the time at which a source first published a recording."""
    published = RecordingSource.objects.filter(recording=OuterRef("pk"), published_at__isnull=False)
    return Subquery(published.order_by("published_at").values("published_at")[:1])


def event_day() -> Case:
    """The expression for the best known date of a recording as a partial date, NULL where none is known.

    It needs `published_at_source` beside it. `event_date` is the same rule for an object.
    """
    return Case(
        When(event_start__isnull=False, then=_iso("event_start")),
        When(~Q(event_day=""), then=F("event_day")),
        default=_iso(Coalesce("announced_at", "published_at_source")),
        output_field=CharField(),
    )


def _iso(moment: str | Coalesce) -> Cast:
    return Cast(TruncDate(moment), CharField())
