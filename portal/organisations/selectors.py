"""Reads organisations and cities as a visitor may see them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.formats import number_format
from django.utils.html import format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from portal.core.content.countries import country_name
from portal.core.content.records import languages_of, text_in
from portal.core.page_cache.cached_values import cached_each
from portal.core.publishing.visibility import visible_records
from portal.organisations.choices import HOME_CITY
from portal.organisations.models import CityIndexPage, Organisation
from portal.ui.components.values import marked


@dataclass(frozen=True)
class NamedLink:
    """A name with its address and the language it is in; `note` says something about it.

    `key` is the permanent key of an organisation, "" for anything else.
    """

    title: str
    url: str
    language: str
    note: str = ""
    key: str = ""


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
    shared: tuple[NamedLink, ...] = ()
    organisations: tuple[NamedLink, ...] = ()

    @property
    def is_home(self) -> bool:
        return self.key == HOME_CITY


def visible_organisations() -> QuerySet[Organisation]:
    """Return the organisations that a visitor may see, each with its city."""
    return visible_records(Organisation).select_related("city")


def organisation_languages(organisation: Organisation) -> tuple[str, ...]:
    """Return the content languages in which an organisation has a name of its own."""
    return languages_of(organisation, "name")


def organisation_link(organisation: Organisation, language: str, note: str = "") -> NamedLink:
    """Return an organisation as a link in a language."""
    title, title_language = text_in(organisation, "name", language)
    return NamedLink(
        title or organisation.key,
        CityIndexPage.path_of_record(organisation, language) or "",
        title_language,
        note,
        organisation.key,
    )


def organisations_by_id(ids: Collection[int]) -> dict[int, Organisation]:
    """Return organisations with their cities, public or not, by their ids. At most one query.

    They are read once until something is published.
    """
    return cached_each(("organisations",), ids, _read_organisations)


def organisations_by_id_or_key(references: Collection[int | str]) -> dict[int | str, Organisation]:
    """As `organisations_by_id`, for references of which some are permanent keys."""
    return cached_each(("organisations",), references, _read_organisations)


def _read_organisations(references: list[Any]) -> dict[Any, Organisation]:
    keys = [reference for reference in references if isinstance(reference, str)]
    ids = [reference for reference in references if not isinstance(reference, str)]
    wanted = Q(pk__in=ids) | Q(key__in=keys) if keys else Q(pk__in=ids)
    organisations = list(Organisation.objects.select_related("city").filter(wanted).order_by())
    by_key = {organisation.key: organisation for organisation in organisations if organisation.key in keys}
    return {organisation.pk: organisation for organisation in organisations} | by_key


def public_link(organisation: Organisation | None, language: str) -> NamedLink | None:
    """Return an organisation as a link in a language; None for none, or one that visitors may not see."""
    return organisation_link(organisation, language) if organisation and organisation.live else None


def city_of(
    organisation: Organisation,
    language: str,
    shared: Iterable[NamedLink] = (),
    organisations: Iterable[NamedLink] = (),
) -> City:
    """Return a city as the map and the list show it, in a language; `shared` is what it shares with the home city."""
    name = organisation_link(organisation, language)
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
        shared=tuple(shared),
        organisations=tuple(organisations),
    )


def population_phrase(organisation: Organisation) -> str:
    """Return the inhabitants in words in the active language, "about" when no source confirmed them; "" if unknown."""
    if not organisation.population:
        return ""
    number = number_format(organisation.population, force_grouping=True)
    if not organisation.population_confirmed:
        number = _("about %(number)s") % {"number": number}
    if organisation.population_year:
        return _("%(number)s (%(year)s)") % {"number": number, "year": organisation.population_year}
    return number


def type_and_place(organisation: Organisation, language: str) -> str:
    """Return what an organisation is and where: "Police, Antwerp, Belgium". A city is marked with its language."""
    city = organisation_link(organisation.city, language) if organisation.city else None
    parts = (
        capfirst(organisation.get_type_display()),
        marked(city.title, city.language) if city else "",
        country_name(organisation.country),
    )
    return format_html_join(pgettext("between the parts of a list", ", "), "{}", ((part,) for part in parts if part))
