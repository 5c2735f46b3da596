"""Imports a file: recognises its kind, stores its rows like the items of a pull, and does not keep the file."""

import logging
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.feeds.adapters.file_base import FileAdapter
from portal.feeds.adapters.registry import adapter_for, file_adapters
from portal.feeds.choices import Outcome
from portal.feeds.errors import UnusableDocument
from portal.feeds.item_values import ItemValues
from portal.feeds.models import FetchLog, Source
from portal.feeds.pulling.removals import note_called_off
from portal.feeds.pulling.store import StoreResult, store_items
from portal.feeds.reading.file_contents import MAX_FILE_BYTES, FileContents, RowRemark

logger = logging.getLogger(__name__)

MAX_ZIP_BYTES = 50_000_000


@dataclass(frozen=True)
class ImportReport:
    """The result of an import: its log entry, and the remarks about its rows."""

    kind: str
    log: FetchLog
    remarks: list[RowRemark]

    @property
    def label(self) -> str | Promise:
        return adapter_for(self.kind).label

    @property
    def left_out(self) -> int:
        return sum(remark.left_out for remark in self.remarks)


def import_file(name: str, content: bytes) -> ImportReport:
    """Store the items of a file, and report the rows that were left out. Raises UnusableDocument.

    Importing a file twice changes nothing. Of a video or post that a feed has too, a file only fills gaps.
    """
    try:
        return _import(name, content)
    except UnusableDocument:
        raise
    except Exception as error:  # an unforeseen error becomes a sentence for staff
        logger.exception("a file could not be read")
        raise UnusableDocument(
            "unforeseen",
            _(
                "An unexpected error occurred while this file was read. Send the log file, which says where it went "
                "wrong, to whoever maintains the portal."
            ),
        ) from error


def _import(name: str, content: bytes) -> ImportReport:
    adapter = _recognise(name, content)
    contents = adapter.read(name, content)
    now = timezone.now()
    source, _new = Source.objects.get_or_create(
        kind=adapter.kind, config="", defaults={"name": _source_name(adapter), "enabled": False}
    )
    items = _without_duplicates(contents)
    outcomes = store_items(source, items, now)
    for values, outcome in zip(items, outcomes, strict=True):
        if outcome.error:
            logger.error("item %s of a file was not kept", outcome.external_id, exc_info=outcome.error)
            contents.leave_out(values.title or values.external_id, gettext("It could not be stored."))
    new, changed = (
        sum(outcome.result is kind for outcome in outcomes) for kind in (StoreResult.NEW, StoreResult.CHANGED)
    )
    changed += note_called_off(source, contents)
    left_out = sum(remark.left_out for remark in contents.remarks)
    log = FetchLog.objects.create(
        source=source,
        started_at=now,
        bytes=len(content),
        n_entries=len(items),
        n_new=new,
        n_changed=changed,
        outcome=Outcome.OK if new or changed else Outcome.UNCHANGED,
        message=_rows_left_out(left_out) if left_out else "",
    )
    Source.objects.filter(pk=source.pk).update(last_ok_at=now)
    return ImportReport(adapter.kind, log, contents.remarks)


def _without_duplicates(contents: FileContents) -> list[ItemValues]:
    """Return the items of a file, the last one of each id; a remark says where two differ."""
    items: dict[str, ItemValues] = {}
    for values in contents.items:
        before = items.get(values.external_id)
        if before is not None and before != values:
            contents.warn(
                before.title, gettext("It comes again in this file as “%s”; the last one was taken.") % values.title
            )
        items[values.external_id] = values
    return list(items.values())


def _recognise(name: str, content: bytes) -> FileAdapter:
    """Return the adapter of a file. Raises UnusableDocument if there is none."""
    is_zip = content[:4] == b"PK\x03\x04"
    if len(content) > (MAX_ZIP_BYTES if is_zip else MAX_FILE_BYTES):
        raise UnusableDocument(
            "too_large", _("This file is too large. Split it, or leave out what is not about webinars.")
        )
    if not content.strip(b"\xef\xbb\xbf \t\r\n\x00"):
        raise UnusableDocument("empty", _("There is nothing in this file."))
    for adapter in file_adapters():
        if adapter.recognises(name, content):
            return adapter
    raise UnusableDocument(
        "unknown_file",
        _("This kind of file cannot be brought in. The list below says which kinds can."),
    )


def _source_name(adapter: FileAdapter) -> str:
    with translation.override(settings.LANGUAGE_CODE):
        return str(adapter.label)


def _rows_left_out(number: int) -> str:
    with translation.override(settings.LANGUAGE_CODE):
        return gettext("Rows left out: %(number)s.") % {"number": number}
