"""Countries by their codes (ISO 3166-1 alpha-2), with their names in the visitor's language, from django-countries."""

from functools import cache

from django_countries import countries


def country_choices() -> list[tuple[str, str]]:
    """Return every country as (code, name in the active language), sorted by name."""
    return [(code, str(name)) for code, name in countries]


@cache
def country_codes() -> tuple[str, ...]:
    """Return the codes of all countries, including XK for Kosovo. Cached, because each value of a filter is checked."""
    return tuple(sorted(countries.countries))


def country_name(code: str) -> str:
    """Return the name of a country in the active language; the code itself when it is unknown."""
    return countries.name(code) or code
