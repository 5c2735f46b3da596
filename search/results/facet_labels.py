"""The words for the values of a facet in the visitor's language: the same on the results page and in the API."""

from collections.abc import Mapping
from functools import cache

from django.utils.translation import gettext_lazy as _

from portal.core.content.countries import country_name
from portal.core.content.records import text_in
from portal.core.facets import WordOf
from portal.core.publishing.visibility import visible_records
from portal.ui import labels
from portal.ui.components.values import language_name
from portal.webinars.choices import Medium, RecordingList
from portal.webinars.models import Series
from search.thesaurus.thesaurus import Thesaurus

SPECIAL_LANGUAGES = {"zxx": _("no speech"), "und": _("not known")}


def facet_words(thesaurus: Thesaurus, language: str) -> Mapping[str, WordOf]:
    """Return for each facet a function from a value to its word and the language of that word.

    The language is "" where it always is the page's, the word "" for a value that does not exist any more. Costs
    nothing until a word is asked for. The titles of series are then read in one query.
    """

    @cache
    def series_titles() -> dict[str, tuple[str, str]]:
        return {series.key: text_in(series, "title", language) for series in visible_records(Series)}

    def evidence(value: str) -> str:
        exists = value.isdecimal() and int(value) < len(labels.EVIDENCE)
        return str(labels.EVIDENCE[int(value)]) if exists else ""

    return {
        "topic": lambda value: thesaurus.label_with_language(value, language),
        "tier": lambda value: (str(labels.TIERS.get(value, "")), ""),
        "evidence": lambda value: (evidence(value), ""),
        "country": lambda value: (country_name(value), ""),
        "year": lambda value: (value, ""),
        "list": lambda value: (str(dict(RecordingList.choices).get(value, "")), ""),
        "medium": lambda value: (str(dict(Medium.choices).get(value, "")), ""),
        "series": lambda value: series_titles().get(value, ("", "")),
        "language": lambda value: (
            (str(SPECIAL_LANGUAGES[value]), "") if value in SPECIAL_LANGUAGES else (language_name(value), value)
        ),
    }
