"""Checks that the files of an index are complete and unchanged.

tantivy ends every file with a footer that holds a checksum, and does not compare it when it opens the file: a changed
file gives wrong answers, or ends the process that writes (a panic in its merging thread). So a version is checked
before it is written to, and when reading it fails.

A file that is cut off ends the process that has mapped it into its memory (a bus error, which cannot be caught). So the
ends of the files are checked before they are opened, and their sizes before each question, with a `stat` for each.

    <content> {"version": …, "crc": <CRC-32 of the content>} <length of that, 4 bytes> <1337, 4 bytes>
"""

import json
import mmap
import os
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PARTS = ("things", "cues")
KINDS = ("idx", "pos", "term", "fast", "fieldnorm", "store")
_END = struct.Struct("<II")
_MAGIC = 1337


def damage_in(version: Path) -> str:
    """Return what is wrong with the files of a version, in words; "" when they are intact."""
    for part in PARTS:
        if wrong := _damage_in_part(version / part):
            return wrong
    return ""


@dataclass(frozen=True)
class FileSizes:
    """The sizes of the files of the last commit of a version."""

    files: tuple[tuple[Path, int], ...] = ()

    @classmethod
    def of(cls, version: Path) -> "FileSizes":
        """Measure the files. Raises ValueError with what is wrong when one is missing or cut off."""
        files = []
        for part in PARTS:
            folder = version / part
            for name in _files(json.loads((folder / "meta.json").read_bytes())):
                path = folder / name
                if wrong := _wrong_footer(path):
                    raise ValueError(f"{part}/{name} {wrong}")
                files.append((path, path.stat().st_size))
        return cls(tuple(files))

    def shrunk(self) -> str:
        """Return what became shorter since, in words; "" when nothing did.

        A deleted file is no trouble: it stays in memory as it was.
        """
        for path, size in self.files:
            try:
                if os.stat(path).st_size < size:
                    return f"{path.parent.name}/{path.name} is cut off"
            except FileNotFoundError:
                continue
        return ""


def _wrong_footer(path: Path) -> str:
    """Return what is wrong with the last bytes of a file, without reading the others."""
    try:
        with path.open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            if size < _END.size:
                return "is cut off"
            file.seek(size - _END.size)
            length, magic = _END.unpack(file.read(_END.size))
    except FileNotFoundError:
        return "is missing"
    return "is cut off" if magic != _MAGIC or length + _END.size > size else ""


def _damage_in_part(folder: Path) -> str:
    meta, managed = folder / "meta.json", folder / ".managed.json"
    if managed.exists() and not _is_json(managed):
        return f"{folder.name}/{managed.name} is not complete"
    while True:
        try:
            before = meta.read_bytes()
            names = list(_files(json.loads(before)))
        except FileNotFoundError:
            return f"{folder.name}/{meta.name} is missing"
        except (ValueError, KeyError, TypeError, AttributeError):
            return f"{folder.name}/{meta.name} is not complete"
        wrong = next((f"{folder.name}/{name} {why}" for name in names if (why := _damage_in_file(folder / name))), "")
        # In an index that is being written to, files that were merged disappear.
        if not wrong or meta.exists() and meta.read_bytes() == before:
            return wrong


def _is_json(path: Path) -> bool:
    try:
        json.loads(path.read_bytes())
    except ValueError:
        return False
    return True


def _files(meta: dict) -> Iterator[str]:
    """Yield the names of the files of the last commit."""
    for segment in meta["segments"]:
        name = segment["segment_id"].replace("-", "")
        yield from (f"{name}.{kind}" for kind in KINDS)
        if deletes := segment["deletes"]:
            yield f"{name}.{deletes['opstamp']}.del"


def _damage_in_file(path: Path) -> str:
    try:
        with path.open("rb") as file:
            if path.stat().st_size < _END.size:
                return "is cut off"
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
                return _damage_in_content(content)
    except FileNotFoundError:
        return "is missing"


def _damage_in_content(content: mmap.mmap) -> str:
    length, magic = _END.unpack(content[-_END.size :])
    start = len(content) - _END.size - length
    if magic != _MAGIC or start < 0:
        return "is cut off"
    try:
        expected = json.loads(content[start : start + length])["crc"]
    except (ValueError, KeyError):
        return "is cut off"
    with memoryview(content) as whole, whole[:start] as written:
        return "" if zlib.crc32(written) == expected else "was changed"
