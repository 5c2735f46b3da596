"""Installs the video file and the poster that come with a recording of the starter content."""

import contextlib
import hashlib
import os
import shutil
from pathlib import Path

from django.conf import settings
from django.core.files.images import ImageFile

from portal.core.models import ImageRights, SchakelImage
from portal.starter.loading.content_files import StarterItem
from portal.webinars.models import Recording, TakeDown
from portal.webinars.playback import VIDEO_FOLDER

VIDEO = "film.webm"
POSTER = "poster.webp"


def file_hashes(item: StarterItem) -> list[str]:
    """Return the hashes of the video and poster of an item; empty without either."""
    files = [item.folder / name for name in (VIDEO, POSTER)]
    return [hashlib.sha256(path.read_bytes()).hexdigest() for path in files if path.is_file()]


def install_video(item: StarterItem) -> Path | None:
    """Copy the video of an item to the folder of the player, and return its path there.

    Returns None if there is no video, or the recording was taken down. A player that is reading the old file is not
    interrupted.
    """
    video = item.folder / VIDEO
    if not video.is_file() or TakeDown.objects.filter(recording__key=item.key).exists():
        return None
    target = Path(settings.MEDIA_ROOT) / VIDEO_FOLDER / f"{item.key}{video.suffix}"
    target.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(PermissionError):  # the folder belongs to another user, who decides about it
        target.parent.chmod(settings.FILE_UPLOAD_DIRECTORY_PERMISSIONS)
    copy = target.with_suffix(".new")
    shutil.copyfile(video, copy)
    copy.chmod(settings.FILE_UPLOAD_PERMISSIONS)
    os.replace(copy, target)
    return target


def poster(item: StarterItem, recording: Recording) -> SchakelImage | None:
    """Return the poster of a recording: its own, else the item's, with its alternative text in each language."""
    file = item.folder / POSTER
    if recording.poster_id or not file.is_file():
        return recording.poster
    alternatives = {f"alternative_{code}": text.get("poster_alternative") or "" for code, text in item.texts.items()}
    with file.open("rb") as content:
        image = SchakelImage(title=item.texts["nl"]["title"], rights=ImageRights.OWN, **alternatives)
        image.file.save(f"{item.key}{file.suffix}", ImageFile(content), save=False)
        image.save()
    return image
