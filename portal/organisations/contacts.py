"""Whom to ask: a role in an organisation with the ways that were given to reach it."""

from collections.abc import Iterator
from dataclasses import dataclass

from portal.core.publishing.visibility import visible_records
from portal.organisations.models import Contact


@dataclass(frozen=True)
class ContactLink:
    """A contact in a language: `title` is its role, `form_url` a page with a form; either way may be empty."""

    title: str
    language: str
    form_url: str = ""
    email: str = ""

    @property
    def url(self) -> str:
        """The form, else the e-mail address as a link; "" when neither was given."""
        return self.form_url or (f"mailto:{self.email}" if self.email else "")


def contact_link(contact: Contact | None, language: str) -> ContactLink | None:
    """Return a contact as a link in a language; None for none, or one that visitors may not see."""
    if contact is None or not contact.live:
        return None
    role, role_language = contact.title_in(language)
    return ContactLink(role, role_language, contact.url, contact.email)


def reachable_contacts(language: str, ordering: str = "role_nl") -> Iterator[ContactLink]:
    """Yield the public contacts that have a form or an address. One query."""
    for contact in visible_records(Contact).order_by(ordering):
        if (link := contact_link(contact, language)) and link.url:
            yield link
