"""JSON Feed, 1.0 and 1.1 (jsonfeed.org), which feedparser does not read."""

import json
import re

from django.utils.translation import gettext_lazy as _

from portal.feeds.adapters.base import Unusable
from portal.feeds.adapters.web_feed.entries import Entry, Feed
from portal.feeds.adapters.web_feed.media import File, Media, chosen
from portal.feeds.reading.dates import iso_moment
from portal.feeds.reading.entry_limit import newest
from portal.feeds.reading.text import text_of_html
from portal.feeds.reading.web_addresses import web_address

_HALVES = re.compile(r"[\ud800-\udfff]")


def read_json_feed(text: str, url: str) -> Feed:
    """The feed in a text that came from an address. Raises Unusable: a whole feed is read, or nothing of it."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Unusable("broken", _("The feed is cut off or damaged. Nothing of it was used.")) from error
    version = document.get("version") if isinstance(document, dict) else None
    if not isinstance(version, str) or "jsonfeed.org" not in version or not isinstance(document.get("items"), list):
        raise Unusable("json", _("The source answered with an error message in JSON, not a feed."))
    entries = [_entry(item, url) for item in document["items"] if isinstance(item, dict)]
    kept = newest(entries, lambda entry: entry.published_at or entry.updated_at)
    return Feed(_string(document, "home_page_url"), tuple(kept), len(entries) - len(kept))


def _entry(item: dict, url: str) -> Entry:
    published, strange = iso_moment(_string(item, "date_published"))
    updated, _strange_update = iso_moment(_string(item, "date_modified"))
    media = _media(item, url)
    link = _string(item, "url") or _string(item, "external_url")
    return Entry(
        guid=_id(item.get("id")),
        link=_address(link, url),
        former_links=(link,),
        title=_string(item, "title"),
        text=_string(item, "content_text") or text_of_html(_string(item, "content_html")) or _string(item, "summary"),
        published_at=published,
        updated_at=updated,
        strange_date=strange,
        media=media,
    )


def _id(value) -> str:
    """An id as the string that it is; a number as it is written (JSON Feed 1.1: a reader makes a string of it)."""
    return value.strip() if isinstance(value, str) else "" if value is None else json.dumps(value)


def _media(item: dict, url: str) -> Media:
    attachments = item.get("attachments")
    attachments = [one for one in attachments if isinstance(one, dict)] if isinstance(attachments, list) else []
    lengths = [
        round(seconds) if isinstance(seconds, int | float) and 0 < seconds < 10**7 else None
        for seconds in (one.get("duration_in_seconds") for one in attachments)
    ]
    files = [File(_string(one, "url"), _string(one, "mime_type").lower()) for one in attachments]
    pictures = [_string(item, "image"), _string(item, "banner_image")]
    return chosen(lengths, pictures, files, lambda written: _address(written, url))


def _address(written: str, url: str) -> str:
    """The address; one that is only a path is of the place that the feed came from."""
    return web_address(written, url if written.startswith(("/", "./", "../")) else "")


def _string(item: dict, name: str) -> str:
    """The words under a name, without the halves of letters that JSON can spell and nothing else can write."""
    value = item.get(name)
    return _HALVES.sub("", value).strip() if isinstance(value, str) else ""
