"""The words for the values of a facet in the visitor's language: the same on the results page and in the API."""

from collections.abc import Callable, Mapping
from functools import cache

from django.utils.translation import gettext_lazy as _

from portal.core.content.countries import country_name
from portal.core.content.records import text_in
from portal.core.publishing.visibility import visible_records
from portal.ui import vocabulary
from portal.ui.components.values import differs, language_name
from portal.webinars.models import Series
from search.thesaurus.thesaurus import Thesaurus

SPECIAL_LANGUAGES = {"zxx": _("no speech"), "und": _("not known")}


def facet_language(name: str, value: str, thesaurus: Thesaurus, language: str) -> str:
    """Return the language of the word for a value where it is not the page's; "" where it is."""
    if name == "topic":
        return differs(thesaurus.label_with_language(value, language)[1])
    return differs(value) if name == "language" and value not in SPECIAL_LANGUAGES else ""


def facet_words(thesaurus: Thesaurus, language: str) -> Mapping[str, Callable[[str], str]]:
    """Return for each facet a function from a value to its word; "" for a value that does not exist any more.

    Costs nothing until a word is asked for. The titles of series are then read in one query.
    """

    @cache
    def series_titles() -> dict[str, str]:
        return {series.key: text_in(series, "title", language)[0] for series in visible_records(Series)}

    return {
        "topic": lambda value: thesaurus.label(value, language),
        "tier": lambda value: str(vocabulary.TIERS.get(value, "")),
        "evidence": lambda value: str(vocabulary.EVIDENCE[int(value)]) if value.isdecimal() else "",
        "country": country_name,
        "year": str,
        "series": lambda value: series_titles().get(value, ""),
        "language": lambda value: str(SPECIAL_LANGUAGES.get(value) or language_name(value)),
    }
