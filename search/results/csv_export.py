"""The results of a search as a table for a spreadsheet."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from django.conf import settings
from django.utils.translation import gettext as _

from portal.core.content.csv_table import csv_table
from portal.core.searchable import Hit, SearchRequest, SearchResult, search
from portal.ui import labels as ui_labels
from portal.ui.components.values import language_name
from portal.ui.times import duration
from search.results.facet_labels import facet_words
from search.results.highlight import plain_text
from search.results.speaker_names import speaker_names
from search.thesaurus.thesaurus import Thesaurus

MOST_ROWS = 500


def all_pages(request: SearchRequest, per_page: int = 100) -> Iterator[SearchResult]:
    """Yield the pages of the answer, up to `MOST_ROWS` results. One that is not available is the last."""
    for page in range(1, MOST_ROWS // per_page + 1):
        result = search(replace(request, page=page, per_page=per_page, facets=(), cues_per_hit=0))
        yield result
        if not result.available or page * per_page >= result.total:
            return


def csv_of(hits: Iterable[Hit], thesaurus: Thesaurus, language: str) -> str:
    """Return hits as CSV with a heading, in the active language."""
    hits = list(hits)
    words, names = facet_words(thesaurus, language), speaker_names(hits)

    def labels(hit: Hit, facet: str) -> str:
        return ", ".join(words[facet](value)[0] for value in hit.filters.get(facet, ()))

    columns: dict[str, Callable[[Hit], str]] = {
        _("Kind"): lambda hit: str(ui_labels.KINDS.get(hit.kind, hit.kind)),
        _("Title"): lambda hit: plain_text(hit.title_html),
        _("Language"): lambda hit: language_name(hit.language),
        _("Also in"): lambda hit: ", ".join(language_name(code) for code in hit.languages if code != hit.language),
        _("Address"): lambda hit: settings.WAGTAILADMIN_BASE_URL + hit.url,
        _("Date"): lambda hit: hit.date.isoformat() if hit.date else "",
        _("Length"): lambda hit: duration(hit.duration_s) if hit.duration_s else "",
        _("Speakers"): lambda hit: ", ".join(names[key] for key in hit.filters.get("speaker", ()) if key in names),
        _("Topics"): lambda hit: labels(hit, "topic"),
        _("Level"): lambda hit: labels(hit, "tier"),
        _("Evidence"): lambda hit: labels(hit, "evidence"),
        _("Country"): lambda hit: labels(hit, "country"),
        _("Extract"): lambda hit: plain_text(hit.extract_html),
        _("Permanent key"): lambda hit: hit.id,
    }
    return csv_table(list(columns), ([column(hit) for column in columns.values()] for hit in hits), language)
