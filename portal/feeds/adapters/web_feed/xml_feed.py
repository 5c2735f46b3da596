"""RSS and Atom of every age, read by feedparser from a document that was checked first (feeds.md 4.1).

feedparser never fetches and never gets more than a tree that is whole and harmless; of its answer only the plain
fields are used, and moments are read from what stood there.
"""

import io
from xml.etree.ElementTree import tostring

import feedparser
from django.utils.translation import gettext_lazy as _

from portal.feeds.adapters.web_feed.entries import Entry, Feed
from portal.feeds.contract import Unusable
from portal.feeds.document import read_document
from portal.feeds.moments import feed_moment
from portal.feeds.text import text_of_html

MAX_ENTRIES = 500


def read_xml_feed(body: bytes, content_type: str, url: str) -> tuple[Feed, bool]:
    """The feed in a body that came from an address, and whether it had to be mended. Raises Unusable."""
    document = read_document(body, content_type)
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": url}
    parsed = feedparser.parse(
        io.BytesIO(tostring(document.root, encoding="utf-8")),
        response_headers=headers,
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    if not parsed.get("version"):
        raise Unusable("not_a_feed", _("The source answered with something that is not a feed."))
    if len(parsed.entries) > MAX_ENTRIES:
        raise Unusable("too_many", _("The feed has more entries than a feed can have. Nothing of it was used."))
    return Feed(parsed.feed.get("link", ""), tuple(_entry(entry) for entry in parsed.entries)), document.salvaged


def _entry(entry) -> Entry:
    # Asked for by `in`: feedparser hands out the date of publication for one of change that is not there.
    published, strange = feed_moment(entry["published"] if "published" in entry else "")
    updated, strange_update = feed_moment(entry["updated"] if "updated" in entry else "")
    body = entry.get("content") or [entry.get("summary_detail") or {}]
    return Entry(
        guid=entry["id"].strip() if "id" in entry else "",
        link=entry.get("link", "").strip(),
        title=_text(entry.get("title_detail") or {}),
        text=_text(body[0]),
        published_at=published or (None if strange else updated),
        updated_at=updated,
        strange_date=strange or (strange_update and published is None),
    )


def _text(detail: dict) -> str:
    value = detail.get("value") or ""
    return value if detail.get("type") == "text/plain" else text_of_html(value)
