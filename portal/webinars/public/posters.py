"""Posters of recordings, in the sizes and formats that phones and desktops need, from the portal's own files.

A job makes the sizes, because a large AVIF takes a second of processor time. A page offers the sizes that exist; until
then, and for browsers from before 2020, a single WebP of the size that it asks for.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection
from wagtail.images.models import AbstractRendition, Filter

from portal.core.models import SchakelImage
from portal.core.publishing.visibility import visible_records
from portal.webinars.models import Recording

logger = logging.getLogger(__name__)

# A card, and the player on a phone, is 330 to 400 CSS pixels wide; a dense screen wants two or three times that: 720
# and 1024. On a desktop the player is 750 to 850 wide.
WIDTHS = (400, 720, 1024, 1280)
FORMATS = {"image/avif": "format-avif|avifquality-60", "image/webp": "format-webp|webpquality-75"}


def _specs(mime_type: str) -> list[Filter]:
    return [Filter(f"fill-{width}x{width * 9 // 16}|{FORMATS[mime_type]}") for width in WIDTHS]


def poster_of(recording: Recording, size: str) -> dict | None:
    """The poster as url, width, height, alt and its `sources` (type and srcset).

    None without a poster, when its file is gone, and for a recording that was taken down. `size` is that of the single
    WebP: "640x360". All sizes are 16 to 9, so the space that a picture takes is known whichever a browser chooses.
    Uses `renditions` when they were prefetched.
    """
    image = recording.poster
    if image is None or recording.taken_down:
        return None
    try:
        fallback = _rendition(image, Filter(f"fill-{size}|format-webp"))
    except FileNotFoundError:
        return None
    except OperationalError as error:  # another process is writing; the job makes it within a minute
        logger.info("the poster of recording %s waits: %s", recording.key, error)
        return None
    except OSError:  # the disk is full; a page without its picture is better than no page
        logger.exception("the poster of recording %s could not be made", recording.key)
        return None
    specs_by_type = {mime_type: _specs(mime_type) for mime_type in FORMATS}
    existing = image.find_existing_renditions(*(spec for specs in specs_by_type.values() for spec in specs))
    sources = []
    for mime_type, specs in specs_by_type.items():
        # A small picture is not enlarged, so several widths may be the same one.
        url_by_width = {existing[spec].width: existing[spec].url for spec in specs if spec in existing}
        if url_by_width:
            srcset = ", ".join(f"{url} {width}w" for width, url in url_by_width.items())
            sources.append({"type": mime_type, "srcset": srcset})
    return {
        "url": fallback.url,
        "width": fallback.width,
        "height": fallback.height,
        "alt": image.default_alt_text,
        "sources": sources,
    }


def _rendition(image: SchakelImage, spec: Filter) -> AbstractRendition:
    """The rendition of a picture, made now when it is not there yet."""
    if existing := image.find_existing_renditions(spec):
        return existing[spec]
    with _without_lock_wait():
        return image.get_rendition(spec)


@contextmanager
def _without_lock_wait() -> Iterator[None]:
    """Let SQLite fail at once on a locked database, so that a visitor does not wait for another process's write."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 0")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {int(connection.settings_dict['OPTIONS'].get('timeout', 5) * 1000)}")


def make_missing_renditions() -> Iterator[SchakelImage]:
    """Make the missing sizes of public posters, one picture after the other; yields each picture that got any."""
    specs = [spec for mime_type in FORMATS for spec in _specs(mime_type)]
    image_ids = visible_records(Recording).filter(take_down=None).exclude(poster=None).values("poster")
    for image in SchakelImage.objects.filter(pk__in=image_ids).prefetch_related("renditions"):
        if len(image.find_existing_renditions(*specs)) == len(specs):
            continue
        if not image.file.storage.exists(image.file.name):
            continue  # `poster_of` shows none either
        image.get_renditions(*specs)
        yield image
