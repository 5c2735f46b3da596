"""What a visitor can do next when a question finds nothing."""

from dataclasses import replace
from itertools import islice

from portal.core.routing import address_ledger
from portal.core.searchable import SearchRequest, SearchResult, search
from portal.organisations.contacts import ContactLink, reachable_contacts
from search.results.empty_topics import empty_topics

MOST_CONTACTS = 3
ABOUT_PAGE = "over"  # the key of the page about the department, in the starter content


def count_without_filters(request: SearchRequest) -> int:
    """Return how many hits there are when nothing narrows the question; 0 when nothing does."""
    if not (request.filters or request.kinds):
        return 0
    return search(replace(request, filters={}, kinds=(), page=1, per_page=1, facets=(), cues_per_hit=0)).total


def all_documents(language: str) -> SearchResult:
    """Return the answer to no question at all, whose facets tell which topics have the most documents."""
    without = empty_topics()
    return search(SearchRequest(language=language, per_page=1, facets=("topic",), cues_per_hit=0, without=without))


def contacts(language: str) -> list[ContactLink]:
    """Return the first contacts that have an address or a form. One query."""
    return list(islice(reachable_contacts(language), MOST_CONTACTS))


def about_url(language: str) -> str:
    """Return the address of the page about the department; "" when there is none."""
    return address_ledger.current_url("page", ABOUT_PAGE, language) or ""
