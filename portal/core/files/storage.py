"""Where files lie: static ones, public ones and private ones.

What is public (the sizes of pictures, the portal's own films) has a folder of its own, `MEDIA_ROOT`, so that a proxy
may give out that folder as it is. Everything else goes to `PRIVATE_ROOT`, to which no address leads.
"""

import os
from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.utils.functional import cached_property
from whitenoise.storage import CompressedManifestStaticFilesStorage

# What Wagtail puts into the default storage. It lay under MEDIA_ROOT once, and may again after an old backup.
PRIVATE_FOLDERS = ("documents", "original_images", "wagtail_uploads", "avatar_images")


class HashedStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Static files with hashed names, which browsers may cache for ever; compressed once, when they are collected."""

    manifest_strict = False


class PrivateFilesStorage(FileSystemStorage):
    """Original pictures, documents and uploads: only views of the portal read them and decide who may have them."""

    @cached_property
    def base_location(self):
        return self._value_or_setting(self._location, settings.PRIVATE_ROOT)  # type: ignore[attr-defined]  # not in the stubs

    def url(self, name):
        raise NotImplementedError("A private file has no address; documents have one of their own (views.document).")

    def _clear_cached_properties(self, setting, **kwargs):
        super()._clear_cached_properties(setting, **kwargs)
        if setting == "PRIVATE_ROOT":
            self.__dict__.pop("base_location", None)
            self.__dict__.pop("location", None)


def public_file(path: str) -> Path | None:
    """Return the public file of an address under `MEDIA_URL`; None when there is none.

    Links and dots are followed first, because only then is it known which folder a path leads to.
    """
    root = os.path.realpath(settings.MEDIA_ROOT)
    try:
        file = Path(os.path.realpath(os.path.join(root, path)))
        inside = file.relative_to(root)
        if inside.parts[:1] and inside.parts[0] not in PRIVATE_FOLDERS and file.is_file():
            return file
    except (OSError, ValueError):  # too long, with a null byte, or somewhere else
        pass
    return None
