"""What an item or an address becomes: a draft recording with a key, and the picture of its source kept as ours."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.validators import URLValidator
from django.db.models import Q
from django.utils import timezone
from django.utils.text import slugify
from wagtail.images import get_image_model
from wagtail.log_actions import log

from portal.core.models import ImageRights
from portal.feeds.reading.chapters import chapters_in
from portal.webinars.choices import Platform, RecordingState
from portal.webinars.models import Chapter, Recording

KEY_LENGTH = 60
# An announcement looks ahead for about four months (feeds.md 5.4).
ANNOUNCED_AHEAD = timedelta(days=120)


def draft_recording(title: str, external_id: str, user, text: str = "", **fields) -> Recording:
    """A draft whose own title and abstract are empty, so that its page shows those of the source.

    The chapters that the source's `text` lists are the draft's own from then on.
    """
    key = free_key(title, external_id)
    recording = Recording(key=key, slug_nl=key, live=False, has_unpublished_changes=True, **fields)
    recording.chapters = [
        Chapter(start_s=second, title_nl=name, sort_order=number)
        for number, (second, name) in enumerate(chapters_in(text, recording.duration_s))
    ]
    recording.save()
    revision = recording.save_revision(user=user)
    # The admin heads a draft by the name in its revision, which is made before there is a source to read it from.
    revision.object_str = title or key
    revision.save(update_fields=["object_str"])
    log(instance=recording, action="wagtail.create", user=user)
    return recording


def first_state(platform: str, moment: datetime | None) -> str:
    """A video can be watched; a post announces a session to come, or one whose recording was not found yet."""
    if platform != Platform.LINKEDIN:
        return RecordingState.RECORDED
    recent = moment is not None and timezone.now() - moment < ANNOUNCED_AHEAD
    return RecordingState.PLANNED if recent else RecordingState.NOT_FOUND


def free_key(title: str, external_id: str) -> str:
    """A key from the title, or from the id where the title has no letters; with a number where it is taken."""
    wanted = slugify(title)[:KEY_LENGTH].strip("-_") or slugify(external_id.replace(":", "-"))
    key, number = wanted, 1
    while Recording.objects.filter(Q(key=key) | Q(slug_nl=key)).exists():
        number += 1
        key = f"{wanted}-{number}"
    return key


def keep_poster(poster: ContentFile | None, title: str, credit: str, source_url: str, external_id: str, user):
    """The image made of a fetched picture, with whose it is and where it came from; None when there was no picture."""
    if poster is None:
        return None
    try:
        URLValidator()(source_url)
    except ValidationError:
        source_url = ""  # a browser opens more than the form of an image takes, and staff must be able to save it
    poster.name = f"poster-{slugify(external_id.replace(':', '-'))}.jpg"
    image = get_image_model()(
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
