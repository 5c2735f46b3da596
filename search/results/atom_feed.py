"""The results of a search as an Atom feed, which tells a reader what is new in them."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.utils import feedgenerator, timezone

from portal.core.content.characters import printable
from portal.core.searchable import LAST_PUBLISHED, Hit, SearchRequest, searchable_kinds
from portal.ui import labels
from search.indexing.last_published import last_published
from search.results.highlight import plain_text

MOST_ENTRIES = 100


def request_for_feed(request: SearchRequest) -> SearchRequest:
    """Return the question as a feed asks it: what was published last, without what only a page shows."""
    return replace(request, ordering=LAST_PUBLISHED, page=1, per_page=MOST_ENTRIES, facets=(), cues_per_hit=0)


class _Feed(feedgenerator.Atom1Feed):
    """An Atom feed whose entries say which language they are in."""

    def item_attributes(self, item):
        return {"xml:lang": item["language"]}


def atom_of(hits: Iterable[Hit], *, title: str, page_path: str, feed_path: str, language: str) -> str:
    """Return hits as an Atom feed (RFC 4287), newest publication first; `page_path` is that of the results page."""
    hits = list(hits)
    published = _published(hits)
    feed_url = settings.WAGTAILADMIN_BASE_URL + feed_path
    feed = _Feed(
        title=printable(title),
        link=settings.WAGTAILADMIN_BASE_URL + page_path,
        description=None,
        language=language,
        feed_url=feed_url,
        feed_guid=feed_url,
    )
    never = datetime(1970, 1, 1, tzinfo=timezone.get_default_timezone())
    for hit in sorted(hits, key=lambda hit: published.get(hit.id, never), reverse=True):
        feed.add_item(
            title=printable(plain_text(hit.title_html)),
            link=settings.WAGTAILADMIN_BASE_URL + hit.url,
            description=printable(hit.extract_html),
            unique_id=f"{settings.WAGTAILADMIN_BASE_URL}/id/{hit.kind}/{hit.key}",
            updateddate=published.get(hit.id, never),
            categories=[str(labels.KINDS.get(hit.kind, hit.kind))],
            language=hit.language,
        )
    return feed.writeString("utf-8")


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
