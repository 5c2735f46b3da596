"""RSS and Atom of every age, read by feedparser from a document that was checked first (feeds.md 4.1).

feedparser never fetches and never gets more than a tree that is whole and harmless; of its answer only the plain texts
are used. It takes ids and links for addresses and mixes groups of files, so those are read from the tree itself.
"""

import io
from collections.abc import Iterator
from datetime import datetime
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

import feedparser
from django.utils.translation import gettext_lazy as _

from portal.feeds.adapters.base import Unusable
from portal.feeds.adapters.web_feed.entries import Entry, Feed, resolved
from portal.feeds.adapters.web_feed.media import media_of
from portal.feeds.reading.dates import feed_moment
from portal.feeds.reading.entry_limit import newest
from portal.feeds.reading.text import text_of_html
from portal.feeds.reading.web_addresses import web_address
from portal.feeds.reading.xml_document import read_document

MAX_ELEMENTS = 100_000  # in the entries that are read; fifteen entries have about six hundred

# RSS 0.90 had a namespace of its own; with that of RSS 1.0 it is read as what it is.
_RSS_090 = ("{http://my.netscape.com/rdf/simple/0.9/}", "{http://channel.netscape.com/rdf/simple/0.9/}")
_RSS_10 = "{http://purl.org/rss/1.0/}"
_RDF_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_DATES = ("pubDate", "published", "issued", "date", "updated", "modified", "created")
# Tells which element an entry of feedparser is; feedparser calls it by prefix and name.
_NUMBER = "{urn:schakel}number"
register_namespace("schakel", "urn:schakel")


def read_xml_feed(body: bytes, content_type: str, url: str, asked: str) -> tuple[Feed, bool]:
    """The feed in a body that came from an address, and whether it had to be mended. Raises Unusable.

    `asked` is the address of the source; `url` differs from it after a redirect.
    """
    document = read_document(body, content_type)
    root = document.root
    for element in root.iter():
        for space in _RSS_090:
            element.tag = element.tag.replace(space, _RSS_10)
    parents = {child: parent for parent in root.iter() for child in parent}
    entries = [element for element in root.iter() if element in parents and _local(element) in ("item", "entry")]
    read = newest(entries, _moment)
    for element in set(entries) - set(read):
        parents[element].remove(element)
    if sum(1 for _element in root.iter()) > MAX_ELEMENTS:
        raise Unusable("too_many", _("The feed has more tags than a feed can have. Nothing of it was used."))
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
        raise Unusable("not_a_feed", _("The source answered with something that is not a feed."))
    found = tuple(
        _entry(entry, read[int(number)], parents, url, asked)
        for entry in parsed.entries
        if (number := entry.get("schakel_number"))
    )
    return Feed(parsed.feed.get("link", ""), found, len(entries) - len(read)), document.salvaged


def _entry(entry, element: Element, parents: dict[Element, Element], url: str, asked: str) -> Entry:
    # Asked for by `in`: feedparser hands out the date of publication for one of change that is not there.
    published, strange = feed_moment(entry["published"] if "published" in entry else "")
    updated, strange_update = feed_moment(entry["updated"] if "updated" in entry else "")
    body = entry.get("content") or [entry.get("summary_detail") or {}]
    guid = _guid(element)

    def usable(written: str, of: Element = element) -> str:
        return _address(written, of, parents, url)

    return Entry(
        guid=guid,
        link=_link(element, usable),
        title=_text(entry.get("title_detail") or {}),
        text=_text(body[0]),
        published_at=published or (None if strange else updated),
        updated_at=updated,
        strange_date=strange or (strange_update and published is None),
        media=media_of(element, usable),
        former_guids=(entry["id"].strip() if "id" in entry else "", resolved(asked, guid)),
        former_links=(entry.get("link", "").strip(),),
    )


def _text(detail: dict) -> str:
    value = detail.get("value") or ""
    return value if detail.get("type") == "text/plain" else text_of_html(value)


def _guid(element: Element) -> str:
    """The id of an entry, as the string that stands there (feeds.md 5.6.1)."""
    ids = (child.text or "" for child in _own(element) if _local(child) in ("guid", "id"))
    return next((text.strip() for text in ids if text.strip()), element.get(_RDF_ABOUT, "").strip())


def _link(element: Element, usable) -> str:
    """The address of the page of an entry; its id only where RSS says that it is one."""
    for child in element:
        if _local(child) != "link":
            continue
        written = child.get("href") or child.text or ""
        if child.get("rel", "alternate") == "alternate" and (address := usable(written, child)):
            return address
    for child in _own(element):
        if _local(child) == "guid" and child.get("isPermaLink", "true").strip().lower() == "true":
            return web_address(child.text or "")
    return ""


def _address(written: str, element: Element, parents: dict[Element, Element], url: str) -> str:
    """The address that is written in an element, "" when it is none.

    What is relative counts where that is meant: in Atom, under an xml:base, or as a path. A bare word is no address.
    """
    written = written.strip()
    bases, at = [], element
    while at is not None:
        if base := at.get(_XML_BASE):
            bases.append(base)
        at = parents.get(at)
    is_meant = bases or "/atom" in element.tag.lower() or written.startswith(("/", "./", "../", "?"))
    if not is_meant:
        return web_address(written)
    for base in reversed(bases):
        url = resolved(url, base)
    return web_address(written, url) if written else ""


def _own(element: Element) -> Iterator[Element]:
    """The children of an entry in its own vocabulary, not those of an extension that uses the same names."""
    space = element.tag.rpartition("}")[0]
    return (child for child in element if child.tag.rpartition("}")[0] == space)


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _moment(element: Element) -> datetime | None:
    """The date of an entry, to know which are the newest."""
    dates = {_local(child): child.text or "" for child in element}
    return next((moment for name in _DATES if (moment := feed_moment(dates.get(name, ""))[0])), None)
