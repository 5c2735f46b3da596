"""Changes at the source of a recording: each is noted once, and staff choose what to do about it.

Each pull renews the values of the source (`recording_sources.py`) and never overwrites texts of staff. So a new title
or date waits here until somebody accepts it or keeps ours.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from wagtail.actions.unpublish import UnpublishAction
from wagtail.log_actions import log

from portal.core.models import User
from portal.feeds.choices import ChangeKind, Choice
from portal.feeds.models import SourceChange
from portal.webinars.choices import RecordingState, SourceState
from portal.webinars.models import Recording, RecordingSource

_KIND_OF_STATE: dict[str, ChangeKind] = {
    SourceState.UNAVAILABLE: ChangeKind.GONE,
    SourceState.NOT_EMBEDDABLE: ChangeKind.NOT_EMBEDDABLE,
    SourceState.REGION: ChangeKind.REGION,
    SourceState.ENDED: ChangeKind.ENDED,
    SourceState.CALLED_OFF: ChangeKind.CALLED_OFF,
}
ALLOWED_CHOICES: dict[str, tuple[Choice, ...]] = {
    ChangeKind.GONE: (Choice.KEEP, Choice.OTHER_SOURCE, Choice.OFF_LINE),
    ChangeKind.NOT_EMBEDDABLE: (Choice.KEEP, Choice.OTHER_SOURCE, Choice.OFF_LINE),
    ChangeKind.REGION: (Choice.KEEP, Choice.OTHER_SOURCE, Choice.OFF_LINE),
    ChangeKind.RETITLED: (Choice.ACCEPT, Choice.KEEP),
    ChangeKind.RESCHEDULED: (Choice.ACCEPT, Choice.KEEP),
    ChangeKind.ENDED: (Choice.ACCEPT, Choice.KEEP),
    ChangeKind.CALLED_OFF: (Choice.KEEP, Choice.OFF_LINE),
}


class AlreadyChosenError(Exception):
    """Somebody has chosen about the change in the meantime; `change` is the change as it is now."""

    def __init__(self, change: SourceChange):
        super().__init__(str(change))
        self.change = change


def note_source_changes(before: RecordingSource, video_link: RecordingSource) -> None:
    """Note the changes of a source that staff have to choose about; `before` has its former values.

    A change that they chose about is not noted again, and one that the source takes back is withdrawn.
    """
    recording = video_link.recording
    if before.state != video_link.state:
        _withdraw(video_link, [_KIND_OF_STATE[before.state]] if before.state in _KIND_OF_STATE else [])
        kind = _KIND_OF_STATE.get(video_link.state)
        if kind and (kind not in (ChangeKind.ENDED, ChangeKind.CALLED_OFF) or _is_expected(recording)):
            SourceChange.objects.create(place=video_link, kind=kind)
    if before.title and video_link.title and before.title != video_link.title:
        titles = [getattr(recording, f"title_{code}") for code in settings.CONTENT_LANGUAGES]
        is_ours = video_link.title in titles
        _note_value(video_link, ChangeKind.RETITLED, before.title, video_link.title, is_settled=is_ours)
    # Only for the future, as a stream that begins two minutes late was not rescheduled. A calendar has no live state.
    is_planned = video_link.state == "" and recording.state == RecordingState.PLANNED
    is_ahead = video_link.state == SourceState.UPCOMING or is_planned
    old_start, new_start = before.event_start, video_link.event_start
    if old_start and new_start and old_start != new_start and is_ahead:
        is_ours = new_start == recording.event_start
        _note_value(
            video_link, ChangeKind.RESCHEDULED, old_start.isoformat(), new_start.isoformat(), is_settled=is_ours
        )


def _is_expected(recording: Recording) -> bool:
    return recording.state in (RecordingState.PLANNED, RecordingState.LIVE)


def _note_value(video_link: RecordingSource, kind: str, before: str, now: str, *, is_settled: bool) -> None:
    """Note a new value instead of one that waits. If the first value came back, nothing waits any more."""
    waiting = SourceChange.objects.filter(place=video_link, kind=kind, choice="").first()
    before = waiting.before if waiting else before
    _withdraw(video_link, [kind])
    chosen = SourceChange.objects.filter(place=video_link, kind=kind, now=now).exclude(choice__in=("", Choice.OVER))
    if not is_settled and before != now and not chosen.exists():
        SourceChange.objects.create(place=video_link, kind=kind, before=before, now=now)


def _withdraw(video_link: RecordingSource, kinds: Iterable[str]) -> None:
    waiting = SourceChange.objects.filter(place=video_link, kind__in=kinds, choice="")
    waiting.update(choice=Choice.OVER, chosen_at=timezone.now())


def apply_choice(change: SourceChange, choice: str, user: User | None) -> bool:
    """Do what somebody chose about a change. Returns whether it is public now; else it is in the recording's draft.

    `choice` is one of `ALLOWED_CHOICES` of the kind of change. Raises ValueError for another one, and
    AlreadyChosenError if somebody chose before.
    """
    with transaction.atomic():
        change = SourceChange.objects.select_for_update().select_related("place__recording").get(pk=change.pk)
        if change.choice:
            raise AlreadyChosenError(change)
        if choice not in ALLOWED_CHOICES[change.kind]:
            raise ValueError(choice)
        recording, public = change.place.recording, True
        if choice == Choice.OFF_LINE:
            if recording.live:
                # The view has checked the permission; Wagtail's own check knows only pages.
                UnpublishAction(recording, user=user).execute(skip_permission_checks=True)
        elif (values := _values(change, choice, recording)) is not None:
            public = write_to_recording(recording, values, user)
        change.choice, change.chosen_at = choice, timezone.now()
        change.save(update_fields=["choice", "chosen_at"])
        log(instance=recording, action="feeds.choose", user=user, data={"change": change.kind, "choice": choice})
    return public


def _values(change: SourceChange, choice: str, recording: Recording) -> dict | None:
    """Return the fields of the recording that a choice changes; None if it changes nothing."""
    if change.kind == ChangeKind.RETITLED:
        field = f"title_{title_language(recording)}"
        if choice == Choice.ACCEPT:
            # A recording without a title of its own shows the new one already.
            return {field: change.now} if getattr(recording, field) else None
        # The title was the source's, so to keep it, it has to become the recording's own.
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
    """Return the language of the column for a title of the source: the spoken one, else Dutch."""
    language = recording.speech_language
    return language if language in settings.CONTENT_LANGUAGES else settings.LANGUAGE_CODE


def write_to_recording(recording: Recording, values: dict[str, Any], user: User | None) -> bool:
    """Write fields of the newest revision of a recording. Publishes it, unless it has an unpublished draft.

    Returns whether it was published.
    """
    publish = recording.live and not recording.has_unpublished_changes
    newest_entries = recording.get_latest_revision_as_object()
    for name, value in values.items():
        setattr(newest_entries, name, value[:200] if isinstance(value, str) else value)
    revision = newest_entries.save_revision(user=user)
    if publish:
        revision.publish(user=user)
    return publish
