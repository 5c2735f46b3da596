"""Finds the stored items that the values of a source are about: by identity, alias or former identity."""

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta

from portal.feeds.item_values import ItemValues
from portal.feeds.models import Item, ItemAlias, Source
from portal.feeds.reading.item_ids import RUN_PREFIX

TWIN_WITHIN = timedelta(seconds=5)


def find_known_items(source: Source, items: list[ItemValues]) -> dict[str, Item]:
    """Return the stored items that have an id of these values, by that id.

    LinkedIn gives a post several numbers. Two posts of one source with the same words, made within seconds of each
    other, are one post (docs/feed-rules.md 2.1).
    """
    known = _items_by_identity(name for values in items for name in (values.external_id, *values.aliases))
    known |= _renamed_items(
        [values for values in items if values.external_id not in known], list(known.values()), items
    )
    for values in items:
        item = next((known[name] for name in (values.external_id, *values.aliases) if name in known), None)
        if item is None and values.external_id.startswith("li:") and values.published_at and values.text:
            near = (values.published_at - TWIN_WITHIN, values.published_at + TWIN_WITHIN)
            twins = Item.objects.filter(source=source, external_id__startswith="li:", published_at__range=near)
            item = next((twin for twin in twins if twin.text.split() == values.text.split()), None)
        if item is not None:
            known[values.external_id] = item
    return known


def _items_by_identity(names: Iterable[str]) -> dict[str, Item]:
    """Return the items that have one of these ids, by that id."""
    names = list(names)
    known = Item.objects.select_related("source").in_bulk(names, field_name="external_id")
    for alias in ItemAlias.objects.filter(external_id__in=names).select_related("item__source"):
        known.setdefault(alias.external_id, alias.item)
    return known


def _renamed_items(unknown: list[ItemValues], taken: list[Item], items: list[ItemValues]) -> dict[str, Item]:
    """Return the items stored under a former id of these values, by the id that they have now.

    Each item is given to one of the values: to one with the same title, else to the only one with the same address.
    """
    candidates_by_id = _items_by_identity({name for values in unknown for name in values.former_ids})
    addresses = Counter(values.url for values in items)
    free = {item.pk for item in candidates_by_id.values()} - {item.pk for item in taken}
    renamed: dict[str, Item] = {}

    def same_title(item: Item, values: ItemValues) -> bool:
        return bool(values.title) and item.title == values.title

    def same_address(item: Item, values: ItemValues) -> bool:
        return (
            bool(values.url) and addresses[values.url] == 1 and _without_scheme(item.url) == _without_scheme(values.url)
        )

    for same in (same_title, same_address):
        for values in unknown:
            candidates = (candidates_by_id[name] for name in values.former_ids if name in candidates_by_id)
            item = next((item for item in candidates if item.pk in free and same(item, values)), None)
            if item is not None and values.external_id not in renamed:
                renamed[values.external_id] = item
                free.discard(item.pk)
    return renamed


def _without_scheme(address: str) -> str:
    """Return an address without its scheme: a site that moves to https is the same site."""
    return address.partition("://")[2]


def store_aliases(item: Item, values: ItemValues) -> None:
    """Store the ids of these values as further ids of the item, unless they are taken."""
    run_ids = (name for name in values.former_ids if name.startswith(RUN_PREFIX))
    for name in {values.external_id, *values.aliases, *run_ids} - {item.external_id}:
        if not Item.objects.filter(external_id=name).exists():
            ItemAlias.objects.get_or_create(external_id=name, defaults={"item": item})
