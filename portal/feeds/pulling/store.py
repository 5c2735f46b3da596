"""Stores the items of a pull or an imported file. The newest capture wins, decisions stay (docs/feed-rules.md 5.3)."""

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.db.models import Q
from django.utils import timezone

from portal.feeds.adapters.registry import adapter_for
from portal.feeds.choices import QUARANTINE_REASONS, ItemState, Reason
from portal.feeds.item_values import (
    ADDRESS,
    CONTENT,
    FILLS_GAPS,
    OPTIONAL_CONTENT,
    STORED,
    TEXT,
    ItemValues,
    field_values,
    fields_used_for,
)
from portal.feeds.models import Item, Source
from portal.feeds.pulling.known_items import find_known_items, store_aliases
from portal.feeds.reading.item_ids import scoped_id, short_hash
from portal.feeds.reading.web_addresses import web_address
from portal.feeds.review.recording_sources import update_recording_source, update_recordings
from portal.webinars.models import RecordingSource
from portal.webinars.platforms import platform_of

# A `last_seen` later than this from now was written by a clock that was wrong.
CLOCK_SLACK = timedelta(minutes=5)
MAX_DURATION_S = 10**7
# An identity as our adapters make it; any other is stored as its hash.
_IDENTITY = re.compile(r"[a-z?]{1,5}:[\w:.-]{1,60}", re.ASCII)
# Characters that no database stores: NUL (PostgreSQL), lone surrogates (both).
_NOT_STORABLE = re.compile(r"[\x00\ud800-\udfff]")


class StoreResult(Enum):
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    OLDER = "older"
    FAILED = "failed"


@dataclass(frozen=True)
class StoredItem:
    """The result for one item; `error` is why it could not be stored."""

    external_id: str
    result: StoreResult
    error: Exception | None = None


def content_hash(values: ItemValues) -> str:
    """Return the hash of the content fields: no likes, views, host of the picture or `updated`.

    See docs/feed-rules.md 5.3.5.
    """
    content = list(field_values(values, CONTENT).values())
    optional = [str(value or "") for value in field_values(values, OPTIONAL_CONTENT).values()]
    if any(optional):
        content += optional
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()


def store_items(source: Source, items: Iterable[ItemValues], captured: datetime) -> list[StoredItem]:
    """Store the items of one document that was captured at that time, one transaction for each.

    An item that the database refuses is rolled back alone and reported; the others are stored. A capture older than
    the one in which an item was last seen changes nothing but `first_seen`.
    """
    items = [_storable(source, values) for values in items]
    known = find_known_items(source, items)
    outcomes: list[StoredItem] = []
    seen: list[int] = []
    for values in items:
        item = known.get(values.external_id)
        try:
            with transaction.atomic():
                if item is None:
                    result, item = _create(source, values, captured)
                    known.update(dict.fromkeys((values.external_id, *values.aliases), item))
                else:
                    result = _update(source, item, values, captured)
                store_aliases(item, values)
        except (DatabaseError, ValidationError, ValueError, OverflowError) as error:
            outcomes.append(StoredItem(values.external_id, StoreResult.FAILED, error))
            continue
        if result in (StoreResult.SAME, StoreResult.CHANGED):
            seen.append(item.pk)
        outcomes.append(StoredItem(values.external_id, result))
    outdated = Q(last_seen__lt=captured) | Q(last_seen__gt=_latest_plausible())
    Item.objects.filter(outdated, pk__in=seen).update(last_seen=captured, fetched_at=captured)
    return outcomes


def _storable(source: Source, values: ItemValues) -> ItemValues:
    """Return the values as every database can store them. A value that cannot be stored is emptied, the item stays."""
    duration = values.duration_s
    cleaned: dict[str, Any] = {name: _NOT_STORABLE.sub("", value) for name, value in field_values(values, TEXT).items()}
    cleaned |= {name: web_address(value) for name, value in field_values(values, ADDRESS).items()}
    return replace(
        values,
        external_id=_identity(source, values.external_id),
        aliases=tuple(_identity(source, name) for name in values.aliases),
        former_ids=tuple(_identity(source, name) for name in values.former_ids),
        duration_s=duration if duration and 0 < duration < MAX_DURATION_S else None,
        **cleaned,
    )


def _identity(source: Source, external_id: str) -> str:
    if not _IDENTITY.fullmatch(external_id):
        external_id = "?:" + short_hash(external_id)
    return scoped_id(source, external_id)


def last_mentioned_at(source: Source, item: Item) -> datetime:
    """Return when the newest capture that mentioned an item was made.

    An identical document writes nothing to its items, only to the source: the items of the last document were last
    seen when the source last answered.
    """
    seen = item.last_seen
    if item.source_id == source.pk and seen == source.body_at and source.last_ok_at:
        seen = max(seen, source.last_ok_at)
    return seen


