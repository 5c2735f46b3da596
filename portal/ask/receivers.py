"""Who receives a question, and how else the city can be reached."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urlsplit

from django.conf import settings

from portal.core.ask_links import AskSubject
from portal.core.content.records import text_in
from portal.core.content.site_details import site_words
from portal.core.page_cache.cached_values import cached_each, cached_until_publish
from portal.core.publishing.visibility import visible_records
from portal.organisations.contacts import ContactLink, contact_link, reachable_contacts
from portal.organisations.models import Contact

MOST_CONTACTS = 3


@dataclass(frozen=True)
class Receiver:
    """The role that receives a question, in words of a language, and its e-mail address."""

    title: str
    language: str
    email: str


def receiver_of(subject: AskSubject | None, language: str) -> Receiver | None:
    """Return who receives a question: the contact of what it is about, else the city; None when neither has an address.

    Only a role whose e-mail address is known receives questions.
    """
    contact = _contact_of(subject, language)
    if contact and contact.email:
        return Receiver(contact.title, contact.language, contact.email)
    words = site_words()
    if not words.email:
        return None
    title, title_language = text_in(words, "publisher", language)
    return Receiver(title or words.name, title_language, words.email)


def other_ways(subject: AskSubject | None, language: str) -> list[ContactLink]:
    """Return the contacts that have a page of their own to write to, that of the subject first.

    A page of this portal is none: it could only lead back to the form.
    """
    own = _contact_of(subject, language)
    contacts = cached_until_publish(("reachable contacts", language), lambda: tuple(reachable_contacts(language)))
    found = [*([own] if own else []), *(contact for contact in contacts if contact != own)]
    return list(islice(_elsewhere(found), 1 if own and own.form_url else MOST_CONTACTS))


def _contact_of(subject: AskSubject | None, language: str) -> ContactLink | None:
    if subject is None or subject.contact_id is None:
        return None
    pk = subject.contact_id

    def read(missing: list[int]) -> dict[int, ContactLink]:
        contacts = visible_records(Contact).filter(pk__in=missing)
        return {contact.pk: link for contact in contacts if (link := contact_link(contact, language))}

    return cached_each(("contacts", language), [pk], read).get(pk)


def _elsewhere(contacts: list[ContactLink]) -> Iterator[ContactLink]:
    here = urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname
    for contact in contacts:
        if contact.form_url and urlsplit(contact.form_url).hostname not in {here, *settings.ALLOWED_HOSTS}:
            yield contact
