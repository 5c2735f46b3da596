"""The staticfiles finder that offers the joined stylesheet (settings: STATICFILES_FINDERS)."""

from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

from portal.ui import css


class StylesheetFinder(BaseFinder):
    """Finds one file, ``ui/css/schakel.css``, written afresh whenever a part of it has changed."""

    def check(self, **kwargs):
        return []

    def find(self, path, find_all=False, **kwargs):
        if path != css.NAME:
            return []
        written = str(css.write())
        return [written] if find_all else written

    def list(self, ignore_patterns):
        css.write()
        yield css.NAME, FileSystemStorage(location=css.folder())
