"""HTML as a test reads it: elements and their words, whatever the layout of the template."""

import re

from bs4 import BeautifulSoup, Tag
from django.http import HttpResponseBase


def soup(page: HttpResponseBase | bytes | str) -> BeautifulSoup:
    """The elements of a response or of rendered HTML."""
    return BeautifulSoup(getattr(page, "content", page), "html.parser")


def text_of(element: Tag) -> str:
    """The words of an element, with one space between them."""
    return " ".join(element.get_text(" ").split())


def links(element: Tag) -> dict[str, str]:
    """The links within an element as {words: address}."""
    return {text_of(link): link["href"] for link in element.select("a[href]")}


INLINE = "a|abbr|b|br|button|cite|code|em|i|img|input|kbd|label|mark|q|select|small|span|strong|sub|sup|svg|time|u"


def compact(html: str) -> str:
    """All on one line; a space stays where a line ends between words or inline elements."""
    html = re.sub(r"\s*\n\s*", "\n", html.strip())
    html = re.sub(rf"(<(?!/)(?!(?:img|input|br)\b)[^<>]*>)\n|\n(?=</)|\n(?=</?(?!(?:{INLINE})\b)[a-z!])", r"\1", html)
    html = re.sub(rf"(</(?!(?:{INLINE})\b)[^<>]*>)\n", r"\1", html)
    html = re.sub(r"\s+(?=/?>)", "", html)
    return html.replace("\n", " ")
