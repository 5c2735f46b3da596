"""The base class of the kinds of file: each row becomes an item, or a sentence that says why not. No file is kept."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from portal.feeds.adapters.base import Adapter, PullResult, Source
from portal.feeds.choices import Outcome
from portal.feeds.errors import UnusableDocument
from portal.feeds.reading.file_contents import FileContents


class FileAdapter(Adapter):
    """Base class of the files that staff import. The source of such a kind only holds the log and the items."""

    is_pulled = False
    rank = 0
    endings: ClassVar[tuple[str, ...]] = ()  # of the names of its files, like ".csv"

    def clean_config(self, config: str) -> str:
        return config

    def fetch(self, source: Source) -> PullResult:
        raise UnusableDocument(
            "file", _("This is no feed: its files are brought in by hand, under To review."), outcome=Outcome.REFUSED
        )

    def recognises(self, name: str, content: bytes) -> bool:
        """Return whether a file with this name and content is of this kind."""
        raise NotImplementedError

    def read(self, name: str, content: bytes) -> FileContents:
        """Return the items of the file. Raises UnusableDocument if nothing of it can be used."""
        raise NotImplementedError
