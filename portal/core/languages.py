"""The languages that are shown, and the tables that need an entry for each of them.

A language is shown when its code is in `CONTENT_LANGUAGES` of the settings; its database columns are there already.
What can be derived from that is derived. What somebody has to write for each language is registered here, in the
`registers.py` of the app that has it:

    register_language_table("portal/projects/amounts.py: EURO", EURO)

The system check `schakel.E003` names every table that lacks a shown language. Search has its own registry, with more
to say about each language: `search.languages`, checked by `search.E004`.
"""

from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

FORMATS = Path(__file__).parent / "formats"

_tables: dict[str, frozenset[str]] = {}


def register_language_table(place: str, languages: Iterable[str]) -> None:
    """Register a table that needs an entry for every shown language; `place` says where it is and what it is called."""
    _tables[place] = frozenset(languages)


def language_tables() -> dict[str, frozenset[str]]:
    """Return the registered tables: {place: codes of the languages that it has}."""
    return dict(_tables)


def tables_without(language: str) -> list[str]:
    """Return the places of the registered tables that have no entry for a language."""
    return [place for place, languages in _tables.items() if language not in languages]


def languages_with_formats() -> set[str]:
    """Return the languages of which the portal knows how dates and numbers are written."""
    return {file.parent.name for file in FORMATS.glob("*/formats.py")}


def languages_in_catalogues() -> set[str]:
    """Return the languages in which the messages of the portal are translated."""
    return {file.parts[-3] for folder in settings.LOCALE_PATHS for file in folder.glob("*/LC_MESSAGES/django.po")}
