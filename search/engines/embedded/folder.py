"""The folder of the embedded index: which version is in use, and which process may write.

    <folder>/CURRENT            the name of the version in use, replaced in one step
    <folder>/<digest>-<n>/      a version: things/, cues/; the digest names its schema and analysis
    <folder>/<digest>-<n>/DAMAGED  says why the version is damaged; no process uses it any more
    <folder>/write.lock         held by the process that writes (flock: the system frees it when the process ends)
    <folder>/rebuild.lock       held by the process that builds a new version

Versions are disposable: one that is damaged or of another schema counts as none, and the job runner builds a new one.
"""

import contextlib
import fcntl
import logging
import os
import shutil
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from tantivy import Filter, Index, Schema, TextAnalyzerBuilder, Tokenizer

from search.engines.contract import BusyWriting, EngineUnavailable
from search.engines.embedded.integrity import damage_in
from search.engines.embedded.schema import FOLDED, TERMS, Schemas
from search.languages import LANGUAGES
from search.text_analysis.stemming import LONGEST_WORD, analyzer

logger = logging.getLogger(__name__)

POINTER = "CURRENT"
DAMAGED = "DAMAGED"


class Folder:
    """The versions of one index on a local disk."""

    def __init__(self, root: Path, schemas: Schemas):
        self.root = Path(root)
        self.schemas = schemas

    def current(self) -> Path | None:
        """Return the version in use; None when there is none, or when it is of another schema or damaged."""
        version = self._named()
        if version is None or not version.name.startswith(f"{self.schemas.digest}-"):
            return None
        return version if _has(version / "things" / "meta.json") and not _has(version / DAMAGED) else None

    def why_none(self) -> str:
        """Return why `current` is None, in words."""
        version = self._named()
        if version is None or not _has(version):
            return f"there is no index yet in {self.root}"
        if not version.name.startswith(f"{self.schemas.digest}-"):
            return f"the index in {self.root} is of another version"
        return f"the index in {self.root} is damaged"

    def _named(self) -> Path | None:
        """Return what the pointer names, whether it exists or not."""
        try:
            name = (self.root / POINTER).read_text("ascii").strip()
        except (OSError, UnicodeDecodeError):
            return None
        return self.root / name if name and "/" not in name and "\x00" not in name else None

    def is_damaged(self, version: Path) -> bool:
        """Check all files of a version (a second per GB), and mark it when it is damaged, so that nobody uses it."""
        if wrong := damage_in(version):
            self.mark_damaged(version, wrong)
        return bool(wrong)

    def mark_damaged(self, version: Path, wrong: str) -> None:
        """Mark a version as damaged, so that no process uses it any more."""
        logger.error("The search index %s is damaged and not used any more: %s", version, wrong)
        with contextlib.suppress(OSError):
            (version / DAMAGED).write_text(wrong)

    def new_version(self) -> Path:
        """Return an empty folder for a new version. Raises OSError."""
        self.root.mkdir(parents=True, exist_ok=True)
        version = self.root / f"{self.schemas.digest}-{time.time_ns()}"
        for part in ("things", "cues"):
            (version / part).mkdir(parents=True)
        return version

    def switch_to(self, version: Path) -> None:
        """Make a version the one in use, in one step; readers see it at their next question."""
        temporary = self.root / f"{POINTER}.{os.getpid()}"
        temporary.write_text(version.name)
        os.replace(temporary, self.root / POINTER)

    def remove_others(self, kept: Path) -> None:
        """Delete every version but one. A reader that has an old one open keeps it until its next question."""
        for version in self.root.iterdir():
            if version.is_dir() and version != kept:
                shutil.rmtree(version, ignore_errors=True)

    def size(self) -> int:
        """Return how many bytes the version in use takes on disk."""
        version = self.current()
        total = 0
        for path in version.rglob("*") if version else ():
            try:
                total += path.stat().st_size
            except FileNotFoundError:  # merged away while we count
                continue
        return total

    def open(self, version: Path) -> tuple[Index, Index]:
        """Open the two indexes of a version, with their analysis, which they do not store. Raises EngineUnavailable."""
        try:
            return (
                _index(self.schemas.things, version / "things", self.schemas.languages),
                _index(self.schemas.cues, version / "cues", LANGUAGES),
            )
        except (ValueError, OSError) as error:
            raise EngineUnavailable(f"the index in {version} cannot be opened: {error}") from error

    @contextlib.contextmanager
    def locked(self, name: str, wait: float = 0.0) -> Iterator[None]:
        """Hold `<folder>/<name>.lock`. Raises BusyWriting when another process still has it after `wait` seconds.

        Raises EngineUnavailable when the folder cannot be written.
        """
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            handle = os.open(self.root / f"{name}.lock", os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise EngineUnavailable(f"the folder {self.root} cannot be written: {error.strerror}") from error
        try:
            deadline = time.monotonic() + wait
            while True:
                try:
                    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError as error:
                    if time.monotonic() >= deadline:
                        raise BusyWriting(f"another process holds {name}.lock in {self.root}") from error
                    time.sleep(0.01)
            yield
        finally:
            os.close(handle)  # closing frees the lock


def _has(path: Path) -> bool:
    """Return whether a file exists; False also where this process may not look."""
    try:
        return path.exists()
    except OSError:
        return False


def _index(schema: Schema, path: Path, languages: Iterable[str]) -> Index:
    index = Index(schema, str(path))
    for language in languages:
        index.register_tokenizer(language, analyzer(language))
    folded = (
        TextAnalyzerBuilder(Tokenizer.simple())
        .filter(Filter.remove_long(LONGEST_WORD))
        .filter(Filter.lowercase())
        .build()
    )
    index.register_tokenizer(FOLDED, folded)
    index.register_tokenizer(TERMS, TextAnalyzerBuilder(Tokenizer.whitespace()).build())
    index.config_reader("manual")
    return index
