"""Original pictures, documents and uploads leave the public folder of the data folder.

They move file by file, each in one step, so this can be broken off anywhere: the next run takes what is left. A file of
which there is one in both places keeps both. What was withheld of recordings that were taken away is sorted in the same
way, by the folder that it goes back to.
"""

import errno
import logging
import os
import shutil
from pathlib import Path

from django.conf import settings
from django.db import migrations

logger = logging.getLogger(__name__)

FOLDERS = ("documents", "original_images", "wagtail_uploads", "avatar_images")


def make_private(apps, schema_editor):
    media, private = Path(settings.MEDIA_ROOT), Path(settings.PRIVATE_ROOT)
    for folder in FOLDERS:
        _move_all(media / folder, private / folder)
    for withheld in _folders(Path(settings.DATA_DIR) / "withheld"):
        for folder in _folders(withheld):
            if folder.name not in ("media", "private"):
                tree = "private" if folder.name in FOLDERS else "media"
                _move_all(folder, withheld / tree / folder.name)
    _tell_what_is_missing(apps)


def make_public(apps, schema_editor):
    media, private = Path(settings.MEDIA_ROOT), Path(settings.PRIVATE_ROOT)
    for folder in FOLDERS:
        _move_all(private / folder, media / folder)
    for withheld in _folders(Path(settings.DATA_DIR) / "withheld"):
        for tree in ("media", "private"):
            for folder in _folders(withheld / tree):
                _move_all(folder, withheld / folder.name)
            _remove_when_empty(withheld / tree)


def _folders(parent):
    return [path for path in sorted(parent.iterdir()) if path.is_dir()] if parent.is_dir() else []


def _move_all(source, target):
    for path in sorted(source.rglob("*")) if source.is_dir() else ():
        if path.is_file():
            _move(path, target / path.relative_to(source))
    _remove_when_empty(source)


def _move(path, target):
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists():
        if target.read_bytes() != path.read_bytes():
            wanted, number = target, 2
            while target.exists():
                target, number = wanted.with_stem(f"{wanted.stem}-{number}"), number + 1
            logger.warning("%s is there already, so the other %s is kept as %s", wanted, path, target)
        else:
            path.unlink()
            return
    try:
        os.rename(path, target)
    except FileNotFoundError:
        logger.warning("%s went away while files were moved", path)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        part = target.with_name(f".{target.name}.part")  # on another disk: whole under its name, or not at all
        shutil.copy2(path, part)
        os.replace(part, target)
        path.unlink()


def _remove_when_empty(folder):
    for path in sorted(folder.rglob("*"), reverse=True) if folder.is_dir() else ():
        if path.is_dir() and not any(path.iterdir()):
            path.rmdir()
    if folder.is_dir() and not folder.is_symlink() and not any(folder.iterdir()):
        folder.rmdir()


def _tell_what_is_missing(apps):
    if apps is None:
        return
    private, withheld = Path(settings.PRIVATE_ROOT), Path(settings.DATA_DIR) / "withheld"
    for model in ("SchakelImage", "SchakelDocument"):
        for name in apps.get_model("core", model).objects.values_list("file", flat=True):
            if not (private / name).is_file() and not any(withheld.glob(f"*/private/{_escaped(name)}")):
                logger.warning("%s is in the database and nowhere in the data folder", name)


def _escaped(name):
    return "".join(f"[{sign}]" if sign in "[*?" else sign for sign in name)


class Migration(migrations.Migration):
    dependencies = [("core", "0005_attempts")]

    operations = [migrations.RunPython(make_private, make_public)]
