"""How static files are stored when the site serves."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """Hashed names, so that browsers may keep them for ever; compressed once, when they are collected."""

    manifest_strict = False
