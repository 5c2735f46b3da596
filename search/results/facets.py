"""The facets of the results page: the values of each filter with how many hits they would leave."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from portal.core.searchable import SearchRequest, SearchResult
from portal.ui import vocabulary
from search.results.facet_labels import facet_language, facet_words
from search.text_analysis.normalise import fold
from search.thesaurus.thesaurus import Thesaurus


def facets(request: SearchRequest, result: SearchResult, thesaurus: Thesaurus) -> list[dict]:
    """Return the facets as the groups that {% filters %} shows. A chosen value is shown even without any hit."""
    labels = {
        "tier": _("Level"),
        "topic": _("Topic"),
        "evidence": _("Evidence"),
        "country": _("Country"),
        "year": _("Year"),
        "language": _("Language"),
    }
    words = facet_words(thesaurus, request.language)
    groups: list[dict] = []
    for name, label in labels.items():
        chosen = request.filters.get(name, ())
        counts = dict(result.facets.get(name, ()))
        options: list[dict] = [
            {
                "value": value,
                "label": word,
                "count": count,
                "selected": value in chosen,
                "tier": value if name == "tier" else "",
                "lang": facet_language(name, value, thesaurus, request.language),
            }
            for value, count in (counts | {value: 0 for value in chosen if value not in counts}).items()
            if (word := words[name](value))
        ]
        options.sort(key=_order(name))
        if options:
            groups.append({"name": name, "label": label, "type": "checkbox", "options": options})
    return groups


def _order(name: str) -> Callable[[dict], Any]:
    """Return the sort key of a facet's options: a scale in its order, the newest year or the most hits first."""
    if name == "tier":
        scale = list(vocabulary.TIERS)
        return lambda option: scale.index(option["value"])
    if name == "evidence":
        return lambda option: option["value"]
    if name == "year":
        return lambda option: (not option["selected"], -int(option["value"]))
    return lambda option: (not option["selected"], -option["count"], fold(str(option["label"])))
