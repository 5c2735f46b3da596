"""Things that are not in their source any more (feeds.md 1.1): noticed slowly, never removed.

A feed forgets, and whole platforms answer nonsense for a day. So a thing is suspected only when it was missing from
three good and complete answers, each a day after the one before; then the platform is asked about that one thing.
"""

from datetime import datetime, timedelta

from portal.feeds.adapters import adapter_for
from portal.feeds.choices import ItemState, Reason
from portal.feeds.contract import Pulled
from portal.feeds.identity import scoped
from portal.feeds.keep import known_until, tell_recording
from portal.feeds.models import Item, Source

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
