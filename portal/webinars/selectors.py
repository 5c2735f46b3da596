"""The recordings that visitors may be offered, as queries that lists, search, feeds and the sitemap share."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery

from portal.core.page_cache.cached_values import cached_each
from portal.core.publishing.visibility import visible_records
from portal.webinars.choices import SourceState
from portal.webinars.models import Recording, RecordingSource
from portal.webinars.recording_state import gone_at_source
from portal.webinars.schedule import event_day, upcoming_condition


def listed_recordings() -> QuerySet[Recording]:
    """The recordings that a visitor may be offered: the public ones, but none of which the title was taken away."""
    return visible_records(Recording).exclude(take_down__words_stay=False)


def public_recordings() -> QuerySet[Recording]:
    """The recordings of `listed_recordings` with what their cards show.

    `day` is the best known date, `title_at_source` and `text_at_source` the first that a source gives, and
    `gone_at_source` whether no platform shows the video any more.
    """
    sources = RecordingSource.objects.filter(recording=OuterRef("pk")).order_by("pk")
    return (
        listed_recordings()
        .annotate(
            day=event_day(),
            title_at_source=Subquery(sources.exclude(title="").values("title")[:1]),
            text_at_source=Subquery(sources.exclude(text="").values("text")[:1]),
            gone_at_source=gone_at_source(),
        )
        .select_related("series", "poster", "take_down")
        .prefetch_related("captions", "poster__renditions")
    )


def recordings_by_id(ids: Collection[int]) -> dict[int, Recording]:
    """Return those of `public_recordings` with these ids; read once until something is published."""
    return cached_each(("recordings",), ids, lambda missing: public_recordings().in_bulk(missing))


def newest_first(recordings: QuerySet[Recording]) -> QuerySet[Recording]:
    """Recordings of `public_recordings` by their day, those without one last."""
    return recordings.order_by(F("day").desc(nulls_last=True), "-pk")


def upcoming_sessions(now: datetime | None = None) -> QuerySet[Recording]:
    """The public sessions that are still to come or going on, the next one first; those without a date last.

    Without those that their organiser called off: staff decide about their pages, nobody is invited to them.
    """
    called_off = RecordingSource.objects.filter(recording=OuterRef("pk"), state=SourceState.CALLED_OFF)
    upcoming = public_recordings().filter(upcoming_condition(now)).exclude(Exists(called_off))
    return upcoming.order_by(F("event_start").asc(nulls_last=True), "pk")
