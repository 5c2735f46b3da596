"""Reads the embedded index: opened in each process when first needed, and reopened when it changed on disk.

Seeing whether it changed takes two `stat` calls (some microseconds). The watcher of tantivy would take up to half a
second, and does not survive a fork.
"""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tantivy import Index, Searcher

from search.engines.contract import EngineUnavailable
from search.engines.embedded.folder import Folder
from search.engines.embedded.integrity import FileSizes


@dataclass(frozen=True)
class OpenIndexes:
    """What one question reads: both searchers, and `stamp`, which changes with every commit."""

    things: Searcher
    cues: Searcher
    stamp: tuple


def _stamp(version: Path) -> tuple:
    """Return a value that changes with every commit.

    A commit replaces meta.json, so its inode changes even within one tick of the clock.
    """
    metas = [os.stat(version / part / "meta.json") for part in ("things", "cues")]
    return (version.name, *((meta.st_mtime_ns, meta.st_ino, meta.st_size) for meta in metas))


def _may_come_from_files(error: BaseException) -> bool:
    """Return whether an error may come from the files: tantivy raises ValueError, or panics with its own class."""
    return isinstance(error, ValueError | OSError) or type(error).__name__ == "PanicException"


class Reader:
    """The reader of this process; safe for threads."""

    def __init__(self, folder: Folder):
        self.folder = folder
        self._lock = threading.Lock()
        self._indexes: tuple[Index, Index] | None = None
        self._version: Path | None = None
        self._pid = 0
        self._opened: OpenIndexes | None = None
        self._intact_stamp: tuple = ()
        self._sizes = FileSizes()

    def open_indexes(self) -> OpenIndexes:
        """Return the searchers of what is now on disk. Raises EngineUnavailable when there is no index.

        A version may be replaced and removed between reading the pointer and opening it: then the new one is opened.
        """
        before = self.folder.current()
        try:
            return self._open_now()
        except EngineUnavailable:
            if self.folder.current() != before:
                return self._open_now()
            if before and self.folder.is_damaged(before):
                raise EngineUnavailable(self.folder.why_none()) from None
            raise

    @contextmanager
    def reading(self) -> Iterator[OpenIndexes]:
        """Give the searchers for one question. Raises EngineUnavailable also when the files turn out to be damaged."""
        indexes = self.open_indexes()
        try:
            yield indexes
        except BaseException as error:  # a panic is no Exception
            if _may_come_from_files(error) and self._is_damaged(indexes.stamp):
                raise EngineUnavailable(self.folder.why_none()) from error
            raise

    def _is_damaged(self, stamp: tuple) -> bool:
        """Return whether what was read is damaged; checked once for each commit, whatever else fails."""
        if stamp == self._intact_stamp:
            return False
        if self.folder.is_damaged(self.folder.root / stamp[0]):
            return True
        self._intact_stamp = stamp
        return False

    def _open_now(self) -> OpenIndexes:
        version = self.folder.current()
        if version is None:
            raise EngineUnavailable(self.folder.why_none())
        try:
            stamp = _stamp(version)
            opened = self._opened
            if opened and opened.stamp == stamp and self._pid == os.getpid():
                if wrong := self._sizes.shrunk():
                    self.folder.mark_damaged(version, wrong)
                    raise EngineUnavailable(self.folder.why_none())
                return opened
            with self._lock:
                return self._reopen(version, stamp)
        except (OSError, ValueError) as error:
            raise EngineUnavailable(f"the index in {version} cannot be read: {error}") from error

    def _reopen(self, version: Path, stamp: tuple) -> OpenIndexes:
        try:
            sizes = FileSizes.of(version)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            if self.folder.is_damaged(version):
                raise EngineUnavailable(self.folder.why_none()) from error
            sizes = FileSizes.of(version)  # it was being written to just then
        if self._version != version or self._pid != os.getpid() or self._indexes is None:
            self._indexes = self.folder.open(version)
            self._version, self._pid = version, os.getpid()
        for index in self._indexes:
            index.reload()
        things, cues = self._indexes
        self._sizes = sizes
        self._opened = OpenIndexes(things.searcher(), cues.searcher(), stamp)
        return self._opened
