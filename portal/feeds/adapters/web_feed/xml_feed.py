"""Parses RSS and Atom of every version with feedparser, from a document that was checked first.

The rules: docs/feed-rules.md 4.1.

feedparser fetches nothing and gets a tree that is whole and harmless; only the plain texts of its result are used. It
resolves ids as addresses and mixes groups of files, so ids, links and files are read from the tree itself.
"""

import io
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

import feedparser
from django.utils.translation import gettext_lazy as _

from portal.feeds.adapters.web_feed.entries import resolve
from portal.feeds.adapters.web_feed.entry import Entry, Feed
from portal.feeds.adapters.web_feed.media import read_media
from portal.feeds.errors import UnusableDocument
from portal.feeds.reading.dates import parse_feed_datetime
from portal.feeds.reading.entry_limit import newest_entries
from portal.feeds.reading.text import html_to_text
from portal.feeds.reading.web_addresses import web_address
from portal.feeds.reading.xml_document import parse_document

MAX_ELEMENTS = 100_000  # in the entries that are read; fifteen entries have about six hundred

# The namespaces of RSS 0.90 are replaced by that of RSS 1.0, which feedparser knows.
_RSS_090 = ("{http://my.netscape.com/rdf/simple/0.9/}", "{http://channel.netscape.com/rdf/simple/0.9/}")
_RSS_10 = "{http://purl.org/rss/1.0/}"
_RDF_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_DATES = ("pubDate", "published", "issued", "date", "updated", "modified", "created")
# Added to each element so that an entry of feedparser can be matched with it, as `schakel_number`.
_NUMBER = "{urn:schakel}number"
register_namespace("schakel", "urn:schakel")


def parse_xml_feed(body: bytes, content_type: str, url: str, asked: str) -> tuple[Feed, bool]:
    """Return the feed in a body, and whether it had to be repaired. Raises UnusableDocument.

    `asked` is the address of the source, `url` the one that answered after redirects.
    """
    document = parse_document(body, content_type)
    root = document.root
    for element in root.iter():
        for space in _RSS_090:
            element.tag = element.tag.replace(space, _RSS_10)
    parents = {child: parent for parent in root.iter() for child in parent}
    entries = [element for element in root.iter() if element in parents and _local(element) in ("item", "entry")]
    read = newest_entries(entries, _date)
    for element in set(entries) - set(read):
        parents[element].remove(element)
    if sum(1 for _element in root.iter()) > MAX_ELEMENTS:
        raise UnusableDocument("too_many", _("The feed has more tags than a feed can have. Nothing of it was used."))
    for number, element in enumerate(read):
        SubElement(element, _NUMBER).text = str(number)
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": url}
    parsed = feedparser.parse(
        io.BytesIO(tostring(root, encoding="utf-8")),
        response_headers=headers,
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    if not parsed.get("version"):
        raise UnusableDocument("not_a_feed", _("The source answered with something that is not a feed."))
    found = tuple(
        _entry(entry, read[int(number)], parents, url, asked)
        for entry in parsed.entries
        if (number := entry.get("schakel_number"))
    )
    return Feed(parsed.feed.get("link", ""), found, len(entries) - len(read)), document.salvaged


def _entry(entry: Any, element: Element, parents: dict[Element, Element], url: str, asked: str) -> Entry:
    # With `in`, because feedparser returns the date of publication for a missing date of change.
    published, strange = parse_feed_datetime(entry["published"] if "published" in entry else "")
    updated, strange_update = parse_feed_datetime(entry["updated"] if "updated" in entry else "")
    body = entry.get("content") or [entry.get("summary_detail") or {}]
    guid = _guid(element)

    def usable(written: str, written_in: Element = element) -> str:
        return _address(written, written_in, parents, url)

    return Entry(
        guid=guid,
        link=_link(element, usable),
        title=_text(entry.get("title_detail") or {}),
        text=_text(body[0]),
        published_at=published or (None if strange else updated),
        updated_at=updated,
        strange_date=strange or (strange_update and published is None),
        media=read_media(element, usable),
        former_guids=(entry["id"].strip() if "id" in entry else "", resolve(asked, guid)),
        former_links=(entry.get("link", "").strip(),),
    )


def _text(detail: dict) -> str:
    value = detail.get("value") or ""
    return value if detail.get("type") == "text/plain" else html_to_text(value)


def _guid(element: Element) -> str:
    """Return the id of an entry as it is written (docs/feed-rules.md 5.6.1)."""
    ids = (child.text or "" for child in _own_children(element) if _local(child) in ("guid", "id"))
    return next((text.strip() for text in ids if text.strip()), element.get(_RDF_ABOUT, "").strip())


def _link(element: Element, usable: Callable[..., str]) -> str:
    """Return the address of the page of an entry; its guid only where RSS says that it is an address."""
    for child in element:
        if _local(child) != "link":
            continue
        written = child.get("href") or child.text or ""
        if child.get("rel", "alternate") == "alternate" and (address := usable(written, child)):
            return address
    for child in _own_children(element):
        if _local(child) == "guid" and child.get("isPermaLink", "true").strip().lower() == "true":
            return web_address(child.text or "")
    return ""


def _address(written: str, element: Element, parents: dict[Element, Element], url: str) -> str:
    """Return the address that is written in an element, "" if it is none.

    It may be relative in Atom, under an xml:base, or if it is a path. A single word is no address.
    """
    written = written.strip()
    bases: list[str] = []
    ancestor: Element | None = element
    while ancestor is not None:
        if base := ancestor.get(_XML_BASE):
            bases.append(base)
        ancestor = parents.get(ancestor)
    may_be_relative = bases or "/atom" in element.tag.lower() or written.startswith(("/", "./", "../", "?"))
    if not may_be_relative:
        return web_address(written)
    for base in reversed(bases):
        url = resolve(url, base)
    return web_address(written, url) if written else ""


def _own_children(element: Element) -> Iterator[Element]:
    """Yield the children of an entry in its own namespace, not those of an extension with the same names."""
    space = element.tag.rpartition("}")[0]
    return (child for child in element if child.tag.rpartition("}")[0] == space)


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _date(element: Element) -> datetime | None:
    """Return the date of an entry, to find the newest entries."""
    dates = {_local(child): child.text or "" for child in element}
    return next((date for name in _DATES if (date := parse_feed_datetime(dates.get(name, ""))[0])), None)
