"""LinkedIn's own export: `Shares.csv`, or the ZIP that holds it (feeds.md 2.3).

The ZIP also holds private messages and contacts. Only this one table is opened, in memory, and nothing is kept of it.
"""

import io
import lzma
import re
import struct
import zipfile
import zlib

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.feeds.adapters.base import Unusable
from portal.feeds.adapters.file_base import MAX_BYTES, FileAdapter, Read
from portal.feeds.platforms.linkedin.post_ids import post_in
from portal.feeds.platforms.linkedin.post_values import post_values, title_of
from portal.feeds.reading.tables import header, rows
from portal.feeds.reading.text import clean_text

# What zipfile and the packers under it raise for what they cannot read.
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
        return content[:4] == b"PK\x03\x04" or "sharelink" in header(content)

    def read(self, name: str, content: bytes) -> Read:
        read = Read()
        for row in rows(_shares_in(content) if content[:4] == b"PK\x03\x04" else content, read):
            post = post_in(row.cells.get("sharelink", ""))
            text = clean_text(_unwrapped(row.cells.get("sharecommentary", "")))
            if post is None:
                read.leave_out(row.line, gettext("It names no LinkedIn post."))
            elif not text:
                read.leave_out(row.line, gettext("This post has no words: a picture or a reshare."))
            else:
                title, shared = title_of(text), row.cells.get("sharedurl", "")
                # What the post points at can be the recording itself: it stays with the words, to be matched.
                text = text if not shared or shared in text else f"{text}\n\n{clean_text(shared)}"
                read.items.append(post_values(post, title, text))
        if not read.items and not read.remarks:
            raise Unusable("empty", _("There is no post in this file."))
        return read


def _unwrapped(text: str) -> str:
    """LinkedIn wraps each line of a text in quotation marks of its own."""
    return text.replace('"\n"', "\n").strip('"')


def _shares_in(content: bytes) -> bytes:
    """The table in a ZIP, without unpacking anything else or writing anything. Raises Unusable."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = [entry for entry in archive.infolist() if _SHARES.fullmatch(entry.filename)]
            if not names:
                raise Unusable(
                    "no_shares",
                    _("There is no Shares.csv in this ZIP. Ask LinkedIn for a copy with your posts."),
                )
            if names[0].flag_bits & 1:
                raise Unusable("password", _("This ZIP is locked with a password. Unpack it and bring in Shares.csv."))
            with archive.open(names[0]) as member:
                table = member.read(MAX_BYTES + 1)
    except _DAMAGED as error:
        raise Unusable("damaged", _("This ZIP is damaged.")) from error
    if len(table) > MAX_BYTES:
        raise Unusable("too_large", _("The Shares.csv in this ZIP is too large."))
    return table
