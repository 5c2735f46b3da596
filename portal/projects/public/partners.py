"""The organisations of projects: read for many projects at once, grouped by country, placed on the map."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from portal.core.content.countries import country_name
from portal.core.content.sorting import without_accents
from portal.organisations.choices import HOME_CITY, OrganisationType
from portal.organisations.city_index import MapLine
from portal.organisations.models import Organisation
from portal.organisations.selectors import City, NamedLink, city_of, organisation_link, organisations_by_id
from portal.projects.choices import HomeCityRole
from portal.projects.models import ProjectPage, ProjectPartner
from portal.projects.public.facts import LEADING


@dataclass(frozen=True)
class Country:
    """A country with the partners in it; each partner's note is its role and, where it helps, its city."""

    code: str
    name: str
    partners: tuple[NamedLink, ...]


def partners_of(projects: Iterable[ProjectPage]) -> dict[int, list[ProjectPartner]]:
    """Return the partners that a visitor may see, by the id of their Dutch project page. One query."""
    by_page = defaultdict(list)
    partners = ProjectPartner.objects.filter(page__in=[project.pk for project in projects], organisation__live=True)
    for partner in partners.select_related("organisation__city").order_by("page", "sort_order", "pk"):
        by_page[partner.page_id].append(partner)
    return by_page


def public_partners(project: ProjectPage) -> list[ProjectPartner]:
    """Return the partners of one project that a visitor may see; in a preview, as they stand in the form."""
    return _public(project.partners.all())


def _public(partners: Iterable[ProjectPartner]) -> list[ProjectPartner]:
    """Return those of the partners whose organisation is public, each with its organisation."""
    partners = list(partners)
    organisations = organisations_by_id({partner.organisation_id for partner in partners})
    for partner in partners:
        partner.organisation = organisations[partner.organisation_id]
    return [partner for partner in partners if partner.organisation.live]


def country_of(organisation: Organisation) -> str:
    """Return the country of an organisation in two letters: its own, else that of its city."""
    return organisation.country or organisation.place.country


def place_of(organisation: Organisation) -> Organisation | None:
    """Return the public city that an organisation is in; None for one that is in no single city."""
    place = organisation.place
    return place if place.type == OrganisationType.CITY and place.live else None


def leads_of(partners: Iterable[ProjectPartner], language: str) -> list[NamedLink]:
    """Return the partners that lead or coordinate."""
    return [organisation_link(partner.organisation, language) for partner in partners if partner.role in LEADING]


def partners_by_country(partners: Iterable[ProjectPartner], language: str) -> list[Country]:
    """Group partners by country, countries by name; those whose country is not known come last."""
    groups = defaultdict(list)
    for partner in partners:
        groups[country_of(partner.organisation)].append(_with_role(partner, language))
    countries = [
        Country(code, country_name(code) if code else _("Country not known"), tuple(members))
        for code, members in groups.items()
    ]
    return sorted(countries, key=lambda country: (not country.code, without_accents(country.name)))


def _with_role(partner: ProjectPartner, language: str) -> NamedLink:
    note = capfirst(partner.get_role_display())
    city = partner.organisation.city
    if city is not None and city.live:
        city_name = organisation_link(city, language).title
        if city_name not in organisation_link(partner.organisation, language).title:
            note = _("%(role)s, %(city)s") % {"role": note, "city": city_name}
    return organisation_link(partner.organisation, language, note)


def has_home_city(project: ProjectPage, partners: Iterable[ProjectPartner]) -> bool:
    """Tell whether the home city takes part: it has a role of its own, or an organisation in it is a partner."""
    if project.home_city_role != HomeCityRole.UNKNOWN:
        return True
    return any(partner.organisation.place.key == HOME_CITY for partner in partners)


def map_of(
    project: ProjectPage, partners: list[ProjectPartner], home: Organisation | None, title: str, language: str
) -> tuple[list[City], list[MapLine]]:
    """Return the cities of one project, with the home city where it takes part, and a line from it to each other."""
    places = {place.pk: place for partner in partners if (place := place_of(partner.organisation))}
    with_home = has_home_city(project, partners)
    if with_home and home is not None:
        places.setdefault(home.pk, home)
    cities = [city_of(place, language) for place in places.values()]
    lines = [MapLine(city.key, title, city.url) for city in cities if with_home and not city.is_home]
    return cities, lines
