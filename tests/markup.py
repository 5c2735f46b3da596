"""HTML as a test reads it: elements and their words, whatever the layout of the template."""

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
