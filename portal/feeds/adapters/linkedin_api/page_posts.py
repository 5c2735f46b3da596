"""Reads all posts of a page with the product that the app at LinkedIn has, or fails (docs/feed-rules.md 2.2).

*Community Management* lists whole posts, a hundred at a time. *Pages Data Portability* lists up to a thousand numbers,
at most once a minute, and returns posts by their numbers.
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

from django.utils.translation import gettext_lazy as _

from portal.feeds.adapters.http_responses import value_at
from portal.feeds.adapters.linkedin_api.client import Client
from portal.feeds.errors import UnusableDocument
from portal.feeds.platforms.linkedin.post_ids import find_post

PAGE = 100
MAX_PAGES = 100
LISTED = 1000
BATCH = 50


def community_posts(client: Client, organization: str) -> tuple[list[dict], bool]:
    """Return all posts of the Posts API, and True: the list is complete. Raises UnusableDocument or FetchError."""
    posts: list[dict] = []
    for page in range(MAX_PAGES):
        query = urlencode({"author": organization, "q": "author", "count": PAGE, "start": page * PAGE})
        document = client.get("posts", query, finder=True)
        posts += _elements(client, document)
        if not _goes_on(document.get("paging"), (page + 1) * PAGE):
            return posts, True
    raise UnusableDocument("too_many", _("The list has no end. Nothing of it was used."))


def pages_posts(client: Client, organization: str) -> tuple[list[dict], bool]:
    """Return the posts of the Pages Data Portability API, and whether they are all.

    Raises UnusableDocument or FetchError.
    """
    query = urlencode({"author": organization, "q": "postsByAuthor", "maxPaginationCount": LISTED})
    document = client.get("dmaFeedContentsExternal", query)
    # Something that is no post, like a repost without text, has a URN of another type.
    urns = [urn for element in _elements(client, document) if find_post(urn := str(element.get("id")))]
    # "Metdata" is LinkedIn's own spelling.
    is_complete = not value_at(document, "metadata", "paginationCursorMetdata", "nextPaginationCursor")
    return list(_by_number(client, list(dict.fromkeys(urns)))), is_complete


POST_READERS = {"community": community_posts, "pages": pages_posts}


def _by_number(client: Client, urns: list[str]) -> Iterator[dict]:
    for start in range(0, len(urns), BATCH):
        batch = urns[start : start + BATCH]
        # Only the numbers are encoded; the brackets and commas are the syntax of the list.
        numbers = ",".join(quote(urn, safe="", errors="replace") for urn in batch)
        results = client.get("dmaPosts", f"ids=List({numbers})&viewContext=READER").get("results")
        if not isinstance(results, dict):
            raise client.bad_shape()
        for urn in batch:
            if isinstance(post := results.get(urn), dict):
                yield {"id": urn} | post


def _elements(client: Client, document: dict) -> list[dict]:
    found = document.get("elements")
    if not isinstance(found, list):
        raise client.bad_shape()
    return [element for element in found if isinstance(element, dict)]


def _goes_on(paging: Any, read: int) -> bool:
    """Return whether there is a next page. The number of posts does not tell: a page may have fewer than asked for."""
    if not isinstance(paging, dict):
        return False
    links, total = paging.get("links"), paging.get("total")
    if isinstance(links, list) and any(isinstance(link, dict) and link.get("rel") == "next" for link in links):
        return True
    return isinstance(total, int) and read < total
