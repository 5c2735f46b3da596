"""The poster of a recording in the widths and formats that a phone or a desk needs, from our own files.

The widths are made in the background, because AVIF asks a second of a processor for a large one. A page shows those
that there are; until then, and in browsers of before 2020, one WebP of the size that it asks for.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection
from wagtail.images.models import Filter

from portal.core.models import SchakelImage
from portal.core.publishing.visibility import visible_records
from portal.webinars.models import Recording

logger = logging.getLogger(__name__)

# A card is 330 to 400 CSS pixels wide, and so is the player on a phone, of which the screen wants two or three times
# that: 720 and 1024. On a desk the player is 750 to 850 wide.
WIDTHS = (400, 720, 1024, 1280)
FORMATS = {"image/avif": "format-avif|avifquality-60", "image/webp": "format-webp|webpquality-75"}


def _specs(kind: str) -> list[Filter]:
    return [Filter(f"fill-{width}x{width * 9 // 16}|{FORMATS[kind]}") for width in WIDTHS]


def poster_of(recording: Recording, size: str) -> dict | None:
    """The poster as url, width, height, alt and its `sources` (type and srcset); None without one or when it is gone.

    Nor is there one of a recording that was taken away.

    `size` is that of the address: "640x360". All are 16 to 9: whichever a browser takes, its place is known.
    Reads `renditions` when they were prefetched.
    """
    image = recording.poster
    if image is None or recording.taken_down:
        return None
    try:
        base = _rendition(image, Filter(f"fill-{size}|format-webp"))
    except FileNotFoundError:
        return None
    except OperationalError as error:  # somebody is writing; the runner makes it within a minute
        logger.info("the poster of recording %s waits: %s", recording.key, error)
        return None
    except OSError:  # no room for the size that is asked; a page without its picture is better than none
        logger.exception("the poster of recording %s could not be made", recording.key)
        return None
    wanted = {kind: _specs(kind) for kind in FORMATS}
    found = image.find_existing_renditions(*(one for specs in wanted.values() for one in specs))
    sources = []
    for kind, specs in wanted.items():
        # A small picture is not made larger, so several widths may be one.
        by_width = {found[spec].width: found[spec].url for spec in specs if spec in found}
        if by_width:
            srcset = ", ".join(f"{url} {width}w" for width, url in by_width.items())
            sources.append({"type": kind, "srcset": srcset})
    return {
        "url": base.url,
        "width": base.width,
        "height": base.height,
        "alt": image.default_alt_text,
        "sources": sources,
    }


def _rendition(image: SchakelImage, wanted: Filter):
    """The picture as it is wanted, made now when it is not there yet."""
    if there := image.find_existing_renditions(wanted):
        return there[wanted]
    with _without_lock_wait():
        return image.get_rendition(wanted)


@contextmanager
def _without_lock_wait():
    """A visitor does not wait for who is writing: SQLite refuses at once what it would try for twenty seconds."""
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
    """Make what is missing of the public posters, one picture after the other; gives each one that got something."""
    wanted = [spec for kind in FORMATS for spec in _specs(kind)]
    numbers = visible_records(Recording).filter(take_down=None).exclude(poster=None).values("poster")
    for image in SchakelImage.objects.filter(pk__in=numbers).prefetch_related("renditions"):
        if len(image.find_existing_renditions(*wanted)) == len(wanted):
            continue
        if not image.file.storage.exists(image.file.name):
            continue  # its page shows none either; `poster_of`
        image.get_renditions(*wanted)
        yield image
