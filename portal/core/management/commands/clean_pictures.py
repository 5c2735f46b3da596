"""`manage.py clean_pictures`: removes metadata from pictures that were stored before uploads were cleaned."""

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage, storages
from django.core.management.base import BaseCommand

from portal.core.files.pictures import PictureError, strip_metadata
from portal.core.models import SchakelImage
from portal.core.page_cache.invalidation import invalidate

ENDINGS = tuple(f".{ending}" for ending in settings.WAGTAILIMAGES_EXTENSIONS)


class Command(BaseCommand):
    help = (
        "Removes place, date, device and notes from every picture of the data folder: originals, the sizes made of "
        "them, pictures of staff, and what was withheld. Pixels, colour profile and orientation stay. It can be "
        "broken off, and done again; a file that cannot be read is named and left as it is."
    )

    def handle(self, *args, **options):
        count = Counter()
        for path in pictures():
            try:
                changed = clean_file(path)
            except (PictureError, OSError) as error:
                count["unreadable"] += 1
                self.stderr.write(f"{path}: {error}")
                continue
            count["cleaned" if changed else "clean"] += 1
        for image in SchakelImage.objects.all():
            renew_facts(image)
        if count["cleaned"]:
            invalidate()  # pages say how large a picture is
        self.stdout.write(
            f"Cleaned {count['cleaned']}, clean already {count['clean']}, cannot be read {count['unreadable']}."
        )


def pictures() -> Iterator[Path]:
    """Yield every original picture and rendition, whether or not the database still knows it."""
    places = (
        Path(storages["public"].path("images")),
        Path(default_storage.path("")),
        Path(settings.DATA_DIR) / "withheld",
    )
    for place in places:
        for path in sorted(place.rglob("*")) if place.is_dir() else ():
            if path.suffix.lower() in ENDINGS and path.is_file():
                yield path


def clean_file(path: Path) -> bool:
    """Clean one file atomically; return whether it had metadata."""
    content = path.read_bytes()
    clean = strip_metadata(content)
    if clean == content:
        return False
    fresh = path.with_name(f".{path.name}.clean")
    fresh.write_bytes(clean)
    os.chmod(fresh, path.stat().st_mode)
    os.replace(fresh, path)
    return True


def renew_facts(image: SchakelImage) -> None:
    """Update the stored size and hash of a file that was changed, also after an interrupted run."""
    try:
        size = image.file.size
    except OSError:
        return  # withheld, or gone; a look at it says so
    if size == image.file_size:
        return
    image._set_image_file_metadata()
    image.file.close()
    facts = {name: getattr(image, name) for name in ("file_size", "file_hash")}
    width, height = image.file.get_image_dimensions()
    SchakelImage.objects.filter(pk=image.pk).update(width=width, height=height, **facts)
