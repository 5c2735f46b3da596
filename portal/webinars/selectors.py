"""The recordings that visitors may be offered, as queries that lists, search, feeds and the sitemap share."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Case, F, OuterRef, QuerySet, Subquery, Value, When

from portal.core.page_cache.cached_values import cached_each
from portal.core.publishing.visibility import visible_records
from portal.webinars.choices import RecordingList
from portal.webinars.lists import list_expression, medium_expression
from portal.webinars.models import Recording, RecordingSource
from portal.webinars.recording_state import gone_at_source
from portal.webinars.schedule import event_day, published_at_source


def listed_recordings() -> QuerySet[Recording]:
    """The recordings that a visitor may be offered: the public ones, but none of which the title was taken away.

    An example is not offered anywhere: it is no webinar. The archive shows it under a heading of its own.
    """
    return visible_records(Recording).exclude(take_down__words_stay=False).exclude(is_example=True)


def examples() -> QuerySet[Recording]:
    """The examples of a demonstration, with what their cards show."""
    return with_card_values(visible_records(Recording).filter(is_example=True))


def public_recordings() -> QuerySet[Recording]:
    """The recordings of `listed_recordings` with what their cards show (`with_card_values`)."""
    return with_card_values(listed_recordings())


def with_card_values(recordings: QuerySet[Recording]) -> QuerySet[Recording]:
    """Recordings with what their cards show.

    `day` is the best known date, `title_at_source` and `text_at_source` the first that a source gives,
    `gone_at_source` whether no place shows the recording any more, `of_list` the list in which it stands and
    `of_medium` what there is to see or hear.
    """
    sources = RecordingSource.objects.filter(recording=OuterRef("pk")).order_by("pk")
    return (
        recordings.annotate(published_at_source=published_at_source())
        .annotate(
            day=event_day(),
            title_at_source=Subquery(sources.exclude(title="").values("title")[:1]),
            text_at_source=Subquery(sources.exclude(text="").values("text")[:1]),
            gone_at_source=gone_at_source(),
            of_list=list_expression(),
            of_medium=medium_expression(),
        )
        .select_related("series", "poster", "take_down")
        .prefetch_related("captions", "poster__renditions")
    )


def recordings_by_id(ids: Collection[int], *, with_posters: bool = True) -> dict[int, Recording]:
    """Return those of `public_recordings` with these ids; read once until something is published."""
    recordings = public_recordings()
    if not with_posters:
        recordings = recordings.prefetch_related(None).prefetch_related("captions")
    return cached_each(("recordings", with_posters), ids, lambda missing: recordings.in_bulk(missing))


def newest_first(recordings: QuerySet[Recording]) -> QuerySet[Recording]:
    """Recordings of `public_recordings` by their day, those without one last."""
    return recordings.order_by(F("day").desc(nulls_last=True), F("event_start").desc(nulls_last=True), "-pk")


def in_list(name: str) -> QuerySet[Recording]:
    """The recordings of `public_recordings` in one of the three lists."""
    return public_recordings().filter(of_list=name)


def upcoming_sessions(now: datetime | None = None) -> QuerySet[Recording]:
    """The public sessions that are still to come or going on, the next one first; those without a date last.

    Without those that their organiser called off: staff decide about their pages, nobody is invited to them.
    """
    upcoming = listed_recordings().annotate(is_next=list_expression(now)).filter(is_next=RecordingList.TO_COME)
    without_a_date = Case(When(event_start=None, event_day="", then=Value(1)), default=Value(0))
    return with_card_values(upcoming).order_by(without_a_date, "day", "event_start", "pk")
