"""Reads organisations and cities as a visitor may see them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.formats import number_format
from django.utils.html import format_html_join, strip_tags
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from portal.core.cards import Card, links_of
from portal.core.content.countries import country_name
from portal.core.content.records import languages_of, text_in
from portal.core.content.sorting import without_accents
from portal.core.publishing.visibility import visible_records
from portal.core.routing.structure import index_crumbs
from portal.organisations.choices import HOME_CITY, OrganisationType
from portal.organisations.contacts import ContactLink, contact_link
from portal.organisations.models import CityIndexPage, Contact, Organisation
from portal.organisations.shared import Shared, shared
from portal.ui.components.values import marked


@dataclass(frozen=True)
class Named:
    """A name with its address and the language it is in; `note` says something about it."""

    title: str
    url: str
    language: str
    note: str = ""


@dataclass(frozen=True)
class City:
    """A city on the map and in the list. `population` is a phrase, `country` the two letters."""

    pk: int
    key: str
    name: str
    language: str
    url: str
    country: str
    country_name: str
    lat: float | None
    lon: float | None
    population: str
    shared: tuple[Named, ...] = ()
    organisations: tuple[Named, ...] = ()

    @property
    def is_home(self) -> bool:
        return self.key == HOME_CITY


def visible_organisations() -> QuerySet:
    """The organisations that a visitor may see, each with its city."""
    return visible_records(Organisation).select_related("city")


def named(organisation: Organisation, language: str, note: str = "") -> Named:
    """An organisation as a link in a language."""
    title, title_language = text_in(organisation, "name", language)
    return Named(title or organisation.key, organisation.path_in(language) or "", title_language, note)


def population_phrase(organisation: Organisation) -> str:
    """The inhabitants in words in the active language, "about" when no source confirmed them; empty when not known."""
    if not organisation.population:
        return ""
    number = number_format(organisation.population, force_grouping=True)
    if not organisation.population_confirmed:
        number = _("about %(number)s") % {"number": number}
    if organisation.population_year:
        return _("%(number)s (%(year)s)") % {"number": number, "year": organisation.population_year}
    return number


def city_of(organisation: Organisation, language: str, shared_with_home=(), organisations=()) -> City:
    """A city as the map and the list show it, in a language."""
    name = named(organisation, language)
    return City(
        pk=organisation.pk,
        key=organisation.key,
        name=name.title,
        language=name.language,
        url=name.url,
        country=organisation.country,
        country_name=country_name(organisation.country),
        lat=organisation.lat,
        lon=organisation.lon,
        population=population_phrase(organisation),
        shared=tuple(shared_with_home),
        organisations=tuple(organisations),
    )


def lines_of(cities: Iterable[City]) -> list[dict]:
    """A line of the map for each thing that a city shares with the home city."""
    return [
        {"city": city.key, "title": line.title, "url": line.url, "language": line.language}
        for city in cities
        if not city.is_home
        for line in city.shared
    ]


def city_index(page: CityIndexPage, request: HttpRequest) -> dict:
    """What the page of all cities shows."""
    return cities_and_lines(page.language)


def cities_and_lines(language: str) -> dict:
    """The map of cities with the equal list, in a language.

    `partners` are the cities whose own local authority took part in something together with the home city. `reached`
    are those where another partner of it has its seat, or with which the home city was an adviser only. `others` share
    nothing, `home` is the home city (None when there is none), `joined` are home and the partners. The map draws
    `on_the_map`, and `lines` from home to each of the partners. Costs the same queries however many cities there are.
    """
    organisations = list(visible_organisations())
    things = shared(language)
    in_city = defaultdict(list)
    for organisation in organisations:
        if organisation.city_id:
            in_city[organisation.city_id].append(named(organisation, language))
    cities = sorted(
        (
            city_of(
                organisation,
                language,
                _shared_with_home(organisation, things),
                sorted(in_city[organisation.pk], key=lambda one: without_accents(one.title)),
            )
            for organisation in organisations
            if organisation.type == OrganisationType.CITY
        ),
        key=lambda city: (without_accents(city.country_name), without_accents(city.name)),
    )
    home = next((city for city in cities if city.is_home), None)
    together = {place for thing in things if thing.with_home and not thing.advised for place in thing.authorities}
    partners = [city for city in cities if city.pk in together and not city.is_home]
    places = {place for thing in things for place in thing.places}
    return {
        "home": home,
        "partners": partners,
        "reached": [city for city in cities if city.shared and city.pk not in together and not city.is_home],
        "others": [city for city in cities if not city.shared and not city.is_home],
        "on_the_map": [city for city in cities if city.is_home or city.pk in places],
        "joined": [*([home] if home else []), *partners],
        "lines": lines_of(partners),
        "countries": len({city.country for city in partners if city.country}),
    }


def _shared_with_home(city: Organisation, things: list[Shared]) -> list[Named]:
    return [
        Named(thing.title, thing.url, thing.language, thing.note)
        for thing in things
        if thing.with_home and city.pk in thing.places
    ]


def organisation_page(organisation: Organisation, language: str, request: HttpRequest) -> dict:
    """What the page of a city or organisation shows, in a language."""
    name = named(organisation, language)
    description, description_language = text_in(organisation, "description", language)
    is_city = organisation.type == OrganisationType.CITY
    city = organisation.city if organisation.city and organisation.city.live else None
    return {
        "organisation": organisation,
        "name": name,
        "is_city": is_city,
        "page_title": name.title,
        "page_description": description or strip_tags(type_and_place(organisation, language)),
        "type_label": capfirst(organisation.get_type_display()),
        "description": Named(description, "", description_language),
        "city": named(city, language) if city else None,
        "country": country_name(organisation.country),
        "population": population_phrase(organisation),
        "website_name": urlsplit(organisation.website).netloc.removeprefix("www."),
        "links": links_of("organisation", organisation, language),
        "members": organisation_cards_of(visible_organisations().filter(city=organisation), language)
        if is_city
        else [],
        "contacts": _contacts_of(organisation, language),
        "crumbs": [*index_crumbs(CityIndexPage, language), {"title": name.title, "lang": name.language}],
    }


def _contacts_of(organisation: Organisation, language: str) -> list[ContactLink]:
    """Whom to ask in an organisation."""
    contacts = visible_records(Contact).filter(organisation=organisation)
    return [link for contact in contacts if (link := contact_link(contact, language))]


def type_and_place(organisation: Organisation, language: str) -> str:
    """What an organisation is and where, in a phrase: "Police, Antwerp, Belgium". A city marked with its language."""
    city = named(organisation.city, language) if organisation.city else None
    parts = (
        capfirst(organisation.get_type_display()),
        marked(city.title, city.language) if city else "",
        country_name(organisation.country),
    )
    return format_html_join(pgettext("between the parts of a list", ", "), "{}", ((part,) for part in parts if part))


def organisation_card(organisation: Organisation, language: str) -> Card:
    """The card of one organisation in a language."""
    name = named(organisation, language)
    description, description_language = text_in(organisation, "description", language)
    return Card(
        kind=Organisation.kind,
        key=organisation.key,
        title=name.title,
        url=name.url,
        # A card has one language: a description in another one is read on the organisation's own page.
        lead=description if description_language == name.language else "",
        language=name.language,
        over=type_and_place(organisation, language),
    )


def organisation_cards_of(organisations: Iterable[Organisation], language: str) -> list[Card]:
    """The cards of these organisations by name."""
    return sorted(
        (organisation_card(one, language) for one in organisations), key=lambda card: without_accents(card.title)
    )


def organisation_cards(keys: Iterable[str], language: str) -> list[Card]:
    """The cards of the organisations with these keys that a visitor may see."""
    return [organisation_card(one, language) for one in visible_organisations().filter(key__in=list(keys))]


def organisation_languages(organisation: Organisation) -> tuple[str, ...]:
    """The content languages in which an organisation has a name of its own."""
    return languages_of(organisation, "name")
