"""Countries by their codes (ISO 3166-1 alpha-2), with their names in the visitor's language, from django-countries."""

from functools import cache

from django_countries import countries


def country_choices() -> list[tuple[str, str]]:
    """Every country as (code, name in the active language), by name."""
    return [(code, str(name)) for code, name in countries]


@cache
def country_codes() -> tuple[str, ...]:
    """The codes of all countries, Kosovo's XK among them. Asked for each value of a filter, so sorted once."""
    return tuple(sorted(countries.countries))


def country_name(code: str) -> str:
    """The name of a country in the active language; the code itself for one that is not in the list."""
    return countries.name(code) or code
