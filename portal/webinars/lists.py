"""In which of the three lists a recording stands. The lists are never added up.

*Watch or listen* is what can be watched or heard at an address that works; *to come* are the sessions to come; *took
place* is what Mechelen had a part in and nobody has the recording of. What is in none of them keeps its page.
"""

from datetime import datetime
from typing import Any

from django.db.models import Case, CharField, Count, Exists, OuterRef, Q, QuerySet, Value, When

from portal.webinars.choices import MechelenPart, Medium, RecordingList, RecordingState, SourceState
from portal.webinars.models import Recording, RecordingSource
from portal.webinars.platforms import EMBEDDED, OPENED_THERE
from portal.webinars.playback import is_lost, is_web_address, lost_condition, own_video, own_video_keys
from portal.webinars.schedule import UPCOMING_STATES, is_upcoming, upcoming_condition

# What Mechelen did in a session that is listed although there is nothing to watch.
TOOK_PART = (MechelenPart.SPEAKER, MechelenPart.HOST, MechelenPart.ORGANISER, MechelenPart.FEATURED)


def list_of(recording: Recording, now: datetime | None = None) -> str:
    """The list in which a recording stands, "" for none. `list_expression` is the same rule for a query."""
    if hasattr(recording, "of_list") and now is None:  # a query has read it with the recordings
        return recording.of_list
    sources = list(recording.sources.all()) if recording.pk else []
    states = {source.state for source in sources}
    if recording.taken_down or recording.is_example or recording.is_about_portal:
        return ""
    is_open = recording.state in UPCOMING_STATES
    if is_open and SourceState.CALLED_OFF in states:
        return ""
    if is_upcoming(recording, now) and SourceState.ENDED not in states:
        return RecordingList.TO_COME
    was_recorded = recording.state == RecordingState.RECORDED or (is_open and _was_live(sources))
    if was_recorded and _has_place(recording, sources):
        return RecordingList.WATCH
    return RecordingList.TOOK_PLACE if recording.mechelen_part in TOOK_PART else ""


def _was_live(sources: list[RecordingSource]) -> bool:
    return any(source.state == SourceState.ENDED and source.duration_s for source in sources)


def _has_place(recording: Recording, sources: list[RecordingSource]) -> bool:
    """Whether there is a place at which a recording can be watched or heard."""
    videos = [source for source in sources if source.platform in EMBEDDED]
    pages = [source for source in sources if source.platform in OPENED_THERE and is_web_address(source.url)]
    return any(not is_lost(source) for source in videos or pages) or own_video(recording) is not None


def list_expression(now: datetime | None = None) -> Case:
    """The expression for the list in which a recording stands, "" for none. `list_of` is the rule for an object."""
    sources = RecordingSource.objects.filter(recording=OuterRef("pk"))
    videos = sources.filter(platform__in=EMBEDDED)
    pages = sources.filter(Q(url__startswith="https://") | Q(url__startswith="http://"), platform__in=OPENED_THERE)
    is_open = Q(state__in=UPCOMING_STATES)
    was_live = Q(is_open, Exists(sources.filter(state=SourceState.ENDED, duration_s__gt=0)))
    has_place = (
        Q(Exists(videos.exclude(lost_condition())))
        | Q(~Exists(videos), Exists(pages.exclude(lost_condition())))
        | Q(key__in=own_video_keys())
    )
    return Case(
        When(Q(take_down__isnull=False) | Q(is_example=True) | Q(is_about_portal=True), then=Value("")),
        When(is_open & Q(Exists(sources.filter(state=SourceState.CALLED_OFF))), then=Value("")),
        When(
            upcoming_condition(now) & ~Q(Exists(sources.filter(state=SourceState.ENDED))),
            then=Value(RecordingList.TO_COME.value),
        ),
        When((Q(state=RecordingState.RECORDED) | was_live) & has_place, then=Value(RecordingList.WATCH.value)),
        When(mechelen_part__in=TOOK_PART, then=Value(RecordingList.TOOK_PLACE.value)),
        default=Value(""),
        output_field=CharField(),
    )


def medium_of(recording: Recording) -> str:
    """What there is to see or hear, "" where nobody said it. `medium_expression` is the same rule for a query.

    What plays in the portal is a video unless the staff say otherwise.
    """
    if hasattr(recording, "of_medium"):
        return recording.of_medium
    if recording.medium:
        return recording.medium
    sources = recording.sources.all() if recording.pk else ()
    has_video = any(source.platform in EMBEDDED for source in sources) or own_video(recording) is not None
    return Medium.VIDEO if has_video else ""


def medium_expression() -> Case:
    """The expression for what there is to see or hear, "" where nobody said it."""
    videos = RecordingSource.objects.filter(recording=OuterRef("pk"), platform__in=EMBEDDED)
    return Case(
        When(~Q(medium=""), then="medium"),
        When(Q(Exists(videos)) | Q(key__in=own_video_keys()), then=Value(Medium.VIDEO.value)),
        default=Value(""),
        output_field=CharField(),
    )


def numbers(recordings: QuerySet[Recording]) -> dict[str, int]:
    """How many of `public_recordings` stand in each list: three numbers, which nobody adds up."""
    counted: Any = recordings.order_by().values("of_list")  # type: ignore[misc]  # an annotation
    counted = counted.annotate(number=Count("pk"))
    counts = {row["of_list"]: row["number"] for row in counted}
    return {name: counts.get(name, 0) for name in RecordingList.values}
