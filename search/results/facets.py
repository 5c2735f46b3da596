"""The facets of the results page: the values of each filter with how many hits they would leave."""

from dataclasses import replace

from django.utils.translation import gettext as _

from portal.core.facets import (
    Facet,
    FacetDefinition,
    build_facets,
    in_the_given_order,
    latest_year_first,
    most_used_first,
)
from portal.core.searchable import SearchRequest, SearchResult, search
from portal.ui import labels as ui_labels
from portal.webinars.choices import Medium, RecordingList
from search.results.facet_labels import facet_words
from search.thesaurus.thesaurus import Thesaurus

SCALES = {
    "list": tuple(RecordingList.values),
    "medium": tuple(Medium.values),
    "tier": tuple(ui_labels.TIERS),
    "evidence": tuple(str(level) for level in range(len(ui_labels.EVIDENCE))),
}
ORDERS = {**dict.fromkeys(SCALES, in_the_given_order), "year": latest_year_first}


def facets(request: SearchRequest, result: SearchResult, thesaurus: Thesaurus) -> tuple[Facet, ...]:
    """Return the facets that narrow the hits. A chosen value is shown even without any hit."""
    if not result.available:
        return ()
    titles = {
        "list": _("Webinars"),
        "medium": _("Kind of recording"),
        "topic": _("Topic"),
        "tier": _("Level"),
        "evidence": _("Evidence"),
        "country": _("Country"),
        "year": _("Year"),
        "language": _("Language"),
    }
    words = facet_words(thesaurus, request.language)
    definitions = [
        FacetDefinition(name, title, words[name], SCALES.get(name, ()), ORDERS.get(name, most_used_first))
        for name, title in titles.items()
    ]
    without_choice = (
        search(replace(request, filters={}, page=1, per_page=1, cues_per_hit=0)) if request.filters else result
    )
    return build_facets(
        definitions,
        chosen=request.filters,
        counts={name: dict(values) for name, values in result.facets.items()},
        offered={name: dict(values) for name, values in without_choice.facets.items()},
        total=without_choice.total,
    )
