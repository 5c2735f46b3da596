"""When things were last published, in whatever language: what a feed is ordered by."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from itertools import islice

from portal.core import searchable
from portal.core.searchable import SearchableKind, SearchDocument

BATCH = 200


def last_published(kind: SearchableKind, keys: Iterable[str]) -> dict[str, datetime]:
    """Return when each of the public things with these keys was last published (UTC), by key. One query."""
    rows = kind.model._default_manager.filter(live=True, key__in=list(keys)).values_list("key", "last_published_at")
    latest: dict[str, datetime] = {}
    for key, published in rows:
        if published:
            latest[key] = max(published, latest.get(key, published))
    return latest


def public_documents(kind: SearchableKind, keys: Iterable[str] | None = None) -> Iterator[SearchDocument]:
    """Yield the documents of a kind, all of them or those of some keys, each with when it was last published."""
    documents = iter(kind.documents(keys))
    while batch := list(islice(documents, BATCH)):
        published = last_published(kind, [document.key for document in batch])
        yield from (replace(document, published=published.get(document.key)) for document in batch)


def all_public_documents() -> Iterator[SearchDocument]:
    """Yield every document that can be found."""
    for kind in searchable.searchable_kinds().values():
        yield from public_documents(kind)
