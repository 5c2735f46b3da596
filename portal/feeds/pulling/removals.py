"""Notes items that their source does not have any more; they are never deleted (docs/feed-rules.md 1.1).

A feed forgets, and whole platforms answer nonsense for a day. So an item is suspected only after it was missing from
three complete responses, each a day after the one before; then the platform is asked about that one item.
"""

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from portal.feeds.adapters.base import PullResult
from portal.feeds.adapters.registry import adapter_for
from portal.feeds.choices import ItemState, Reason
from portal.feeds.models import Item, Source
from portal.feeds.pulling.store import last_mentioned_at
from portal.feeds.reading.file_contents import FileContents
from portal.feeds.reading.item_ids import scoped_id
from portal.feeds.review.recording_sources import update_recordings

MISSES, APART = 3, timedelta(hours=24)
REQUESTS_PER_PULL = 5
WATCHED_STATES = (ItemState.NEW, ItemState.ACCEPTED)


def note_missing(source: Source, pulled: PullResult, captured: datetime) -> None:
    """Count the items that a complete response should have and has not; the third time they get a remark."""
    if pulled.window_from is None:
        return
    here = [scoped_id(source, name) for values in pulled.items for name in (values.external_id, *values.aliases)]
    missing = Item.objects.filter(source=source, state__in=WATCHED_STATES, published_at__gt=pulled.window_from)
    for item in missing.exclude(external_id__in=here).exclude(aliases__external_id__in=here):
        missed = [datetime.fromisoformat(missed_at) for missed_at in item.missed]
        is_counted = len(missed) >= MISSES or any(abs(captured - missed_at) < APART for missed_at in missed)
        if is_counted or captured <= last_mentioned_at(source, item):
            continue
        item.missed = sorted([*item.missed, captured.isoformat()])
        if len(item.missed) == MISSES and item.reason != Reason.UNAVAILABLE:
            item.reason = Reason.MISSING
        _save(item)


def note_gone(source: Source, pulled: PullResult) -> None:
    """Add a remark to the items that the platform proved to show no more. Pages stay, and staff decide."""
    gone = [scoped_id(source, name) for name in pulled.gone]
    for item in Item.objects.filter(source=source, external_id__in=gone).exclude(reason=Reason.UNAVAILABLE):
        item.reason = Reason.UNAVAILABLE
        _save(item)


def note_called_off(source: Source, contents: FileContents) -> int:
    """Add a remark to the sessions that a file says do not take place. Returns how many get it for the first time.

    A future session of a series that came in before and is missing from the complete series now was called off too. A
    file that is older than the values of a session says nothing about it.
    """
    items = Item.objects.filter(source=source).exclude(reason=Reason.CALLED_OFF)
    here = [scoped_id(source, name) for values in contents.items for name in (values.external_id, *values.aliases)]
    news: dict[int, Item] = {}
    for name, since in contents.called_off.items():
        name = scoped_id(source, name)
        named = Q(external_id=name) | Q(external_id__startswith=f"{name}:") | Q(aliases__external_id=name)
        news |= {item.pk: item for item in items.filter(named).distinct() if not _is_newer(item, since)}
    for beginning, since in contents.complete.items():
        others = items.filter(external_id__startswith=scoped_id(source, beginning), event_start__gt=timezone.now())
        others = others.exclude(external_id__in=here).exclude(aliases__external_id__in=here)
        news |= {item.pk: item for item in others if not _is_newer(item, since)}
    for item in news.values():
        item.reason = Reason.CALLED_OFF
        _save(item)
    return len(news)


def _is_newer(item: Item, since: datetime | None) -> bool:
    return bool(since and item.updated_at and since < item.updated_at)


def look_for_missing(source: Source) -> None:
    """Ask the platform about a few of the missing items: were they removed, or are they only not in the list?"""
    suspected = Item.objects.filter(source=source, state__in=WATCHED_STATES, reason=Reason.MISSING)
    for item in suspected[:REQUESTS_PER_PULL]:
        is_watchable = adapter_for(source.kind).is_watchable(item.external_id)
        if is_watchable is not None:
            item.reason = Reason.UNLISTED if is_watchable else Reason.UNAVAILABLE
            _save(item)


def _save(item: Item) -> None:
    item.save(update_fields=["missed", "reason"])
    update_recordings(item)
