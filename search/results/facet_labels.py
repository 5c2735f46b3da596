"""The words for the values of a facet, in the visitor's language: the same on the results page and in the API."""

from collections.abc import Mapping
from functools import cache

from django.utils.translation import gettext_lazy as _

from portal.core.content.countries import country_name
from portal.core.content.records import text_in
from portal.core.facets import WordOf
from portal.core.publishing.visibility import visible_records
from portal.ui import vocabulary
from portal.ui.components.values import language_name
from portal.webinars.models import Series
from search.question.thesaurus import Thesaurus

SPECIAL = {"zxx": _("no speech"), "und": _("not known")}


def facet_words(thesaurus: Thesaurus, language: str) -> Mapping[str, WordOf]:
    """For each facet what a value is called, as (word, its language where that may not be the page's).

    The word is "" for a value that is not known any more.

    Costs nothing until a word is asked for; the titles of series are then read in one query.
    """

    @cache
    def series() -> dict[str, tuple[str, str]]:
        return {one.key: text_in(one, "title", language) for one in visible_records(Series)}

    def evidence(value: str) -> str:
        known = value.isdecimal() and int(value) < len(vocabulary.EVIDENCE)
        return str(vocabulary.EVIDENCE[int(value)]) if known else ""

    return {
        "topic": lambda value: thesaurus.labelled(value, language),
        "tier": lambda value: (str(vocabulary.TIERS.get(value, "")), ""),
        "evidence": lambda value: (evidence(value), ""),
        "country": lambda value: (country_name(value), ""),
        "year": lambda value: (value, ""),
        "series": lambda value: series().get(value, ("", "")),
        "language": lambda value: (str(SPECIAL[value]), "") if value in SPECIAL else (language_name(value), value),
    }
