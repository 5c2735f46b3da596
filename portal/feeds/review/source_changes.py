"""What becomes different where a recording can be watched: noted once, and staff choose what to do about it.

The source's own values are renewed by each pull (`keep.py`), and what staff wrote is never overwritten by one. So a new
title or date waits here until somebody takes it over or keeps ours.
"""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from wagtail.actions.unpublish import UnpublishAction
from wagtail.log_actions import log

from portal.feeds.choices import ChangeKind, Choice
from portal.feeds.models import SourceChange
from portal.webinars.choices import RecordingState, SourceState
from portal.webinars.models import Recording, RecordingSource

_OF_STATE = {
    SourceState.UNAVAILABLE: ChangeKind.GONE,
    SourceState.NOT_EMBEDDABLE: ChangeKind.NOT_EMBEDDABLE,
    SourceState.REGION: ChangeKind.REGION,
    SourceState.ENDED: ChangeKind.ENDED,
    SourceState.CALLED_OFF: ChangeKind.CALLED_OFF,
}
CHOICES = {
    ChangeKind.GONE: (Choice.KEEP, Choice.OTHER_SOURCE, Choice.OFF_LINE),
    ChangeKind.NOT_EMBEDDABLE: (Choice.KEEP, Choice.OTHER_SOURCE, Choice.OFF_LINE),
    ChangeKind.REGION: (Choice.KEEP, Choice.OTHER_SOURCE, Choice.OFF_LINE),
    ChangeKind.RETITLED: (Choice.ACCEPT, Choice.KEEP),
    ChangeKind.RESCHEDULED: (Choice.ACCEPT, Choice.KEEP),
    ChangeKind.ENDED: (Choice.ACCEPT, Choice.KEEP),
    ChangeKind.CALLED_OFF: (Choice.KEEP, Choice.OFF_LINE),
}


class AlreadyChosen(Exception):
    """A colleague, or a first click, chose about the change meanwhile; the change as it is now comes with it."""

    def __init__(self, change: SourceChange):
        super().__init__(str(change))
        self.change = change


def note_changes(known: RecordingSource, place: RecordingSource) -> None:
    """Note what a place says now that staff have to choose about; `known` is what it said before.

    What they chose about once is not asked again, and what the source takes back is not asked at all.
    """
    recording = place.recording
    if known.state != place.state:
        _over(place, [_OF_STATE[known.state]] if known.state in _OF_STATE else [])
        kind = _OF_STATE.get(place.state)
        if kind and (kind not in (ChangeKind.ENDED, ChangeKind.CALLED_OFF) or _is_expected(recording)):
            SourceChange.objects.create(place=place, kind=kind)
    if known.title and place.title and known.title != place.title:
        own = [getattr(recording, f"title_{code}") for code in settings.CONTENT_LANGUAGES]
        _say(place, ChangeKind.RETITLED, known.title, place.title, settled=place.title in own)
    both = known.event_start and place.event_start
    # A stream that begins two minutes late was not rescheduled; a calendar says nothing of being live.
    is_ahead = place.state == SourceState.UPCOMING or (place.state == "" and recording.state == RecordingState.PLANNED)
    if both and known.event_start != place.event_start and is_ahead:
        before, now = known.event_start.isoformat(), place.event_start.isoformat()
        _say(place, ChangeKind.RESCHEDULED, before, now, settled=place.event_start == recording.event_start)


def _is_expected(recording: Recording) -> bool:
    return recording.state in (RecordingState.PLANNED, RecordingState.LIVE)


def _say(place: RecordingSource, kind: str, before: str, now: str, *, settled: bool) -> None:
    """Note another value, in place of one that still waits; what comes back to where it began is over."""
    waiting = SourceChange.objects.filter(place=place, kind=kind, choice="").first()
    before = waiting.before if waiting else before
    _over(place, [kind])
    chosen = SourceChange.objects.filter(place=place, kind=kind, now=now).exclude(choice__in=("", Choice.OVER))
    if not settled and before != now and not chosen.exists():
        SourceChange.objects.create(place=place, kind=kind, before=before, now=now)


def _over(place: RecordingSource, kinds: list[str]) -> None:
    waiting = SourceChange.objects.filter(place=place, kind__in=kinds, choice="")
    waiting.update(choice=Choice.OVER, chosen_at=timezone.now())


def choose(change: SourceChange, choice: str, user) -> bool:
    """Do what somebody chose about a change; whether it is public now (else it waits in the recording's draft).

    `choice` is one of `CHOICES` of the kind of change; raises ValueError for another, AlreadyChosen after a first one.
    """
    with transaction.atomic():
        change = SourceChange.objects.select_for_update().select_related("place__recording").get(pk=change.pk)
        if change.choice:
            raise AlreadyChosen(change)
        if choice not in CHOICES[change.kind]:
            raise ValueError(choice)
        recording, public = change.place.recording, True
        if choice == Choice.OFF_LINE:
            if recording.live:
                # Who may is asked by the view; Wagtail asks pages only.
                UnpublishAction(recording, user=user).execute(skip_permission_checks=True)
        elif (values := _values(change, choice, recording)) is not None:
            public = write_on(recording, values, user)
        change.choice, change.chosen_at = choice, timezone.now()
        change.save(update_fields=["choice", "chosen_at"])
        log(instance=recording, action="feeds.choose", user=user, data={"change": change.kind, "choice": choice})
    return public


def _values(change: SourceChange, choice: str, recording: Recording) -> dict | None:
    """What a choice writes on the recording; None when it writes nothing."""
    if change.kind == ChangeKind.RETITLED:
        field = f"title_{title_language(recording)}"
        if choice == Choice.ACCEPT:
            # Without a title of its own its page shows the new one already.
            return {field: change.now} if getattr(recording, field) else None
        # To keep what only the source said, it has to become ours.
        return None if getattr(recording, field) else {field: change.before[:200]}
    if choice != Choice.ACCEPT:
        return None
    if change.kind == ChangeKind.RESCHEDULED:
        start, before, end = datetime.fromisoformat(change.now), recording.event_start, recording.event_end
        return {"event_start": start, "event_end": end + (start - before) if end and before else None}
    if change.kind == ChangeKind.ENDED:
        return {"state": RecordingState.RECORDED}
    return None


def title_language(recording: Recording) -> str:
    """The language of the column in which a title of the source belongs: the one that is spoken, else Dutch."""
    return (
        recording.speech_language if recording.speech_language in settings.CONTENT_LANGUAGES else settings.LANGUAGE_CODE
    )


def write_on(recording: Recording, values: dict, user) -> bool:
    """Write values on the newest version of a recording, and publish it unless a draft of somebody waits there."""
    publish = recording.live and not recording.has_unpublished_changes
    newest = recording.get_latest_revision_as_object()
    for name, value in values.items():
        setattr(newest, name, value[:200] if isinstance(value, str) else value)
    revision = newest.save_revision(user=user)
    if publish:
        revision.publish(user=user)
    return publish
