"""Addresses that differ from the present one in their query string only. Nothing else of it is lost."""

from collections.abc import Mapping
from urllib.parse import urlencode

from django.http import QueryDict

PAGE = "page"


def query_with(query: QueryDict, changes: Mapping[str, object]) -> str:
    """The query string with some parameters set (None or "" takes one out, a list sets several): "?q=a&page=2".

    A change of anything but the page starts at the first page again.
    """
    changed = query.copy()
    if PAGE not in changes:
        changed.pop(PAGE, None)
    for name, value in changes.items():
        changed.pop(name, None)
        values = value if isinstance(value, list | tuple) else [value]
        if values := [str(one) for one in values if one not in (None, "")]:
            changed.setlist(name, values)
    return "?" + changed.urlencode()


def query_without(query: QueryDict, name: str, value: str) -> str:
    """The query string without one value of a parameter that may have several; at the first page again."""
    return query_with(query, {name: [one for one in query.getlist(name) if one != str(value)]})


def moment(url: str, seconds: float) -> str:
    """The address of a moment in a recording; works without a script (docs/design.md section 6)."""
    second = int(seconds)
    return f"{url}{'&' if '?' in url else '?'}t={second}#t-{second}"


def in_transcript(url: str, language: str) -> str:
    """The address of a recording with its transcript in a language; without a language the address itself."""
    return f"{url}?transcript={language}" if language else url


def in_search(url: str, query: str) -> str:
    """The address of a recording with the words that somebody looks for in its transcript."""
    return f"{url}{'&' if '?' in url else '?'}{urlencode({'q': query})}" if query else url
