"""Copies the values of an accepted item to the RecordingSource of its recording."""

from copy import copy

from django.utils import timezone

from portal.feeds.choices import ItemState, Reason
from portal.feeds.item_values import ON_RECORDING, field_values
from portal.feeds.models import Item
from portal.feeds.review.source_changes import note_source_changes
from portal.webinars.choices import SourceState
from portal.webinars.models import RecordingSource
from portal.webinars.platforms import platform_of

_STATE_OF_REASON: dict[str, str] = {
    Reason.MISSING: SourceState.SUSPECTED,
    Reason.UNAVAILABLE: SourceState.UNAVAILABLE,
    Reason.NOT_EMBEDDABLE: SourceState.NOT_EMBEDDABLE,
    Reason.REGION: SourceState.REGION,
    Reason.CALLED_OFF: SourceState.CALLED_OFF,
}


def update_recordings(item: Item) -> None:
    """Copy the values of an item to its recording, if it was accepted."""
    if item.state == ItemState.ACCEPTED:
        for video_link in RecordingSource.objects.filter(external_id__in=item.identities):
            update_recording_source(item, video_link)


def update_recording_source(item: Item, video_link: RecordingSource) -> None:
    """Copy the values of an item to a RecordingSource, and note what changed since the last time for staff.

    Texts of staff are fields of the recording itself and are not touched.
    """
    before = copy(video_link) if video_link.fetched_at else None
    for name, value in field_values(item, ON_RECORDING).items():
        setattr(video_link, name, value)
    video_link.url = item.url or item.file_url
    video_link.platform = platform_of(item.external_id)
    video_link.content_hash, video_link.fetched_at = item.content_hash, item.fetched_at
    state = _STATE_OF_REASON.get(item.reason, item.broadcast)
    if state != video_link.state:
        video_link.state, video_link.state_since = state, timezone.now() if state else None
    video_link.save()
    if before:
        note_source_changes(before, video_link)