def _create(source: Source, values: ItemValues, captured: datetime) -> tuple[StoreResult, Item]:
    item = Item(
        source=source, external_id=values.external_id, first_seen=captured, last_seen=captured, fetched_at=captured
    )
    _apply(item, values)
    item.state = _initial_state(values)
    video_link = RecordingSource.objects.filter(external_id__in=(values.external_id, *values.aliases)).first()
    is_known_by_hand = video_link is not None and item.state != ItemState.QUARANTINED
    if video_link is not None and is_known_by_hand:
        # Staff entered this video by hand before the feed mentioned it.
        item.state, item.recording_id = ItemState.ACCEPTED, video_link.recording_id
    item.full_clean(validate_unique=False, validate_constraints=False)
    item.save()
    if video_link is not None and is_known_by_hand:
        update_recording_source(item, video_link)
    return StoreResult.NEW, item


def _update(source: Source, item: Item, values: ItemValues, captured: datetime) -> StoreResult:
    if item.source_id != source.pk and _only_adds(source, item, values):
        return _fill_gaps(item, values)
    if _is_older(source, item, values, captured):
        Item.objects.filter(pk=item.pk, first_seen__gt=captured).update(first_seen=captured)
        return StoreResult.OLDER
    if values.reason in QUARANTINE_REASONS and item.state != ItemState.QUARANTINED:
        # "Private video" is news about the item and not its new title, so only the remark changes.
        if item.source_id == source.pk and item.reason != values.reason:
            item.reason = values.reason
            item.save(update_fields=["reason"])
            update_recordings(item)
        return StoreResult.SAME
    if adapter_for(source.kind).rank < adapter_for(item.source.kind).rank:
        known = field_values(item, FILLS_GAPS)
        values = replace(
            values, **{name: value or known[name] for name, value in field_values(values, FILLS_GAPS).items()}
        )
    before = _stored_state(item)
    changed = item.content_hash != content_hash(values)
    if item.state == ItemState.QUARANTINED and values.reason not in QUARANTINE_REASONS:
        item.state, item.source = _initial_state(values), source
    elif item.state == ItemState.NEW and values.reason == Reason.SHORT:
        item.state = ItemState.IGNORED
    if adapter_for(source.kind).rank > adapter_for(item.source.kind).rank:
        item.source = source
    _apply(item, values)
    item.missed = [missed_at for missed_at in item.missed if datetime.fromisoformat(missed_at) > captured]
    if _stored_state(item) == before:
        return StoreResult.SAME
    item.fetched_at = captured
    item.full_clean(validate_unique=False, validate_constraints=False)
    item.save()
    update_recordings(item)
    return StoreResult.CHANGED if changed else StoreResult.SAME


def _only_adds(source: Source, item: Item, values: ItemValues) -> bool:
    """Return whether a source only fills gaps of an item that belongs to another source.

    It does when it is a file, when it is another platform with the same talk, and when it is a feed while the API of
    the platform is pulled too.
    """
    if platform_of(values.external_id) != platform_of(item.external_id):
        return True
    ours, theirs = adapter_for(source.kind), adapter_for(item.source.kind)
    return ours.rank < theirs.rank and (item.source.enabled or not ours.is_pulled)


def _fill_gaps(item: Item, values: ItemValues) -> StoreResult:
    """Store only the values that the item does not have yet."""
    names = (*fields_used_for(FILLS_GAPS), *fields_used_for(TEXT))
    empty = [name for name in names if not getattr(item, name) and getattr(values, name)]
    if not empty:
        return StoreResult.SAME
    for name in empty:
        setattr(item, name, getattr(values, name))
    item.save(update_fields=empty)
    update_recordings(item)
    return StoreResult.CHANGED


def _is_older(source: Source, item: Item, values: ItemValues, captured: datetime) -> bool:
    """Return whether a capture is older than the values of the item.

    A copy from a cache that does not say how old it is shows in `updated`, which never goes back.
    """
    last_seen = last_mentioned_at(source, item)
    if captured < last_seen <= _latest_plausible():
        return True
    return bool(values.updated_at and item.updated_at and values.updated_at < item.updated_at)


def _latest_plausible() -> datetime:
    return timezone.now() + CLOCK_SLACK


def _initial_state(values: ItemValues) -> str:
    if values.reason in QUARANTINE_REASONS:
        return ItemState.QUARANTINED
    return ItemState.IGNORED if values.reason == Reason.SHORT else ItemState.NEW


def _apply(item: Item, values: ItemValues) -> None:
    for name, value in field_values(values, STORED).items():
        setattr(item, name, value)
    item.content_hash = content_hash(values)


def _stored_state(item: Item) -> dict[str, Any]:
    others = {"state": item.state, "source": item.source_id, "hash": item.content_hash, "missed": tuple(item.missed)}
    return field_values(item, STORED) | others
