"""Whether a document is what its name says, by its content.

A visitor's browser and reader trust the ending of a name, so a web page that is called .pdf, or a program that is
called .txt, must not get in. Nothing is unpacked: of a ZIP archive, and of the office files that are one, only the list
of what is in it is read.
"""

import codecs
import os
import re
import struct
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import IO

import filetype

# What an office file has to hold beside its list of contents.
_OFFICE = {"docx": "word/", "pptx": "ppt/", "xlsx": "xl/"}
_OPEN_DOCUMENT = {
    "odp": "application/vnd.oasis.opendocument.presentation",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odt": "application/vnd.oasis.opendocument.text",
}
_TEXT = {"csv", "srt", "txt", "vtt"}
_BOMS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_CONTROLS = {chr(number) for number in range(32)} - set("\t\n\r\f\x1a")  # the last ends files of old programs
# What would make a page of a text, for a browser that looks for itself.
_MARKUP = re.compile(r"<\s*(?:!doctype\s+html|(?:html|head|body|script|iframe|svg|object|embed)\b)", re.IGNORECASE)
_PDF_BEGINS_WITHIN = 1_024  # bytes, says Adobe; everything that shows PDF looks that far
_LONGEST_LIST = 5_000_000  # bytes of the list of contents of an archive: some fifty thousand files
_END_OF_ARCHIVE = b"PK\x05\x06"


def content_matches_extension(name: str, file: IO[bytes]) -> bool:
    """Whether the content of an open file matches the extension of its name."""
    ending = PurePosixPath(name).suffix[1:].lower()
    file.seek(0)
    begin = file.read(8_192)
    try:
        if ending == "pdf":
            return _is_pdf(begin)
        if ending in _TEXT:
            file.seek(0)
            return _is_text(file.read())
        if ending == "zip" or ending in _OFFICE or ending in _OPEN_DOCUMENT:
            return begin.startswith((b"PK\x03\x04", b"PK\x05\x06")) and _is_archive_of(ending, file)
        return False
    finally:
        file.seek(0)


def _is_pdf(begin: bytes) -> bool:
    at = begin.find(b"%PDF-", 0, _PDF_BEGINS_WITHIN)
    kind = filetype.guess(begin)  # of a picture or an archive that has a PDF in it, that
    return at >= 0 and not _MARKUP.search(begin[:at].decode("latin-1")) and (kind is None or kind.extension == "pdf")


def _is_text(content: bytes) -> bool:
    encoding = next((name for bom, name in _BOMS.items() if content.startswith(bom)), "utf-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")  # as Excel writes a table
    return not _CONTROLS & set(text) and not _MARKUP.search(text)


def _is_archive_of(ending: str, file: IO[bytes]) -> bool:
    if not _list_is_short(file):
        return False
    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
            if ending in _OFFICE:
                has_macros = any(name.lower().endswith("vbaproject.bin") for name in names)
                of_its_kind = any(name.startswith(_OFFICE[ending]) for name in names)
                return "[Content_Types].xml" in names and of_its_kind and not has_macros
            if ending in _OPEN_DOCUMENT:
                with archive.open("mimetype") as kind:
                    return kind.read(100).decode("latin-1").strip() == _OPEN_DOCUMENT[ending]
            return True
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, RuntimeError, NotImplementedError, ValueError, OSError):
        return False


def _list_is_short(file: IO[bytes]) -> bool:
    """Whether the list of contents, of which every line takes memory, has a sensible length."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - 65_557))  # a comment of 65,535 bytes may follow
    end = file.read()
    at = end.rfind(_END_OF_ARCHIVE)
    return 0 <= at <= len(end) - 22 and struct.unpack_from("<I", end, at + 12)[0] <= _LONGEST_LIST
