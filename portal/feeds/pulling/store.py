"""Keeping what a pull found: one transaction an item, the newest capture wins, staff decide (feeds.md 5.3)."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.db.models import Q
from django.utils import timezone

from portal.feeds.adapters import adapter_for
from portal.feeds.adapters.contract import ItemValues
from portal.feeds.choices import QUARANTINE, ItemState, Reason
from portal.feeds.models import Item, ItemAlias, Source
from portal.feeds.platforms.linkedin.ids import Post
from portal.feeds.reading.item_ids import OF_RUN, hashed, scoped
from portal.feeds.reading.web_addresses import web_address
from portal.feeds.review.source_changes import note_changes
from portal.webinars.choices import SourceState
from portal.webinars.models import RecordingSource
from portal.webinars.platforms import Platform

# What was seen later than this from now was written down by a clock that went wrong.
CLOCK_SLACK = timedelta(minutes=5)
TWIN_WITHIN = timedelta(seconds=5)
# What one source may know of a thing and another may not say.
GAPS = ("duration_s", "event_start", "event_end", "broadcast")
LONGEST_S = 10**7
# An identity as our adapters make it; any other is kept by its hash.
_IDENTITY = re.compile(r"[a-z?]{1,5}:[\w:.-]{1,60}", re.ASCII)
# What no database keeps: NUL for PostgreSQL, lone surrogates for both.
_NOT_KEPT = re.compile(r"[\x00\ud800-\udfff]")
_AVAILABILITY = {
    Reason.MISSING: SourceState.SUSPECTED,
    Reason.UNAVAILABLE: SourceState.UNAVAILABLE,
    Reason.NOT_EMBEDDABLE: SourceState.NOT_EMBEDDABLE,
    Reason.REGION: SourceState.REGION,
    Reason.CALLED_OFF: SourceState.CALLED_OFF,
}


class Kept(Enum):
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    OLDER = "older"
    FAILED = "failed"


@dataclass(frozen=True)
class Outcome:
    """What became of one item; `error` is why it could not be kept."""

    external_id: str
    kept: Kept
    error: Exception | None = None


def content_hash(values: ItemValues) -> str:
    """The hash of what counts as content: no likes, views, host of the picture or `updated` (feeds.md 5.3.5)."""
    content = [values.title, values.text, values.url, values.duration_s, values.kind_guess]
    times = [str(moment or "") for moment in (values.event_start, values.event_end)]
    if any(times) or values.broadcast:
        content += [*times, values.broadcast]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()


def keep(source: Source, items: Iterable[ItemValues], captured: datetime) -> list[Outcome]:
    """Keep the items of one document that was captured at that moment.

    An item that the database refuses is rolled back alone and reported; the others are kept. A capture that is older
    than what an item was last seen in changes nothing but `first_seen`. Ids are made those of the source here.
    """
    items = [_storable(source, values) for values in items]
    known = _known(source, items)
    outcomes, seen = [], []
    for values in items:
        item = known.get(values.external_id)
        try:
            with transaction.atomic():
                if item is None:
                    kept, item = _create(source, values, captured)
                    known.update(dict.fromkeys((values.external_id, *values.aliases), item))
                else:
                    kept = _update(source, item, values, captured)
                _keep_aliases(item, values)
        except (DatabaseError, ValidationError, ValueError, OverflowError) as error:
            outcomes.append(Outcome(values.external_id, Kept.FAILED, error))
            continue
        if kept in (Kept.SAME, Kept.CHANGED):
            seen.append(item.pk)
        outcomes.append(Outcome(values.external_id, kept))
    late = Q(last_seen__lt=captured) | Q(last_seen__gt=_not_after())
    Item.objects.filter(late, pk__in=seen).update(last_seen=captured, fetched_at=captured)
    return outcomes


def _storable(source: Source, values: ItemValues) -> ItemValues:
    """The values as they can be kept, whatever a source wrote: what cannot be is left out, never the item."""
    length = values.duration_s
    return replace(
        values,
        external_id=_identity(source, values.external_id),
        aliases=tuple(_identity(source, name) for name in values.aliases),
        formerly=tuple(_identity(source, name) for name in values.formerly),
        title=_NOT_KEPT.sub("", values.title),
        text=_NOT_KEPT.sub("", values.text),
        url=web_address(values.url),
        thumbnail_url=web_address(values.thumbnail_url),
        file_url=web_address(values.file_url),
        duration_s=length if length and 0 < length < LONGEST_S else None,
    )


def _identity(source: Source, external_id: str) -> str:
    if not _IDENTITY.fullmatch(external_id):
        external_id = "?:" + hashed(external_id)
    return scoped(source, external_id)


def tell_recording(item: Item) -> None:
    """Tell the recording of an accepted item, if there is one, what its source says now."""
    if item.state == ItemState.ACCEPTED:
        for place in RecordingSource.objects.filter(external_id__in=item.identities):
            write_source_values(item, place)


def known_until(source: Source, item: Item) -> datetime:
    """The moment of the newest capture that mentioned an item.

    An identical document writes nothing to its items, only to the source: the items of the last document were last
    seen when the source last answered.
    """
    seen = item.last_seen
    if item.source_id == source.pk and seen == source.body_at and source.last_ok_at:
        seen = max(seen, source.last_ok_at)
    return seen


def platform_of(external_id: str) -> str:
    """The platform that an identity belongs to, by its prefix."""
    return {"yt": Platform.YOUTUBE, "li": Platform.LINKEDIN}.get(external_id.split(":")[0], Platform.WEB)


def place_url(external_id: str) -> str:
    """The public address of an identity of YouTube or LinkedIn, "" for any other."""
    prefix, _colon, name = external_id.partition(":")
    if prefix == "yt":
        return f"https://www.youtube.com/watch?v={name}"
    return Post("activity", name).url if prefix == "li" else ""


def write_source_values(item: Item, place: RecordingSource) -> None:
    """Tell a recording what its source says now. What staff wrote stands on the recording itself, untouched.

    What is news for the staff, who may want to do something about it, is noted.
    """
    known = copy(place) if place.fetched_at else None
    place.platform = platform_of(item.external_id)
    place.url, place.title, place.text = item.url or item.file_url, item.title, item.text
    place.published_at, place.thumbnail_url = item.published_at, item.thumbnail_url
    place.content_hash, place.fetched_at = item.content_hash, item.fetched_at
    place.duration_s, place.event_start = item.duration_s, item.event_start
    state = _AVAILABILITY.get(item.reason, item.broadcast)
    if state != place.state:
        place.state, place.state_since = state, timezone.now() if state else None
    place.save()
    if known:
        note_changes(known, place)


def _known(source: Source, items: list[ItemValues]) -> dict[str, Item]:
    """The items that are known under an id of these values, by that id.

    LinkedIn gives a post several numbers. Two within seconds of each other with the same words in one source are one
    post (feeds.md 2.1).
    """
    known = _by_identity(name for values in items for name in (values.external_id, *values.aliases))
    known |= _carried_over([values for values in items if values.external_id not in known], list(known.values()), items)
    for values in items:
        item = next((known[name] for name in (values.external_id, *values.aliases) if name in known), None)
        if item is None and values.external_id.startswith("li:") and values.published_at and values.text:
            near = (values.published_at - TWIN_WITHIN, values.published_at + TWIN_WITHIN)
            twins = Item.objects.filter(source=source, external_id__startswith="li:", published_at__range=near)
            item = next((twin for twin in twins if twin.text.split() == values.text.split()), None)
        if item is not None:
            known[values.external_id] = item
    return known


def _by_identity(names: Iterable[str]) -> dict[str, Item]:
    """The items that have one of these identities, by that identity."""
    names = list(names)
    known = Item.objects.select_related("source").in_bulk(names, field_name="external_id")
    for alias in ItemAlias.objects.filter(external_id__in=names).select_related("item__source"):
        known.setdefault(alias.external_id, alias.item)
    return known


def _carried_over(unknown: list[ItemValues], taken: list[Item], items: list[ItemValues]) -> dict[str, Item]:
    """The items that are known under a former identity of these values, by the identity that they have now.

    An item goes over once, to who has its title, else to who has its address and shares that with no other.
    """
    formerly = _by_identity({name for values in unknown for name in values.formerly})
    addresses = Counter(values.url for values in items)
    free = {item.pk for item in formerly.values()} - {item.pk for item in taken}
    found: dict[str, Item] = {}

    def same_title(item: Item, values: ItemValues) -> bool:
        return bool(values.title) and item.title == values.title

    def same_address(item: Item, values: ItemValues) -> bool:
        return bool(values.url) and addresses[values.url] == 1 and _bare(item.url) == _bare(values.url)

    for same in (same_title, same_address):
        for values in unknown:
            candidates = (formerly[name] for name in values.formerly if name in formerly)
            item = next((item for item in candidates if item.pk in free and same(item, values)), None)
            if item is not None and values.external_id not in found:
                found[values.external_id] = item
                free.discard(item.pk)
    return found


def _bare(address: str) -> str:
    """An address without its scheme: a site that changes to https is the same site."""
    return address.partition("://")[2]


def _keep_aliases(item: Item, values: ItemValues) -> None:
    of_runs = (name for name in values.formerly if name.startswith(OF_RUN))
    for name in {values.external_id, *values.aliases, *of_runs} - {item.external_id}:
        if not Item.objects.filter(external_id=name).exists():
            ItemAlias.objects.get_or_create(external_id=name, defaults={"item": item})


def _create(source: Source, values: ItemValues, captured: datetime) -> tuple[Kept, Item]:
    item = Item(
        source=source, external_id=values.external_id, first_seen=captured, last_seen=captured, fetched_at=captured
    )
    _apply(item, values)
    item.state = _first_state(values)
    place = RecordingSource.objects.filter(external_id__in=(values.external_id, *values.aliases)).first()
    if place and item.state != ItemState.QUARANTINED:
        # Staff entered this video by hand before the feed mentioned it.
        item.state, item.recording_id = ItemState.ACCEPTED, place.recording_id
    item.full_clean(validate_unique=False, validate_constraints=False)
    item.save()
    if item.state == ItemState.ACCEPTED:
        write_source_values(item, place)
    return Kept.NEW, item


def _update(source: Source, item: Item, values: ItemValues, captured: datetime) -> Kept:
    if item.source_id != source.pk and _knows_less(source, item, values):
        return _fill_gaps(item, values)
    if _older(source, item, values, captured):
        Item.objects.filter(pk=item.pk, first_seen__gt=captured).update(first_seen=captured)
        return Kept.OLDER
    if values.reason in QUARANTINE and item.state != ItemState.QUARANTINED:
        # "Private video" is news about the item, not its new title: only the remark changes.
        if item.source_id == source.pk and item.reason != values.reason:
            item.reason = values.reason
            item.save(update_fields=["reason"])
            tell_recording(item)
        return Kept.SAME
    if adapter_for(source.kind).rank < adapter_for(item.source.kind).rank:
        values = replace(values, **{name: getattr(values, name) or getattr(item, name) for name in GAPS})
    before = _stored(item)
    changed = item.content_hash != content_hash(values)
    if item.state == ItemState.QUARANTINED and values.reason not in QUARANTINE:
        item.state, item.source = _first_state(values), source
    elif item.state == ItemState.NEW and values.reason == Reason.SHORT:
        item.state = ItemState.IGNORED
    if adapter_for(source.kind).rank > adapter_for(item.source.kind).rank:
        item.source = source
    _apply(item, values)
    item.missed = [moment for moment in item.missed if datetime.fromisoformat(moment) > captured]
    if _stored(item) == before:
        return Kept.SAME
    item.fetched_at = captured
    item.full_clean(validate_unique=False, validate_constraints=False)
    item.save()
    tell_recording(item)
    return Kept.CHANGED if changed else Kept.SAME


def _knows_less(source: Source, item: Item, values: ItemValues) -> bool:
    """Whether a source only adds to an item of another one.

    That is so for a file, for what another platform says of the same talk, and for a feed while the API is asked too.
    """
    if platform_of(values.external_id) != platform_of(item.external_id):
        return True
    ours, theirs = adapter_for(source.kind), adapter_for(item.source.kind)
    return ours.rank < theirs.rank and (item.source.enabled or not ours.pulled)


def _fill_gaps(item: Item, values: ItemValues) -> Kept:
    """Take over only what is not known of an item yet."""
    empty = [name for name in (*GAPS, "title", "text") if not getattr(item, name) and getattr(values, name)]
    if not empty:
        return Kept.SAME
    for name in empty:
        setattr(item, name, getattr(values, name))
    item.save(update_fields=empty)
    tell_recording(item)
    return Kept.CHANGED


def _older(source: Source, item: Item, values: ItemValues, captured: datetime) -> bool:
    """Whether a capture is older than what is known of the item.

    A copy from a cache that does not tell its age shows in `updated`, which never goes back.
    """
    seen = known_until(source, item)
    if captured < seen <= _not_after():
        return True
    return bool(values.updated_at and item.updated_at and values.updated_at < item.updated_at)


def _not_after() -> datetime:
    return timezone.now() + CLOCK_SLACK


def _first_state(values: ItemValues) -> str:
    if values.reason in QUARANTINE:
        return ItemState.QUARANTINED
    return ItemState.IGNORED if values.reason == Reason.SHORT else ItemState.NEW


def _apply(item: Item, values: ItemValues) -> None:
    item.title, item.text, item.url, item.thumbnail_url = values.title, values.text, values.url, values.thumbnail_url
    item.file_url = values.file_url
    item.published_at, item.updated_at = values.published_at, values.updated_at
    item.duration_s, item.broadcast = values.duration_s, values.broadcast
    item.event_start, item.event_end = values.event_start, values.event_end
    item.kind_guess, item.reason = values.kind_guess, values.reason
    item.content_hash = content_hash(values)


def _stored(item: Item) -> tuple:
    names = ("title", "text", "url", "thumbnail_url", "published_at", "updated_at", "kind_guess", "reason", "state")
    names += ("file_url",)
    names += (*GAPS, "source_id")
    return (*(getattr(item, name) for name in names), item.content_hash, tuple(item.missed))
