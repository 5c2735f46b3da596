"""JSON Feed, 1.0 and 1.1 (jsonfeed.org), which feedparser does not read."""

import json

from django.utils.translation import gettext_lazy as _

from portal.feeds.adapters.web_feed.entries import Entry, Feed
from portal.feeds.contract import Unusable
from portal.feeds.moments import iso_moment
from portal.feeds.text import text_of_html

MAX_ENTRIES = 500


def read_json_feed(text: str) -> Feed:
    """The feed in a text. Raises Unusable: a whole feed is read, or nothing of it."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Unusable("broken", _("The feed is cut off or damaged. Nothing of it was used.")) from error
    version = document.get("version") if isinstance(document, dict) else None
    if not isinstance(version, str) or "jsonfeed.org" not in version or not isinstance(document.get("items"), list):
        raise Unusable("json", _("The source answered with an error message in JSON, not a feed."))
    items = [item for item in document["items"] if isinstance(item, dict)]
    if len(items) > MAX_ENTRIES:
        raise Unusable("too_many", _("The feed has more entries than a feed can have. Nothing of it was used."))
    return Feed(_string(document, "home_page_url"), tuple(_entry(item) for item in items))


def _entry(item: dict) -> Entry:
    published, strange = iso_moment(_string(item, "date_published"))
    updated, _strange_update = iso_moment(_string(item, "date_modified"))
    number = item.get("id")
    return Entry(
        guid=str(number) if isinstance(number, int) else _string(item, "id"),
        link=_string(item, "url") or _string(item, "external_url"),
        title=_string(item, "title"),
        text=_string(item, "content_text") or text_of_html(_string(item, "content_html")) or _string(item, "summary"),
        published_at=published,
        updated_at=updated,
        strange_date=strange,
    )


def _string(item: dict, name: str) -> str:
    value = item.get(name)
    return value.strip() if isinstance(value, str) else ""
