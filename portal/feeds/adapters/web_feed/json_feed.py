"""Parses JSON Feed 1.0 and 1.1 (jsonfeed.org), which feedparser does not read."""

import json
import re
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.feeds.adapters.web_feed.entry import Entry, Feed
from portal.feeds.adapters.web_feed.media import MAX_DURATION_S, File, Media, first_usable
from portal.feeds.errors import UnusableDocument
from portal.feeds.reading.dates import parse_iso_datetime
from portal.feeds.reading.entry_limit import newest_entries
from portal.feeds.reading.text import html_to_text
from portal.feeds.reading.web_addresses import web_address

_HALVES = re.compile(r"[\ud800-\udfff]")


def parse_json_feed(text: str, url: str) -> Feed:
    """Return the feed in a text that came from `url`. Raises UnusableDocument if it is not whole."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnusableDocument("broken", _("The feed is cut off or damaged. Nothing of it was used.")) from error
    version = document.get("version") if isinstance(document, dict) else None
    if not isinstance(version, str) or "jsonfeed.org" not in version or not isinstance(document.get("items"), list):
        raise UnusableDocument("json", _("The source answered with an error message in JSON, not a feed."))
    entries = [_entry(item, url) for item in document["items"] if isinstance(item, dict)]
    kept = newest_entries(entries, lambda entry: entry.published_at or entry.updated_at)
    return Feed(_string(document, "home_page_url"), tuple(kept), len(entries) - len(kept))


def _entry(item: dict, url: str) -> Entry:
    published, strange = parse_iso_datetime(_string(item, "date_published"))
    updated, _strange_update = parse_iso_datetime(_string(item, "date_modified"))
    media = _media(item, url)
    link = _string(item, "url") or _string(item, "external_url")
    return Entry(
        guid=_id(item.get("id")),
        link=_address(link, url),
        former_links=(link,),
        title=_string(item, "title"),
        text=_string(item, "content_text") or html_to_text(_string(item, "content_html")) or _string(item, "summary"),
        published_at=published,
        updated_at=updated,
        strange_date=strange,
        media=media,
    )


def _id(value: Any) -> str:
    """Return an id as a string; JSON Feed 1.1 asks to convert a number."""
    return value.strip() if isinstance(value, str) else "" if value is None else json.dumps(value)


def _media(item: dict, url: str) -> Media:
    attachments = item.get("attachments")
    attachments = [part for part in attachments if isinstance(part, dict)] if isinstance(attachments, list) else []
    lengths = [
        round(seconds) if isinstance(seconds, int | float) and 0 < seconds < MAX_DURATION_S else None
        for seconds in (attachment.get("duration_in_seconds") for attachment in attachments)
    ]
    files = [File(_string(part, "url"), _string(part, "mime_type").lower()) for part in attachments]
    pictures = [_string(item, "image"), _string(item, "banner_image")]
    return first_usable(lengths, pictures, files, lambda written: _address(written, url))


def _address(written: str, url: str) -> str:
    """Return the address that is written; a path is relative to the address of the feed."""
    return web_address(written, url if written.startswith(("/", "./", "../")) else "")


def _string(item: dict, name: str) -> str:
    """Return the text under a key, without lone surrogates, which JSON can spell and nothing can encode."""
    value = item.get(name)
    return _HALVES.sub("", value).strip() if isinstance(value, str) else ""
