"""LinkedIn's own export: `Shares.csv`, or the ZIP that contains it (docs/feed-rules.md 2.3).

The ZIP also contains private messages and contacts. Only this one table is opened, in memory, and the file is not kept.
"""

import io
import lzma
import re
import struct
import zipfile
import zlib

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.feeds.adapters.file_base import FileAdapter
from portal.feeds.errors import UnusableDocument
from portal.feeds.platforms.linkedin.post_ids import find_post
from portal.feeds.platforms.linkedin.post_values import post_values, title_of
from portal.feeds.reading.file_contents import MAX_FILE_BYTES, FileContents
from portal.feeds.reading.tables import read_header, read_rows
from portal.feeds.reading.text import clean_text

# The exceptions of zipfile and the decompressors for a damaged archive.
_DAMAGED = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, RuntimeError, OSError, EOFError, ValueError)
_SHARES = re.compile(r"(?:.*[\\/])?shares(?:_\d+)?\.csv", re.IGNORECASE)


class LinkedinExport(FileAdapter):
    """Reads the posts of a member or a page from an export."""

    kind = "linkedin_export"
    label = _("LinkedIn export (Shares.csv or ZIP)")
    asks_for = _("The file Shares.csv of “Get a copy of your data”, or the ZIP that LinkedIn sends.")
    note = _("The ZIP holds private messages too: only Shares.csv is opened, and nothing is kept.")
    endings = (".csv", ".zip")

    def recognises(self, name: str, content: bytes) -> bool:
        return content[:4] == b"PK\x03\x04" or "sharelink" in read_header(content)

    def read(self, name: str, content: bytes) -> FileContents:
        contents = FileContents()
        for row in read_rows(_shares_in(content) if content[:4] == b"PK\x03\x04" else content, contents):
            post = find_post(row.cells.get("sharelink", ""))
            text = clean_text(_unwrapped(row.cells.get("sharecommentary", "")))
            if post is None:
                contents.leave_out(row.line, gettext("It names no LinkedIn post."))
            elif not text:
                contents.leave_out(row.line, gettext("This post has no words: a picture or a reshare."))
            else:
                title, shared = title_of(text), row.cells.get("sharedurl", "")
                # The address that a post shares may be the recording: it stays in the text for the matching.
                text = text if not shared or shared in text else f"{text}\n\n{clean_text(shared)}"
                contents.items.append(post_values(post, title, text))
        if not contents.items and not contents.remarks:
            raise UnusableDocument("empty", _("There is no post in this file."))
        return contents


def _unwrapped(text: str) -> str:
    """Return a text without the quotation marks that LinkedIn puts around each line."""
    return text.replace('"\n"', "\n").strip('"')


def _shares_in(content: bytes) -> bytes:
    """Return the table in a ZIP, unpacking nothing else. Raises UnusableDocument."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = [entry for entry in archive.infolist() if _SHARES.fullmatch(entry.filename)]
            if not names:
                raise UnusableDocument(
                    "no_shares",
                    _("There is no Shares.csv in this ZIP. Ask LinkedIn for a copy with your posts."),
                )
            if names[0].flag_bits & 1:
                raise UnusableDocument(
                    "password", _("This ZIP is locked with a password. Unpack it and bring in Shares.csv.")
                )
            with archive.open(names[0]) as member:
                table = member.read(MAX_FILE_BYTES + 1)
    except _DAMAGED as error:
        raise UnusableDocument("damaged", _("This ZIP is damaged.")) from error
    if len(table) > MAX_FILE_BYTES:
        raise UnusableDocument("too_large", _("The Shares.csv in this ZIP is too large."))
    return table
