"""The decisions about an item: accept it as a draft recording, merge it with a recording, reject a match, ignore it."""

import logging
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from portal.core.models import SchakelImage, User
from portal.feeds.adapters.registry import session_prefixes
from portal.feeds.choices import REASONS_WITHOUT_RECORDING, UNDECIDED_STATES, Broadcast, ItemState, Reason
from portal.feeds.errors import DecisionError
from portal.feeds.models import Item, Rejection
from portal.feeds.platforms.mentioned_ids import public_url
from portal.feeds.review.poster_download import fetch_poster
from portal.feeds.review.recording_drafts import create_draft_recording, initial_state, store_poster
from portal.feeds.review.recording_sources import update_recording_source
from portal.feeds.review.source_changes import write_to_recording
from portal.webinars.choices import RecordingState
from portal.webinars.models import Recording, RecordingSource
from portal.webinars.platforms import EMBEDDED, Platform, platform_of

logger = logging.getLogger(__name__)

# The states of a recording that becomes recorded once its video is found.
AWAITING_VIDEO = (RecordingState.NOT_FOUND, RecordingState.PLANNED)


def can_accept(item: Item) -> bool:
    """Return whether an item can become a recording: it has an id, can be watched, and is no recording yet."""
    if item.reason in REASONS_WITHOUT_RECORDING:
        return False
    return item.state != ItemState.ACCEPTED or item.recording_id is None


def can_ignore(item: Item) -> bool:
    """Return whether an item can be ignored: not once it has become a recording."""
    return item.state in UNDECIDED_STATES


def accept(item: Item, user: User | None, *, publish: bool = False) -> Recording:
    """Make a draft recording of an item and return it; return its recording if it was accepted before.

    With `publish` a new recording is public at once.

    The title and abstract of the draft stay empty: its pages show those of the source until staff write better ones.
    The picture is fetched first and stored as an image of the portal; without one the draft has no poster. A video that
    staff entered by hand before is not duplicated. Raises DecisionError.
    """
    if item.state == ItemState.ACCEPTED and item.recording is not None:
        return item.recording
    if not can_accept(item):
        raise DecisionError(_("This cannot become a recording: %s") % item.get_reason_display())
    poster = None
    if item.thumbnail_url and not RecordingSource.objects.filter(external_id__in=item.identities).exists():
        poster = fetch_poster(item.thumbnail_url)  # before the transaction, so that a slow picture locks nothing
    with transaction.atomic():
        item = Item.objects.select_for_update().get(pk=item.pk)
        video_link = RecordingSource.objects.filter(external_id__in=item.identities).select_related("recording").first()
        is_new = video_link is None
        if video_link is None:
            platform = platform_of(item.external_id)
            recording = create_draft_recording(
                item.title,
                item.external_id,
                user,
                text=item.text,
                state=_recording_state(item, platform),
                announced_at=item.published_at if platform.spec.announces else None,
                event_start=item.event_start,
                event_end=item.event_end,
                duration_s=item.duration_s,
                poster=_store_poster(poster, item, user),
            )
            video_link = RecordingSource(recording=recording, external_id=item.external_id)
        update_recording_source(item, video_link)
        _add_other_video_links(item, video_link.recording)
        item.state, item.recording = ItemState.ACCEPTED, video_link.recording
        item.save(update_fields=["state", "recording"])
        log(instance=item, action="feeds.accept", user=user)
        if publish and is_new:
            video_link.recording.get_latest_revision().publish(user=user)
    return video_link.recording


def _store_poster(poster: ContentFile | None, item: Item, user: User | None) -> SchakelImage | None:
    """Store a fetched picture as an image, if there is one. Raises DecisionError if the disk is full."""
    try:
        return store_poster(poster, item.title, item.source.name, item.url, item.external_id, user)
    except OSError as error:
        logger.exception("the picture of item %s could not be stored", item.external_id)
        raise DecisionError(
            _("Its picture could not be stored, so nothing was changed. Tell whoever runs the portal, and try again.")
        ) from error


def merge(item: Item, recording: Recording, user: User | None) -> Recording:
    """Add an item to an existing recording as one more video link. Returns the recording.

    The texts of staff stay. If the item is a video, a recording that was planned or not found becomes recorded, and
    gets the picture of the video if it has none. That is public at once, unless the recording has an unpublished draft.
    Raises DecisionError if the item is another recording already, or cannot become one.
    """
    if item.state == ItemState.ACCEPTED and item.recording_id == recording.pk:
        return recording
    if not can_accept(item):
        raise DecisionError(_("It is a recording already. Take the recording off line instead."))
    poster = fetch_poster(item.thumbnail_url) if item.thumbnail_url and recording.poster_id is None else None
    with transaction.atomic():
        item = Item.objects.select_for_update().get(pk=item.pk)
        existing = RecordingSource.objects.filter(external_id__in=item.identities).select_related("recording").first()
        if existing and existing.recording_id != recording.pk:
            raise DecisionError(_("“%(recording)s” has this place already.") % {"recording": existing.recording})
        update_recording_source(item, existing or RecordingSource(recording=recording, external_id=item.external_id))
        _add_other_video_links(item, recording)
        values: dict[str, Any] = {}
        platform = platform_of(item.external_id)
        is_video = platform in EMBEDDED and _recording_state(item, platform) == RecordingState.RECORDED
        if is_video and recording.state in AWAITING_VIDEO:
            values["state"] = RecordingState.RECORDED
        if poster:
            values["poster"] = _store_poster(poster, item, user)
        if values:
            write_to_recording(recording, values, user)
        item.state, item.recording = ItemState.ACCEPTED, recording
        item.save(update_fields=["state", "recording"])
        log(instance=item, action="feeds.merge", user=user, data={"recording": recording.pk})
    return recording


def reject(item: Item, recording: Recording, user: User | None) -> None:
    """Store that an item does not belong to a recording, so that it is not suggested again."""
    _rejection, is_new = Rejection.objects.get_or_create(item=item, recording=recording)
    if is_new:
        log(instance=item, action="feeds.reject", user=user, data={"recording": recording.pk})


def _recording_state(item: Item, platform: Platform) -> str:
    """Return the state of the recording of an item that staff have not looked at yet."""
    if item.broadcast == Broadcast.LIVE:
        return RecordingState.LIVE
    if item.reason in (Reason.NO_VIEWS, Reason.UPCOMING) or (item.event_start and item.event_start > timezone.now()):
        return RecordingState.PLANNED
    if item.external_id.startswith(session_prefixes()):
        return RecordingState.NOT_FOUND
    return initial_state(platform, item.published_at)


def _add_other_video_links(item: Item, recording: Recording) -> None:
    """Add the ids of an item on other platforms: a row of a table can have a video and its announcement."""
    for name in item.identities:
        if platform_of(name) != platform_of(item.external_id):
            values = {"recording": recording, "platform": platform_of(name), "url": public_url(name)}
            RecordingSource.objects.get_or_create(external_id=name, defaults=values)


def ignore(item: Item, user: User | None) -> None:
    """Ignore an item for ever. It stays stored, so that the next pull does not bring it back. Raises DecisionError."""
    with transaction.atomic():
        item = Item.objects.select_for_update().get(pk=item.pk)
        if item.state == ItemState.IGNORED:
            return
        if not can_ignore(item):
            raise DecisionError(_("It is a recording already. Take the recording off line instead."))
        item.state = ItemState.IGNORED
        item.save(update_fields=["state"])
        log(instance=item, action="feeds.ignore", user=user)
