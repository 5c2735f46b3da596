"""Creates the draft recording of an item or address, with a key of its own and the picture of the source."""

from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.validators import URLValidator
from django.db.models import Q
from django.utils import timezone
from django.utils.text import slugify
from wagtail.log_actions import log

from portal.core.models import ImageRights, SchakelImage, User
from portal.feeds.reading.chapters import find_chapters
from portal.webinars.choices import RecordingState
from portal.webinars.models import Chapter, Recording
from portal.webinars.platforms import Platform

KEY_LENGTH = 60
# The longest time from an announcement to its session (docs/feed-rules.md 5.4).
ANNOUNCED_AHEAD = timedelta(days=120)


def create_draft_recording(title: str, external_id: str, user: User | None, text: str = "", **fields: Any) -> Recording:
    """Create a draft whose own title and abstract are empty, so that its page shows those of the source.

    The chapters that `text`, the text of the source, lists become chapters of the draft.
    """
    key = unique_key(title, external_id)
    recording = Recording(key=key, slug_nl=key, live=False, has_unpublished_changes=True, **fields)
    recording.chapters.set(
        Chapter(start_s=second, title_nl=name, sort_order=number)
        for number, (second, name) in enumerate(find_chapters(text, recording.duration_s))
    )
    recording.save()
    revision = recording.save_revision(user=user)
    # The admin shows this as the name of the draft; the revision is made before the recording has a source.
    revision.object_str = title or key
    revision.save(update_fields=["object_str"])
    log(instance=recording, action="wagtail.create", user=user)
    return recording


def initial_state(platform: Platform, published_at: datetime | None) -> str:
    """Return the state of a new recording: a video is recorded, a post announces a session."""
    if not platform.spec.announces:
        return RecordingState.RECORDED
    is_recent = published_at is not None and timezone.now() - published_at < ANNOUNCED_AHEAD
    return RecordingState.PLANNED if is_recent else RecordingState.NOT_FOUND


def unique_key(title: str, external_id: str) -> str:
    """Return a key from the title, or from the id if the title has no letters; with a number if it is taken."""
    wanted = slugify(title)[:KEY_LENGTH].strip("-_") or slugify(external_id.replace(":", "-"))
    key, number = wanted, 1
    while Recording.objects.filter(Q(key=key) | Q(slug_nl=key)).exists():
        number += 1
        key = f"{wanted}-{number}"
    return key


def store_poster(
    poster: ContentFile | None, title: str, credit: str, source_url: str, external_id: str, user: User | None
) -> SchakelImage | None:
    """Store a fetched picture as an image with its owner and origin; returns None if there is no picture."""
    if poster is None:
        return None
    try:
        URLValidator()(source_url)
    except ValidationError:
        source_url = ""  # a browser opens more addresses than the form of an image accepts
    poster.name = f"poster-{slugify(external_id.replace(':', '-'))}.jpg"
    image = SchakelImage(
        title=(title or external_id)[:255],
        file=poster,
        credit=credit[:200],
        rights=ImageRights.SOURCE,
        source_url=source_url,
        uploaded_by_user=user,
    )
    image._set_image_file_metadata()
    image.save()
    return image
