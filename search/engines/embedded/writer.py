"""Writes to the embedded index: one process, with one long-lived writer.

Every session takes the lock and a *fresh* Index, calls `garbage_collect_files()` before the first change (a killed
process leaves files that make every later commit fail), commits, and calls `wait_merging_threads()` before it lets the
writer go (else merges stop and segments pile up). Documents are replaced by their id, cues by their parent.
"""

import contextlib
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from portal.core.searchable import SearchDocument
from search.engines.contract import BusyWriting, EngineUnavailable
from search.engines.embedded.documents import cue_entry, thing_entry
from search.engines.embedded.folder import Folder

HEAP = 30_000_000
REBUILD_HEAP = 100_000_000  # of each of the two indexes, shared by the threads
REBUILD_THREADS = min(4, os.cpu_count() or 1)
LOCK_WAIT_S = 10.0
DISK_ERRORS = {
    "StorageFull": "the disk is full",
    "No space left": "the disk is full",
    "PermissionDenied": "its files may not be written",
    "Permission denied": "its files may not be written",
    "ReadOnlyFilesystem": "its disk may only be read",
    "Read-only file system": "its disk may only be read",
}


class Session:
    """The two writers of one version. `close` always waits for the merges."""

    def __init__(self, folder: Folder, version: Path, heap: int = HEAP, threads: int = 1):
        self.version = version
        self.pid = os.getpid()
        self.languages = folder.schemas.languages
        things, cues = folder.open(version)
        self._writers = []
        try:
            for index in (things, cues):
                writer = index.writer(heap, threads)
                self._writers.append(writer)
                writer.garbage_collect_files()
        except ValueError as error:
            self.close()
            if "LockBusy" in str(error):
                raise BusyWriting(f"another writer is open on {version}") from error
            raise EngineUnavailable(f"the index in {version} cannot be written: {error}") from error

    def put(self, document: SearchDocument) -> None:
        """Replace one document and its cues; visible after `commit`."""
        self.remove(document.id)
        self.add(document)

    def add(self, document: SearchDocument) -> None:
        """Add a new document and its cues; visible after `commit`."""
        things, cues = self._writers
        things.add_document(thing_entry(document, self.languages))
        for cue in document.cues:
            cues.add_document(cue_entry(document.id, cue))

    def remove(self, identifier: str) -> None:
        """Remove one document and its cues; visible after `commit`."""
        things, cues = self._writers
        things.delete_documents_by_term("id", identifier)
        cues.delete_documents_by_term("parent", identifier)

    def commit(self) -> None:
        """Make the changes visible: cues first, so that a new document is never found without its cues."""
        things, cues = self._writers
        cues.commit()
        things.commit()

    def rollback(self) -> None:
        """Drop the changes since the last commit."""
        for writer in self._writers:
            writer.rollback()

    def close(self) -> None:
        """End the writers after waiting for their merges. Does nothing in a process that was forked off."""
        writers, self._writers = self._writers, []
        if os.getpid() == self.pid:
            for writer in writers:
                writer.wait_merging_threads()


class Writer:
    """The writer of this process: opened at the first change, kept until `close` or until a new version is in use."""

    def __init__(self, folder: Folder):
        self.folder = folder
        self._session: Session | None = None
        self._lock = contextlib.ExitStack()

    def write(self, documents: Iterable[SearchDocument], removed: Iterable[str]) -> None:
        """Change the index in one commit. When that fails, it stays as it was and EngineUnavailable is raised."""
        session = self._open()
        try:
            for identifier in removed:
                session.remove(identifier)
            for document in documents:
                session.put(document)
            session.commit()
        except BaseException as error:
            with contextlib.suppress(ValueError):
                session.rollback()
            self.close()
            if isinstance(error, ValueError | OSError):
                raise EngineUnavailable(f"writing to {session.version} failed: {describe_error(error)}") from error
            raise

    def _open(self) -> Session:
        version = self.folder.current()
        if version is None:
            raise EngineUnavailable(self.folder.why_none())
        session = self._session
        if session and session.pid == os.getpid() and session.version == version:
            return session
        self.close()
        self._lock.enter_context(self.folder.locked("write", LOCK_WAIT_S))
        try:
            if self.folder.is_damaged(version):  # writing to it could end this process
                raise EngineUnavailable(self.folder.why_none())
            self._session = Session(self.folder, version)
        except BaseException:
            self._lock.close()
            raise
        with contextlib.suppress(BusyWriting), self.folder.locked("rebuild"):
            self.folder.remove_others(version)  # nobody builds a new version, so rebuilds left these
        return self._session

    def close(self) -> None:
        """Release the writer and the lock."""
        session, self._session = self._session, None
        try:
            if session:
                session.close()
        finally:
            self._lock.close()


def build_version(folder: Folder, documents: Iterable[SearchDocument]) -> tuple[Path, int]:
    """Build a new version of these documents, not yet in use; return it and how many documents it has."""
    version = folder.new_version()
    try:
        return version, _filled(Session(folder, version, REBUILD_HEAP, REBUILD_THREADS), documents)
    except BaseException:
        shutil.rmtree(version, ignore_errors=True)  # the disk may be full
        raise


def _filled(session: Session, documents: Iterable[SearchDocument]) -> int:
    # Only duplicates are removed, and there is one commit at the end: each removal is looked up in every segment at the
    # next commit, and each commit makes a segment that has to be merged with others.
    added: set[str] = set()
    try:
        for document in documents:
            session.put(document) if document.id in added else session.add(document)
            added.add(document.id)
        session.commit()
    finally:
        session.close()
    return len(added)


def describe_error(error: Exception) -> str:
    """Return an error of the disk in words. tantivy passes the errors of the system on as text."""
    message = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return next((words for sign, words in DISK_ERRORS.items() if sign in message), message)
