"""Bringing in a file: its kind is recognised, its rows are kept like what a pull finds, the file itself is not."""

import logging
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.feeds.adapters.base import ItemValues, Unusable
from portal.feeds.adapters.file_base import MAX_BYTES, FileAdapter, Read, Remark
from portal.feeds.adapters.registry import adapter_for, files
from portal.feeds.choices import Outcome
from portal.feeds.models import FetchLog, Source
from portal.feeds.pulling.removals import note_called_off
from portal.feeds.pulling.store import Kept, keep

logger = logging.getLogger(__name__)

MAX_ZIP_BYTES = 50_000_000


@dataclass(frozen=True)
class Report:
    """What became of a file: the line of the log, and what there is to say about its rows."""

    kind: str
    log: FetchLog
    remarks: list[Remark]

    @property
    def label(self):
        return adapter_for(self.kind).label

    @property
    def left_out(self) -> int:
        return sum(remark.left_out for remark in self.remarks)


def bring_in(name: str, content: bytes) -> Report:
    """Keep what a file holds, and say what was left out. Raises Unusable when it cannot be used at all.

    Doing it twice changes nothing. What a file says of a video or post that a feed knows already only fills gaps.
    """
    try:
        return _brought_in(name, content)
    except Unusable:
        raise
    except Exception as error:  # whatever nobody foresaw is this file's failure: staff get a sentence
        logger.exception("a file could not be read")
        raise Unusable(
            "unforeseen",
            _(
                "This file could not be read: nobody foresaw what is in it. The log file says where it went wrong; "
                "send that to who maintains the portal."
            ),
        ) from error


def _brought_in(name: str, content: bytes) -> Report:
    adapter = _kind_of(name, content)
    read = adapter.read(name, content)
    now = timezone.now()
    source, _new = Source.objects.get_or_create(
        kind=adapter.kind, config="", defaults={"name": _named(adapter), "enabled": False}
    )
    items = _each_once(read)
    outcomes = keep(source, items, now)
    for values, outcome in zip(items, outcomes, strict=True):
        if outcome.error:
            logger.error("item %s of a file was not kept", outcome.external_id, exc_info=outcome.error)
            read.leave_out(values.title or values.external_id, gettext("It could not be kept."))
    new, changed = (sum(outcome.kept is kind for outcome in outcomes) for kind in (Kept.NEW, Kept.CHANGED))
    changed += note_called_off(source, read)
    left_out = sum(remark.left_out for remark in read.remarks)
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
    return Report(adapter.kind, log, read.remarks)


def _each_once(read: Read) -> list[ItemValues]:
    """The items of a file, each once: of one that comes again the last is taken, and that is said where they differ."""
    items: dict[str, ItemValues] = {}
    for values in read.items:
        before = items.get(values.external_id)
        if before is not None and before != values:
            read.doubt(
                before.title, gettext("It comes again in this file as “%s”; the last one was taken.") % values.title
            )
        items[values.external_id] = values
    return list(items.values())


def _kind_of(name: str, content: bytes) -> FileAdapter:
    """The kind of a file; raises Unusable with what can be brought in."""
    zipped = content[:4] == b"PK\x03\x04"
    if len(content) > (MAX_ZIP_BYTES if zipped else MAX_BYTES):
        raise Unusable("too_large", _("This file is too large. Split it, or leave out what is not about webinars."))
    if not content.strip(b"\xef\xbb\xbf \t\r\n\x00"):
        raise Unusable("empty", _("There is nothing in this file."))
    for adapter in files():
        if adapter.recognises(name, content):
            return adapter
    raise Unusable(
        "unknown_file",
        _("This file is none of those that can be brought in. The list below says which they are."),
    )


def _named(adapter: FileAdapter) -> str:
    with translation.override(settings.LANGUAGE_CODE):
        return str(adapter.label)


def _rows_left_out(number: int) -> str:
    with translation.override(settings.LANGUAGE_CODE):
        return gettext("Rows left out: %(number)s.") % {"number": number}
