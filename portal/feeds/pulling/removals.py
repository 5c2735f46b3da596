"""Things that are not in their source any more (feeds.md 1.1): noticed slowly, never removed.

A feed forgets, and whole platforms answer nonsense for a day. So a thing is suspected only when it was missing from
three good and complete answers, each a day after the one before; then the platform is asked about that one thing.
"""

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from portal.feeds.adapters.base import Pulled
from portal.feeds.adapters.file_base import Read
from portal.feeds.adapters.registry import adapter_for
from portal.feeds.choices import ItemState, Reason
from portal.feeds.models import Item, Source
from portal.feeds.pulling.store import known_until, tell_recording
from portal.feeds.reading.item_ids import scoped

MISSES, APART = 3, timedelta(hours=24)
LOOKS_A_PULL = 5
LOOKED_AT = (ItemState.NEW, ItemState.ACCEPTED)


def note_missing(source: Source, pulled: Pulled, captured: datetime) -> None:
    """Count what a complete answer should have held and did not; the third time it gets a remark."""
    if pulled.window_from is None:
        return
    here = [scoped(source, name) for values in pulled.items for name in (values.external_id, *values.aliases)]
    missing = Item.objects.filter(source=source, state__in=LOOKED_AT, published_at__gt=pulled.window_from)
    for item in missing.exclude(external_id__in=here).exclude(aliases__external_id__in=here):
        moments = [datetime.fromisoformat(moment) for moment in item.missed]
        counted = len(moments) >= MISSES or any(abs(captured - moment) < APART for moment in moments)
        if counted or captured <= known_until(source, item):
            continue
        item.missed = sorted([*item.missed, captured.isoformat()])
        if len(item.missed) == MISSES and item.reason != Reason.UNAVAILABLE:
            item.reason = Reason.MISSING
        _save(item)


def note_gone(source: Source, pulled: Pulled) -> None:
    """Remark on what the platform proved not to show any more. Pages stay; staff decide."""
    gone = [scoped(source, name) for name in pulled.gone]
    for item in Item.objects.filter(source=source, external_id__in=gone).exclude(reason=Reason.UNAVAILABLE):
        item.reason = Reason.UNAVAILABLE
        _save(item)


def note_called_off(source: Source, read: Read) -> int:
    """Remark on the sessions that a file says do not take place (any more); returns how many that is news of.

    Of a series it knows everything that is to come: what came in once and is not in it now was called off too. A file
    that is older than what is known of a session says nothing about it.
    """
    items = Item.objects.filter(source=source).exclude(reason=Reason.CALLED_OFF)
    here = [scoped(source, name) for values in read.items for name in (values.external_id, *values.aliases)]
    news = {}
    for name, since in read.called_off.items():
        name = scoped(source, name)
        named = Q(external_id=name) | Q(external_id__startswith=f"{name}:") | Q(aliases__external_id=name)
        news |= {item.pk: item for item in items.filter(named).distinct() if not _is_newer(item, since)}
    for beginning, since in read.complete.items():
        others = items.filter(external_id__startswith=scoped(source, beginning), event_start__gt=timezone.now())
        others = others.exclude(external_id__in=here).exclude(aliases__external_id__in=here)
        news |= {item.pk: item for item in others if not _is_newer(item, since)}
    for item in news.values():
        item.reason = Reason.CALLED_OFF
        _save(item)
    return len(news)


def _is_newer(item: Item, since: datetime | None) -> bool:
    return bool(since and item.updated_at and since < item.updated_at)


def look_for_missing(source: Source) -> None:
    """Ask the platform about a few of the things that are suspected: gone, or only out of the list."""
    suspected = Item.objects.filter(source=source, state__in=LOOKED_AT, reason=Reason.MISSING)
    for item in suspected[:LOOKS_A_PULL]:
        there = adapter_for(source.kind).can_be_watched(item.external_id)
        if there is not None:
            item.reason = Reason.UNLISTED if there else Reason.UNAVAILABLE
            _save(item)


def _save(item: Item) -> None:
    item.save(update_fields=["missed", "reason"])
    tell_recording(item)
