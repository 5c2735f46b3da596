"""The results of a search as an Atom feed, which tells a reader what is new in them."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from portal.core.http.atom import Entry
from portal.core.searchable import LAST_PUBLISHED, Hit, SearchRequest, searchable_kinds
from portal.ui import labels
from search.indexing.last_published import last_published
from search.results.highlight import plain_text

MOST_ENTRIES = 100


def request_for_feed(request: SearchRequest) -> SearchRequest:
    """Return the question as a feed asks it: what was published last, without what only a page shows."""
    return replace(request, ordering=LAST_PUBLISHED, page=1, per_page=MOST_ENTRIES, facets=(), cues_per_hit=0)


def entries_of(hits: Iterable[Hit]) -> Iterator[Entry]:
    """Yield hits as entries of a feed, each with its last publication."""
    hits = list(hits)
    published = _published(hits)
    for hit in hits:
        yield Entry(
            kind=hit.kind,
            key=hit.key,
            title=plain_text(hit.title_html),
            path=hit.url,
            language=hit.language,
            changed=published.get(hit.id),
            summary=hit.extract_html,
            categories=(str(labels.KINDS.get(hit.kind, hit.kind)),),
        )


def _published(hits: Iterable[Hit]) -> dict[str, datetime]:
    """Return when each of these things was last published, by id. One query for each kind."""
    keys: dict[str, list[str]] = {}
    for hit in hits:
        keys.setdefault(hit.kind, []).append(hit.key)
    return {
        f"{kind}:{key}": published
        for kind, registered in searchable_kinds().items()
        if kind in keys
        for key, published in last_published(registered, keys[kind]).items()
    }
