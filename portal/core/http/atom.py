"""Atom feeds (RFC 4287), written in one place: whoever has a feed gives its entries.

The page cache answers a reader who has the feed already by its `ETag` (portal/core/page_cache/middleware.py).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils import feedgenerator
from django.utils.cache import set_response_etag

from portal.core.content.characters import printable
from portal.core.content.records import text_in
from portal.core.content.site_details import site_words

CONTENT_TYPE = "application/atom+xml; charset=utf-8"
# A feed must say when it changed, also one that has nothing yet, and always the same.
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Entry:
    """A page or record in a feed. `language` is that of its title, `path` its address, `summary` is HTML."""

    kind: str
    key: str
    title: str
    path: str
    language: str
    changed: datetime | None
    summary: str = ""
    published: datetime | None = None
    categories: tuple[str, ...] = ()


class _Feed(feedgenerator.Atom1Feed):
    """An Atom feed whose entries say which language they are in."""

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        return {"xml:lang": item["language"]}

    def latest_post_date(self) -> datetime:
        return max((item["updateddate"] for item in self.items), default=NEVER)


def atom_response(
    entries: Iterable[Entry], *, title: str, page_path: str, feed_path: str, language: str, subtitle: str = ""
) -> HttpResponse:
    """Return a feed, what changed last first; `page_path` is that of the page that shows the same.

    An entry has its permanent address as its id, so that a reader knows it again when its page moves. Characters that
    XML cannot hold are replaced, wherever a text came from.
    """
    base, words = settings.WAGTAILADMIN_BASE_URL, site_words()
    feed = _Feed(
        title=printable(title),
        link=base + page_path,
        description=None,
        subtitle=printable(subtitle) or None,
        language=language,
        author_name=printable(text_in(words, "publisher", language)[0] or words.name),
        feed_url=base + feed_path,
        feed_guid=base + feed_path,
    )
    for entry in sorted(entries, key=lambda entry: entry.changed or NEVER, reverse=True):
        feed.add_item(
            title=printable(entry.title),
            link=base + entry.path,
            description=printable(entry.summary),
            unique_id=base + reverse("permanent_identifier", args=[entry.kind, entry.key]),
            pubdate=entry.published,
            updateddate=entry.changed or NEVER,
            categories=[printable(category) for category in entry.categories],
            language=entry.language,
        )
    response = HttpResponse(feed.writeString("utf-8"), content_type=CONTENT_TYPE)
    response.headers["Content-Language"] = language
    set_response_etag(response)
    return response
