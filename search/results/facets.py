"""The facets of the results page: the values of each filter with how many hits they would leave."""

from django.utils.translation import gettext as _

from portal.core.facets import Facet, build_facet, chosen_first, in_the_given_order, latest_year_first, most_used_first
from portal.core.searchable import SearchRequest, SearchResult
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
ORDERS = {
    **dict.fromkeys(SCALES, in_the_given_order),
    "year": chosen_first(latest_year_first),
}


def facets(request: SearchRequest, result: SearchResult, thesaurus: Thesaurus) -> list[Facet]:
    """Return the facets that have something to choose. A chosen value is shown even without any hit."""
    labels = {
        "list": _("Webinars"),
        "medium": _("Kind of recording"),
        "tier": _("Level"),
        "topic": _("Topic"),
        "evidence": _("Evidence"),
        "country": _("Country"),
        "year": _("Year"),
        "language": _("Language"),
    }
    words = facet_words(thesaurus, request.language)
    built = []
    for name, label in labels.items():
        counts, chosen = dict(result.facets.get(name, ())), request.filters.get(name, ())
        built.append(
            build_facet(
                name,
                label,
                word_of=words[name],
                counts=counts,
                chosen=chosen,
                scale=[value for value in SCALES.get(name, ()) if value in counts or value in chosen],
                order=ORDERS.get(name, most_used_first),
            )
        )
    return [facet for facet in built if facet.options]
