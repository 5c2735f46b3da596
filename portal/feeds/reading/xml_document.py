"""Parses bytes into an XML tree, if the document is whole and harmless (docs/feed-rules.md 4.1, 5.3.4).

Nothing in it is fetched, opened or expanded: a document type or an entity is refused before parsing. Harmless faults of
real feeds (an empty line before the declaration, a bare ampersand, control characters, a wrong encoding name) are
repaired, and `salvaged` says so.
"""

import html
import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.utils.translation import gettext_lazy as _

from portal.core.content import decoding
from portal.feeds.errors import UnusableDocument

MAX_MARKS = 400_000  # tags and entities; 2 MB with more than these are no feed
MAX_DEPTH = 200  # nested elements, because the tree is walked by recursion

_DECLARATION = re.compile(r"^<\?xml[^>]*\?>", re.IGNORECASE)
_DECLARED = re.compile(rb"""<\?xml[^>]*encoding=["']([A-Za-z0-9._-]+)""", re.IGNORECASE)
_CHARSET = re.compile(r"""charset=["']?([A-Za-z0-9._-]+)""", re.IGNORECASE)
_HTML = re.compile(r"<!doctype\s+html|<html\b", re.IGNORECASE)
_DTD = re.compile(r"<!(doctype|entity)\b", re.IGNORECASE)
# The document type of RSS 0.91 is accepted. It is not fetched, and nothing depends on it.
_RSS_091 = re.compile(
    r"""<!DOCTYPE\s+rss\s+PUBLIC\s+["']-//Netscape Communications//DTD RSS 0\.91//EN["'][^\[\]<>]*>"""
)
_CDATA = re.compile(r"(<!\[CDATA\[.*?\]\]>)", re.DOTALL)
_AMPERSAND = re.compile(r"&(?!#\d{1,7};|#x[0-9a-fA-F]{1,6};|(?:amp|lt|gt|quot|apos);)(?:([A-Za-z][A-Za-z0-9]*);)?")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

_DOCTYPE = _("The feed brings its own document type, which is refused: it could do harm.")


@dataclass(frozen=True)
class Document:
    """The tree of a feed, and whether it had to be repaired first."""

    root: Element
    salvaged: bool


def parse_document(body: bytes, content_type: str = "") -> Document:
    """Parse the body of a response. Raises UnusableDocument with a code that says why."""
    text = decoded(body, content_type)
    stripped = text.lstrip("\ufeff \t\r\n\x00")
    if not stripped.strip():
        raise UnusableDocument("empty", _("The source answered with nothing at all."))
    if _HTML.search(stripped[:2000]):
        raise UnusableDocument(
            "html", _("The source answered with a web page (a consent or login page, perhaps), not a feed.")
        )
    if stripped[0] in "{[":
        raise UnusableDocument("json", _("The source answered with an error message in JSON, not a feed."))
    if stripped[0] != "<":
        raise UnusableDocument("not_xml", _("The source answered with something that is not a feed."))
    stripped = _RSS_091.sub("", stripped, count=1)
    if _DTD.search(stripped[:4096]):
        raise UnusableDocument("doctype", _DOCTYPE)
    if stripped.count("<") + stripped.count("&") > MAX_MARKS:
        raise UnusableDocument("too_many", _("The feed has more tags than a feed can have. Nothing of it was used."))
    stripped = _DECLARATION.sub("", stripped, count=1)
    try:
        return Document(_parsed(stripped), salvaged=text[0] not in "<\ufeff")
    except ParseError:
        repaired = _repair(stripped)
    try:
        return Document(_parsed(repaired), salvaged=True)
    except ParseError as error:
        raise UnusableDocument("broken", _("The feed is cut off or damaged. Nothing of it was used.")) from error


def decoded(body: bytes, content_type: str = "") -> str:
    """Decode a body in the encoding that its header or XML declaration names. Raises UnusableDocument."""
    label = _CHARSET.search(content_type)
    written = _DECLARED.search(body[:300])
    try:
        return decoding.decode_text(body, label[1] if label else written[1].decode() if written else "")
    except decoding.UndecodableTextError as error:
        raise UnusableDocument("encoding", _("The text of the feed is damaged. Nothing of it was used.")) from error


def _parsed(text: str) -> Element:
    try:
        root = fromstring(text, forbid_dtd=True)
    except DefusedXmlException as error:
        raise UnusableDocument("doctype", _DOCTYPE) from error
    level = [root]
    for _depth in range(MAX_DEPTH):
        level = [child for element in level for child in element]
        if not level:
            return root
    raise UnusableDocument("too_deep", _("The feed has too many nested elements. Nothing of it was used."))


def _repair(text: str) -> str:
    """Remove control characters and escape bare ampersands, except in CDATA."""
    parts = _CDATA.split(_CONTROL.sub("", text))
    return "".join(part if part.startswith("<![CDATA[") else _AMPERSAND.sub(_entity, part) for part in parts)


def _entity(match: re.Match) -> str:
    character = html.unescape(match[0])
    return character if match[1] and character != match[0] else "&amp;" + match[0][1:]
