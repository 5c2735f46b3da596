"""When a thing was last published, in whatever language: what a feed is ordered by."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from itertools import islice

from portal.core import searchable
from portal.core.searchable import SearchableKind, SearchDocument

AT_ONCE = 200


def last_published(kind: SearchableKind, keys: Iterable[str]) -> dict[str, datetime]:
    """When each of the public things with these keys was last published (UTC), by key. One query."""
    rows = kind.model.objects.filter(live=True, key__in=list(keys)).values_list("key", "last_published_at")
    found: dict[str, datetime] = {}
    for key, moment in rows:
        if moment:
            found[key] = max(moment, found.get(key, moment))
    return found


def public_documents(kind: SearchableKind, keys: Iterable[str] | None = None) -> Iterator[SearchDocument]:
    """What a room offers of a kind, all of it or these keys, each with when it was last published."""
    documents = iter(kind.documents(keys))
    while some := list(islice(documents, AT_ONCE)):
        published = last_published(kind, [document.key for document in some])
        yield from (replace(document, published=published.get(document.key)) for document in some)


def all_public_documents() -> Iterator[SearchDocument]:
    """Everything that can be found."""
    for kind in searchable.kinds().values():
        yield from public_documents(kind)
