"""What a visitor can do next when a question finds nothing."""

from dataclasses import dataclass, replace

from portal.core.content.records import text_in
from portal.core.publishing.visibility import visible_records
from portal.core.routing import address_ledger
from portal.core.searchable import SearchRequest, SearchResult, search
from portal.organisations.models import Contact

MOST_CONTACTS = 3
ABOUT_PAGE = "over"  # the key of the page about the department, in the starter content


@dataclass(frozen=True)
class ContactLink:
    """A role that may be asked, and its address or form; `language` is that of the role's name."""

    role: str
    language: str
    address: str


def count_without_filters(request: SearchRequest) -> int:
    """Return how many hits there are when nothing narrows the question; 0 when nothing does."""
    if not (request.filters or request.kinds):
        return 0
    return search(replace(request, filters={}, kinds=(), page=1, per_page=1, facets=(), cues_per_hit=0)).total


def all_documents(language: str) -> SearchResult:
    """Return the answer to no question at all, whose facets tell which topics have the most documents."""
    return search(SearchRequest(language=language, per_page=1, facets=("topic",), cues_per_hit=0))


def contact_links(language: str) -> list[ContactLink]:
    """Return the first contacts that have an address or a form. One query."""
    links = []
    for contact in visible_records(Contact):
        address = contact.url or (f"mailto:{contact.email}" if contact.email else "")
        if address:
            role, role_language = text_in(contact, "role", language)
            links.append(ContactLink(role, role_language, address))
    return links[:MOST_CONTACTS]


def about_url(language: str) -> str:
    """Return the address of the page about the department; "" when there is none."""
    return address_ledger.current_url("page", ABOUT_PAGE, language) or ""
