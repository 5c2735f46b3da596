"""The portal's own video that comes with a recording of the starter content: the file and its poster."""

import contextlib
import hashlib
import os
import shutil
from pathlib import Path

from django.conf import settings
from django.core.files.images import ImageFile

from portal.core.models import ImageRights, SchakelImage
from portal.starter.content import Item
from portal.webinars.models import Recording, TakeDown
from portal.webinars.playback import FOLDER

FILM = "film.webm"
POSTER = "poster.webp"


def fingerprint(item: Item) -> list[str]:
    """Changes when the video or the poster of an item does; empty without either."""
    files = [item.folder / name for name in (FILM, POSTER)]
    return [hashlib.sha256(path.read_bytes()).hexdigest() for path in files if path.is_file()]


def place_film(item: Item) -> Path | None:
    """Copy the video of an item to where recordings play from; its path there, None without a video.

    Nor is one brought back that was taken away.

    A player that is reading the old file goes on reading it.
    """
    film = item.folder / FILM
    if not film.is_file() or TakeDown.objects.filter(recording__key=item.key).exists():
        return None
    target = Path(settings.MEDIA_ROOT) / FOLDER / f"{item.key}{film.suffix}"
    target.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(PermissionError):  # made by another user, who decides
        target.parent.chmod(settings.FILE_UPLOAD_DIRECTORY_PERMISSIONS)
    fresh = target.with_suffix(".new")
    shutil.copyfile(film, fresh)
    fresh.chmod(settings.FILE_UPLOAD_PERMISSIONS)
    os.replace(fresh, target)
    return target


def poster(item: Item, recording: Recording) -> SchakelImage | None:
    """The poster of a recording: its own, else the one of the item, with its alternative text in each language."""
    file = item.folder / POSTER
    if recording.poster_id or not file.is_file():
        return recording.poster
    words = {f"alternative_{code}": text.get("poster_alternative") or "" for code, text in item.texts.items()}
    with file.open("rb") as opened:
        image = SchakelImage(title=item.texts["nl"]["title"], rights=ImageRights.OWN, **words)
        image.file.save(f"{item.key}{file.suffix}", ImageFile(opened), save=False)
        image.save()
    return image
