"""The map of all projects: from the partner that leads each of them to the cities whose local authority takes part."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from portal.core.publishing.visibility import ShownPage
from portal.organisations.choices import LOCAL_AUTHORITIES
from portal.organisations.city_index import MapLine
from portal.organisations.models import Organisation
from portal.organisations.selectors import City, city_of
from portal.projects.models import ProjectPartner
from portal.projects.public.facts import LEADING
from portal.projects.public.partners import place_of


@dataclass(frozen=True)
class ProjectMap:
    """The cities with a local authority in a project, where the leads have their seat, and the lines between them.

    `authorities` is the number of cities whose own local authority takes part, `countries` that of their countries.
    """

    cities: list[City]
    lines: list[MapLine]
    authorities: int
    countries: int


def project_map(
    projects: Iterable[ShownPage], partners: Mapping[int, list[ProjectPartner]], language: str
) -> ProjectMap:
    """Return the map of some projects with their partners, by the id of their Dutch page. No query."""
    places: dict[int, Organisation] = {}
    authorities: dict[int, Organisation] = {}
    lines: list[MapLine] = []
    for project in projects:
        of_project = partners[project.original.pk]
        taking_part = _authorities(of_project)
        authorities |= taking_part
        places |= taking_part
        lead = next(
            (place for one in of_project if one.role in LEADING and (place := place_of(one.organisation))), None
        )
        if lead is not None:
            places.setdefault(lead.pk, lead)
            lines += [
                MapLine(city.key, project.page.title, project.page.get_url() or "", project.language, start=lead.key)
                for city in taking_part.values()
                if city.pk != lead.pk
            ]
    countries = {city.country for city in authorities.values()} - {""}
    return ProjectMap([city_of(place, language) for place in places.values()], lines, len(authorities), len(countries))


def _authorities(partners: Iterable[ProjectPartner]) -> dict[int, Organisation]:
    """The cities whose own local authority is among the partners, by their id."""
    places = (place_of(one.organisation) for one in partners if one.organisation.type in LOCAL_AUTHORITIES)
    return {place.pk: place for place in places if place}
