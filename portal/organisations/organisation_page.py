"""The page of a city or another organisation."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils.html import strip_tags
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from portal.core.cards import Links, PagedLinks, links_page
from portal.core.content.countries import country_name
from portal.core.content.records import text_in
from portal.core.publishing.visibility import visible_records
from portal.core.routing.structure import index_crumbs
from portal.organisations.cards import by_name, organisation_card
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
    """The page of an organisation. `links` are what other rooms link to it, and the organisations in a city.

    Of each group of links it has page `number` of `pages`.
    """

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
    number: int
    pages: int
    contacts: list[ContactLink]
    crumbs: list[dict]


def organisation_page(organisation: Organisation, language: str, request: HttpRequest) -> OrganisationContext:
    """Return what the page of a city or organisation shows, in a language."""
    name = organisation_link(organisation, language)
    description, description_language = text_in(organisation, "description", language)
    members = _members(organisation, language)
    links = links_page(Organisation.kind, organisation, language, request.GET.get("page"), members)
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
        links=links.groups,
        number=links.number,
        pages=links.pages,
        contacts=_contacts(organisation, language),
        crumbs=[*index_crumbs(CityIndexPage, language), {"title": name.title, "lang": name.language}],
    )


def _members(organisation: Organisation, language: str) -> list[PagedLinks]:
    """The organisations in a city; none for any other organisation."""
    if organisation.type != OrganisationType.CITY:
        return []
    members = by_name(visible_organisations().filter(city=organisation), language)
    return [PagedLinks(_("Organisations"), members, lambda some: [organisation_card(each, language) for each in some])]


def _contacts(organisation: Organisation, language: str) -> list[ContactLink]:
    contacts = visible_records(Contact).filter(organisation=organisation)
    return [link for contact in contacts if (link := contact_link(contact, language))]
