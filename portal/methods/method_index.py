"""The page of all methods: those that the filters of its address leave, a page at a time."""

from collections.abc import Iterable
from dataclasses import replace

from django.core.paginator import Paginator
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce, Lower
from django.db.models.query import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from portal.core.cards import PER_PAGE, Card, cards
from portal.core.content.countries import country_name
from portal.core.content.csv_table import csv_response
from portal.core.facets import Facet, FacetDefinition, build_facets, by_label, most_used_then_by_label
from portal.core.lists.page import ListPage, csv_of_cards, keep_understood, ordering_links, view_links
from portal.core.publishing.visibility import SOURCE_LANGUAGE, visible
from portal.core.searchable import SearchRequest, SearchResult, search
from portal.methods.forms import MethodFilters
from portal.methods.models import MethodIndexPage, MethodPage
from portal.topics.selectors import TopicLink, topic_labels
from portal.ui import labels
from portal.ui.tiers_and_evidence import Evidence

TOPICS_SHOWN = 8
MOST_ROWS = 10_000  # of a file
ROWS_AT_ONCE = 100


def method_index(page: MethodIndexPage, request: HttpRequest) -> ListPage:
    """Return what the page of all methods shows. Without search everything is listed from the database."""
    language = page.language
    topics = topic_labels(language)
    filters = MethodFilters(request.GET, topics=topics)
    keep_understood(request, filters)
    wanted = filters.cleaned_data["page"]
    result = search(_question(language, filters, wanted))
    if not result.available:
        return _from_database(language, filters)
    pages = max(1, -(-result.total // PER_PAGE))
    number = min(wanted, pages)  # a page after the last is the last, for every engine
    return ListPage(
        cards=_without_kind(cards(MethodPage.kind, [hit.key for hit in result.hits], language)),
        total=result.total,
        number=number,
        pages=pages,
        view=filters.cleaned_data["view"],
        views=view_links(filters),
        orderings=ordering_links(filters, {"title": _("Name"), "newest": _("Most recent")}),
        groups=_facets(filters, result, topics, language),
        is_narrowed=bool(filters.chosen),
    )


def method_file(page: MethodIndexPage, request: HttpRequest) -> HttpResponse:
    """Return the methods that the filters of the address leave as CSV, of all pages."""
    filters = MethodFilters(request.GET, topics=topic_labels(page.language))
    found = cards(MethodPage.kind, _all_keys(page.language, filters), page.language)
    return csv_response(csv_of_cards(found, page.language, labels.TIERS), page.slug)


def _question(language: str, filters: MethodFilters, page: int, per_page: int = PER_PAGE) -> SearchRequest:
    return SearchRequest(
        language=language,
        kinds=(MethodPage.kind,),
        filters=filters.chosen,
        ordering=filters.cleaned_data["sort"],
        page=page,
        per_page=per_page,
        facets=MethodFilters.FILTERS,
        with_extracts=False,
    )


def _all_keys(language: str, filters: MethodFilters) -> list[str]:
    """The keys of the methods of the list on all its pages; of all methods, when search does not answer."""
    keys: list[str] = []
    for page in range(1, MOST_ROWS // ROWS_AT_ONCE + 1):
        result = search(replace(_question(language, filters, page, ROWS_AT_ONCE), facets=()))
        if not result.available:
            return list(_keys_by_title(language))
        keys += [hit.key for hit in result.hits]
        if len(keys) >= result.total or not result.hits:
            break
    return keys


def _without_kind(found: Iterable[Card]) -> list[Card]:
    """Every card here is a method, so none needs to say so."""
    return [replace(card, over="") for card in found]


def _from_database(language: str, filters: MethodFilters) -> ListPage:
    """All methods by their title in the language, when there is no search to filter them."""
    page = Paginator(_keys_by_title(language), PER_PAGE).get_page(filters.cleaned_data["page"])
    return ListPage(
        cards=_without_kind(cards(MethodPage.kind, page.object_list, language)),
        total=page.paginator.count,
        number=page.number,
        pages=page.paginator.num_pages,
        view=filters.cleaned_data["view"],
        views=view_links(filters),
        orderings=(),
        is_filterable=False,
    )


def _keys_by_title(language: str) -> QuerySet:
    translated = visible(MethodPage, language).filter(translation_key=OuterRef("translation_key")).values("title")[:1]
    by_title = visible(MethodPage, SOURCE_LANGUAGE).annotate(shown=Lower(Coalesce(Subquery(translated), "title")))
    return by_title.order_by("shown", "pk").values_list("key", flat=True)


def _facets(
    filters: MethodFilters, result: SearchResult, topics: dict[str, TopicLink], language: str
) -> tuple[Facet, ...]:
    """The filters, with what each value would leave and has without any choice."""
    chosen = filters.chosen
    everything = search(replace(_question(language, filters, 1, per_page=1), filters={})) if chosen else result

    def topic_word(key: str) -> tuple[str, str]:
        return (topics[key].title, topics[key].lang) if key in topics else ("", "")

    definitions = (
        FacetDefinition("topic", _("Topic"), topic_word, (), most_used_then_by_label(TOPICS_SHOWN), TOPICS_SHOWN),
        FacetDefinition("tier", _("Level"), lambda code: (str(labels.TIERS.get(code, "")), ""), (*labels.TIERS,)),
        FacetDefinition("evidence", _("Evidence"), _evidence_word, tuple(map(str, Evidence.values))),
        FacetDefinition("country", _("Country"), lambda code: (country_name(code), ""), order=by_label),
    )
    return build_facets(
        definitions,
        chosen=chosen,
        counts={name: dict(values) for name, values in result.facets.items()},
        offered={name: dict(values) for name, values in everything.facets.items()},
        total=everything.total,
    )


def _evidence_word(level: str) -> tuple[str, str]:
    known = level.isdecimal() and int(level) in Evidence.values
    return (str(labels.EVIDENCE[int(level)]) if known else "", "")
