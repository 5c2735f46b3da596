"""The page of a city or another organisation."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils.html import strip_tags
from django.utils.text import capfirst

from portal.core.cards import Card, Links, links_of
from portal.core.content.countries import country_name
from portal.core.content.records import text_in
from portal.core.publishing.visibility import visible_records
from portal.core.routing.structure import index_crumbs
from portal.organisations.cards import cards_by_name
from portal.organisations.choices import OrganisationType
from portal.organisations.contacts import ContactLink, contact_link
from portal.organisations.models import CityIndexPage, Contact, Organisation
from portal.organisations.selectors import (
    NamedLink,
    organisation_link,
    population_phrase,
    public_link,
    type_and_place,
    visible_organisations,
)


@dataclass(frozen=True)
class OrganisationContext:
    """The page of an organisation. `members` are the organisations in a city, `links` what other rooms link to it."""

    organisation: Organisation
    name: NamedLink
    page_title: str
    page_description: str
    type_label: str
    description: NamedLink
    city: NamedLink | None
    country: str
    population: str
    website_name: str
    links: list[Links]
    members: list[Card]
    contacts: list[ContactLink]
    crumbs: list[dict]


def organisation_page(organisation: Organisation, language: str, request: HttpRequest) -> OrganisationContext:
    """Return what the page of a city or organisation shows, in a language."""
    name = organisation_link(organisation, language)
    description, description_language = text_in(organisation, "description", language)
    return OrganisationContext(
        organisation=organisation,
        name=name,
        page_title=name.title,
        page_description=description or strip_tags(type_and_place(organisation, language)),
        type_label=capfirst(organisation.get_type_display()),
        description=NamedLink(description, "", description_language),
        city=public_link(organisation.city, language),
        country=country_name(organisation.country),
        population=population_phrase(organisation),
        website_name=urlsplit(organisation.website).netloc.removeprefix("www."),
        links=links_of(Organisation.kind, organisation, language),
        members=_members(organisation, language),
        contacts=_contacts(organisation, language),
        crumbs=[*index_crumbs(CityIndexPage, language), {"title": name.title, "lang": name.language}],
    )


def _members(organisation: Organisation, language: str) -> list[Card]:
    """The organisations in a city; none for any other organisation."""
    if organisation.type != OrganisationType.CITY:
        return []
    return cards_by_name(visible_organisations().filter(city=organisation), language)


def _contacts(organisation: Organisation, language: str) -> list[ContactLink]:
    contacts = visible_records(Contact).filter(organisation=organisation)
    return [link for contact in contacts if (link := contact_link(contact, language))]
