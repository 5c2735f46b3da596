"""The words for the values of a facet, in the visitor's language: the same on the results page and in the API."""

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

SPECIAL = {"zxx": _("no speech"), "und": _("not known")}


def facet_language(name: str, value: str, thesaurus: Thesaurus, language: str) -> str:
    """The language of the word for a value where it is not the page's; "" where it is."""
    if name == "topic":
        return differs(thesaurus.labelled(value, language)[1])
    return differs(value) if name == "language" and value not in SPECIAL else ""


def facet_words(thesaurus: Thesaurus, language: str) -> Mapping[str, Callable[[str], str]]:
    """For each facet how a value is called; "" for a value that is not known any more.

    Costs nothing until a word is asked for; the titles of series are then read in one query.
    """

    @cache
    def series() -> dict[str, str]:
        return {one.key: text_in(one, "title", language)[0] for one in visible_records(Series)}

    return {
        "topic": lambda value: thesaurus.label(value, language),
        "tier": lambda value: vocabulary.TIERS.get(value, ""),
        "evidence": lambda value: vocabulary.EVIDENCE[int(value)] if value.isdecimal() else "",
        "country": country_name,
        "year": str,
        "series": lambda value: series().get(value, ""),
        "language": lambda value: SPECIAL.get(value) or language_name(value),
    }
