"""The page with the map of cities, and the map itself for the start page."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from portal.core.content.sorting import without_accents
from portal.core.publishing.visibility import visible_records
from portal.organisations.choices import OrganisationType
from portal.organisations.models import CityIndexPage, Organisation
from portal.organisations.selectors import City, NamedLink, city_of, organisation_link
from portal.organisations.shared_activities import SharedActivity, shared_activities


@dataclass(frozen=True)
class MapLine:
    """A line of the map to a city for one thing that it shares, from the home city or the one with the key `start`."""

    city: str
    title: str
    url: str
    language: str = ""
    start: str = ""


@dataclass(frozen=True)
class CityMap:
    """The cities and what they share with the home city: what the page of all cities shows.

    `partners` are the cities whose own local authority took part in something together with the home city. `reached`
    are those where another partner of it has its seat, or with which the home city was an adviser only. `others` share
    nothing. `home` is the home city, None when there is none. The map draws `on_the_map`, and `lines` from home to
    each of the partners.
    """

    home: City | None
    partners: list[City]
    reached: list[City]
    others: list[City]
    on_the_map: list[City]
    lines: list[MapLine]

    @property
    def joined(self) -> list[City]:
        """The home city and the partners."""
        return [*([self.home] if self.home else []), *self.partners]

    @property
    def countries(self) -> int:
        """The number of countries that the partners are in."""
        return len({city.country for city in self.partners if city.country})


def city_index(page: CityIndexPage, request: HttpRequest) -> CityMap:
    """Return what the page of all cities shows."""
    return city_map(page.language)


def city_map(language: str) -> CityMap:
    """Return the map of cities in a language. The same number of queries however many cities there are."""
    organisations = _organisations(language)
    activities = shared_activities(language)
    cities = _cities(organisations, activities, language)
    home = next((city for city in cities if city.is_home), None)
    together = {
        place
        for activity in activities
        if activity.with_home and not activity.advised
        for place in activity.authorities
    }
    partners = [city for city in cities if city.pk in together and not city.is_home]
    places = {place for activity in activities for place in activity.places}
    return CityMap(
        home=home,
        partners=partners,
        reached=[city for city in cities if city.shared and city.pk not in together and not city.is_home],
        others=[city for city in cities if not city.shared and not city.is_home],
        on_the_map=[city for city in cities if city.is_home or city.pk in places],
        lines=lines_of(partners),
    )


def _organisations(language: str) -> list[Any]:
    """The public organisations in their order: only the columns that the map and the list show, for there are many."""
    names = [f"name_{code}" for code, _name in settings.LANGUAGES]
    slugs = {f"slug_{language}", "slug_nl"}
    return list(visible_records(Organisation).values_list(*_ON_THE_MAP, *names, *slugs, named=True))


_ON_THE_MAP = (
    *("pk", "key", "type", "city_id", "country", "lat", "lon"),
    *("population", "population_confirmed", "population_year"),
)


def lines_of(cities: Iterable[City]) -> list[MapLine]:
    """Return a line of the map for each thing that a city shares with the home city."""
    return [
        MapLine(city.key, shared.title, shared.url, shared.language)
        for city in cities
        if not city.is_home
        for shared in city.shared
    ]


def _cities(organisations: list[Any], activities: list[SharedActivity], language: str) -> list[City]:
    """The cities by country and name, each with the organisations in it."""
    in_city = defaultdict(list)
    for organisation in organisations:
        if organisation.city_id:
            in_city[organisation.city_id].append(organisation_link(organisation, language))
    cities = [
        city_of(
            organisation,
            language,
            _shared_with_home(organisation, activities),
            sorted(in_city[organisation.pk], key=lambda link: without_accents(link.title)),
        )
        for organisation in organisations
        if organisation.type == OrganisationType.CITY
    ]
    return sorted(cities, key=lambda city: (without_accents(city.country_name), without_accents(city.name)))


def _shared_with_home(city: Any, activities: list[SharedActivity]) -> list[NamedLink]:
    return [
        NamedLink(activity.title, activity.url, activity.language, activity.note)
        for activity in activities
        if activity.with_home and city.pk in activity.places
    ]
