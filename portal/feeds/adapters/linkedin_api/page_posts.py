"""All posts of a page, by the product that the app at LinkedIn has (feeds.md 2.2); half an answer is none.

*Community Management* lists whole posts, a hundred at a time. *Pages Data Portability* lists up to a thousand numbers,
once a minute at most, and gives the posts by their numbers.
"""

from collections.abc import Iterator
from urllib.parse import quote, urlencode

from django.utils.translation import gettext_lazy as _

from portal.feeds.adapters.base import Unusable
from portal.feeds.adapters.http_responses import at_path
from portal.feeds.adapters.linkedin_api.client import Client
from portal.feeds.platforms.linkedin.post_ids import post_in

PAGE = 100
MAX_PAGES = 100
LISTED = 1000
BATCH = 50


def community_posts(client: Client, organization: str) -> tuple[list[dict], bool]:
    """The posts that the Posts API gives, and that they are all there are. Raises Unusable or FetchError."""
    posts: list[dict] = []
    for page in range(MAX_PAGES):
        query = urlencode({"author": organization, "q": "author", "count": PAGE, "start": page * PAGE})
        document = client.get("posts", query, finder=True)
        posts += _elements(client, document)
        if not _goes_on(document.get("paging"), (page + 1) * PAGE):
            return posts, True
    raise Unusable("too_many", _("The list has no end. Nothing of it was used."))


def pages_posts(client: Client, organization: str) -> tuple[list[dict], bool]:
    """The posts that the Pages Data Portability API gives, and whether they are all. Raises Unusable or FetchError."""
    query = urlencode({"author": organization, "q": "postsByAuthor", "maxPaginationCount": LISTED})
    document = client.get("dmaFeedContentsExternal", query)
    # What is no post (somebody's bare repost) has another kind of number.
    urns = [urn for element in _elements(client, document) if post_in(urn := str(element.get("id")))]
    # LinkedIn's own spelling.
    whole = not at_path(document, "metadata", "paginationCursorMetdata", "nextPaginationCursor")
    return list(_by_number(client, list(dict.fromkeys(urns)))), whole


READERS = {"community": community_posts, "pages": pages_posts}


def _by_number(client: Client, urns: list[str]) -> Iterator[dict]:
    for start in range(0, len(urns), BATCH):
        batch = urns[start : start + BATCH]
        # Only the numbers are encoded: the brackets and commas are the list's own.
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


def _goes_on(paging, read: int) -> bool:
    """Whether there is a next page: a page may hold fewer posts than were asked for, so that tells nothing."""
    if not isinstance(paging, dict):
        return False
    links, total = paging.get("links"), paging.get("total")
    if isinstance(links, list) and any(isinstance(link, dict) and link.get("rel") == "next" for link in links):
        return True
    return isinstance(total, int) and read < total
