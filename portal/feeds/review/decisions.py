"""Deciding about what came in: an accepted item becomes a draft recording, an ignored one stays away for ever."""

import logging

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from portal.feeds.choices import NO_RECORDING, WAITING, Broadcast, ItemState, Reason
from portal.feeds.models import Item, Rejection
from portal.feeds.pulling.posters import fetch_poster
from portal.feeds.pulling.store import place_url, platform_of, write_source_values
from portal.feeds.review.recording_drafts import draft_recording, first_state, keep_poster
from portal.feeds.review.source_changes import write_on
from portal.webinars.choices import RecordingState
from portal.webinars.models import Recording, RecordingSource
from portal.webinars.platforms import Platform

logger = logging.getLogger(__name__)

# What a video that is found makes recorded.
EXPECTED = (RecordingState.NOT_FOUND, RecordingState.PLANNED)


class CannotDecide(Exception):
    """The decision makes no sense for this item; `str(error)` is a translated sentence for staff."""

    def __init__(self, sentence):
        super().__init__(sentence)
        self.sentence = sentence

    def __str__(self):
        return str(self.sentence)


def can_accept(item: Item) -> bool:
    """Whether an item can become a recording: it has an identity, is there to be watched, and is not one already."""
    if item.reason in NO_RECORDING:
        return False
    return item.state != ItemState.ACCEPTED or item.recording_id is None


def can_ignore(item: Item) -> bool:
    """Whether an item can be put aside: not once it has become a recording."""
    return item.state in WAITING


def accept(item: Item, user, *, publish: bool = False) -> Recording:
    """Make a draft recording of an item and return it; the recording that it already is when it was accepted before.

    With `publish` a new recording is public at once.

    The draft's own title and abstract stay empty: its pages show those of the source until staff write better ones.
    The picture is fetched first and kept as an image of ours; without one the draft has no poster. A video that staff
    entered by hand before is not doubled. Raises CannotDecide.
    """
    if item.state == ItemState.ACCEPTED and item.recording is not None:
        return item.recording
    if not can_accept(item):
        raise CannotDecide(_("This cannot become a recording: %s") % item.get_reason_display())
    poster = None
    if item.thumbnail_url and not RecordingSource.objects.filter(external_id__in=item.identities).exists():
        poster = fetch_poster(item.thumbnail_url)  # before the transaction: a slow picture must not hold the database
    with transaction.atomic():
        item = Item.objects.select_for_update().get(pk=item.pk)
        place = RecordingSource.objects.filter(external_id__in=item.identities).select_related("recording").first()
        is_new = place is None
        if is_new:
            platform = platform_of(item.external_id)
            picture = _kept(poster, item, user)
            recording = draft_recording(
                item.title,
                item.external_id,
                user,
                text=item.text,
                state=_state_of(item, platform),
                announced_at=item.published_at if platform == Platform.LINKEDIN else None,
                event_start=item.event_start,
                event_end=item.event_end,
                duration_s=item.duration_s,
                poster=picture,
            )
            place = RecordingSource(recording=recording, external_id=item.external_id)
        write_source_values(item, place)
        _add_other_places(item, place.recording)
        item.state, item.recording = ItemState.ACCEPTED, place.recording
        item.save(update_fields=["state", "recording"])
        log(instance=item, action="feeds.accept", user=user)
        if publish and is_new:
            place.recording.get_latest_revision().publish(user=user)
    return place.recording


def _kept(poster, item: Item, user):
    """The image of a fetched picture, if there is one. Raises CannotDecide when there is no room for it."""
    try:
        return keep_poster(poster, item.title, item.source.name, item.url, item.external_id, user)
    except OSError as error:
        logger.exception("the picture of item %s could not be stored", item.external_id)
        raise CannotDecide(
            _("Its picture could not be stored, so nothing was changed. Tell who runs the portal, and try again.")
        ) from error


def merge(item: Item, recording: Recording, user) -> Recording:
    """Make an item one more place of a recording that there is: one talk is one page. Returns the recording.

    What staff wrote stays. A session whose recording was still to be found or to come is recorded once the item is a
    video, and gets its picture when it has none; on line at once, unless a draft of somebody waits there. Raises
    CannotDecide when the item is another recording already, or can be none.
    """
    if item.state == ItemState.ACCEPTED and item.recording_id == recording.pk:
        return recording
    if not can_accept(item):
        raise CannotDecide(_("It is a recording already. Take the recording off line instead."))
    poster = fetch_poster(item.thumbnail_url) if item.thumbnail_url and recording.poster_id is None else None
    with transaction.atomic():
        item = Item.objects.select_for_update().get(pk=item.pk)
        taken = RecordingSource.objects.filter(external_id__in=item.identities).select_related("recording").first()
        if taken and taken.recording_id != recording.pk:
            raise CannotDecide(_("“%(recording)s” has this place already.") % {"recording": taken.recording})
        write_source_values(item, taken or RecordingSource(recording=recording, external_id=item.external_id))
        _add_other_places(item, recording)
        values = {}
        platform = platform_of(item.external_id)
        is_there = platform == Platform.YOUTUBE and _state_of(item, platform) == RecordingState.RECORDED
        if is_there and recording.state in EXPECTED:
            values["state"] = RecordingState.RECORDED
        if poster:
            values["poster"] = _kept(poster, item, user)
        if values:
            write_on(recording, values, user)
        item.state, item.recording = ItemState.ACCEPTED, recording
        item.save(update_fields=["state", "recording"])
        log(instance=item, action="feeds.merge", user=user, data={"recording": recording.pk})
    return recording


def reject(item: Item, recording: Recording, user) -> None:
    """Remember that an item does not belong to a recording, so that it is not suggested again."""
    _rejection, new = Rejection.objects.get_or_create(item=item, recording=recording)
    if new:
        log(instance=item, action="feeds.reject", user=user, data={"recording": recording.pk})


def _state_of(item: Item, platform: str) -> str:
    """How a session stands when nobody of the staff has looked yet."""
    if item.broadcast == Broadcast.LIVE:
        return RecordingState.LIVE
    if item.reason in (Reason.NO_VIEWS, Reason.UPCOMING) or (item.event_start and item.event_start > timezone.now()):
        return RecordingState.PLANNED
    if item.external_id.startswith(("ics:", "own:")):
        return RecordingState.NOT_FOUND
    return first_state(platform, item.published_at)


def _add_other_places(item: Item, recording: Recording) -> None:
    """The announcement that came in with a video, in a row of a table, is a place of the same recording."""
    for name in item.identities:
        if platform_of(name) != platform_of(item.external_id):
            place = {"recording": recording, "platform": platform_of(name), "url": place_url(name)}
            RecordingSource.objects.get_or_create(external_id=name, defaults=place)


def ignore(item: Item, user) -> None:
    """Put an item aside for ever: it stays known, so that the next pull does not bring it back. Raises CannotDecide."""
    with transaction.atomic():
        item = Item.objects.select_for_update().get(pk=item.pk)
        if item.state == ItemState.IGNORED:
            return
        if not can_ignore(item):
            raise CannotDecide(_("It is a recording already. Take the recording off line instead."))
        item.state = ItemState.IGNORED
        item.save(update_fields=["state"])
        log(instance=item, action="feeds.ignore", user=user)
