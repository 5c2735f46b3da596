"""What to do next when a question finds nothing."""

from dataclasses import dataclass, replace
from itertools import islice

from portal.core.routing import address_ledger
from portal.core.searchable import SearchRequest, search
from portal.organisations.contacts import reachable_contacts

MOST_CONTACTS = 3
ABOUT = "over"  # the page about the department, in the starter content


@dataclass(frozen=True)
class Person:
    """A role that may be asked, and the address or form for that."""

    role: str
    language: str
    address: str


def without_filters(asked: SearchRequest) -> int:
    """How many answers there are when nothing narrows the question."""
    if not (asked.filters or asked.kinds):
        return 0
    return search(replace(asked, filters={}, kinds=(), page=1, per_page=1, facets=(), moments=0)).total


def everything(asked: SearchRequest):
    """The answer to no question at all, whose facets tell the topics with the most things."""
    return search(SearchRequest(language=asked.language, per_page=1, facets=("topic",), moments=0))


def people(language: str) -> list[Person]:
    """Whom to ask: contacts with an address or a form. One query."""
    contacts = islice(reachable_contacts(language), MOST_CONTACTS)
    return [Person(contact.title, contact.language, contact.url) for contact in contacts]


def about_url(language: str) -> str:
    """The page that says who the department is; "" when there is none."""
    return address_ledger.current_url("page", ABOUT, language) or ""
