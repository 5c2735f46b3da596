"""The page of all methods: those that the filters of its address leave, a page at a time."""

from dataclasses import dataclass, replace
from typing import Any

from django.core.paginator import Paginator
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce, Lower
from django.http import HttpRequest
from django.utils.translation import gettext as _

from portal.core.cards import PER_PAGE, Card, cards
from portal.core.content.countries import country_name
from portal.core.facets import Facet, WordOf, build_facet, by_label, most_used_then_by_label
from portal.core.publishing.visibility import SOURCE_LANGUAGE, visible
from portal.core.searchable import SearchRequest, SearchResult, search
from portal.methods.forms import MethodFilters
from portal.methods.models import MethodIndexPage, MethodPage
from portal.topics.selectors import TopicLink, topic_labels
from portal.ui import labels
from portal.ui.tiers_and_evidence import Evidence

TOPICS_SHOWN = 8


@dataclass(frozen=True)
class MethodIndexContext:
    """The page of all methods. Without search there is no filtering, and everything is listed from the database."""

    cards: list[Card]
    total: int
    number: int
    pages: int
    filtering: bool = False
    groups: tuple[Facet, ...] = ()
    narrowed: bool = False
    ordering: str = MethodFilters.ORDERINGS[0]


def method_index(page: MethodIndexPage, request: HttpRequest) -> MethodIndexContext:
    """Return what the page of all methods shows."""
    language = page.language
    topics = topic_labels(language)
    filters = MethodFilters(request.GET, topics=topics)
    wanted = filters.cleaned_data["page"]
    result = _search(language, filters, wanted)
    if not result.available:
        return _from_database(language, wanted)
    pages = max(1, -(-result.total // PER_PAGE))
    number = min(wanted, pages)
    if number != wanted:
        result = _search(language, filters, number)
    return MethodIndexContext(
        cards=_without_kind(cards(MethodPage.kind, [hit.key for hit in result.hits], language)),
        total=result.total,
        number=number,
        pages=pages,
        filtering=True,
        groups=_facets(filters, result, topics),
        narrowed=bool(filters.chosen),
        ordering=filters.cleaned_data["sort"],
    )


def _search(language: str, filters: MethodFilters, page: int) -> SearchResult:
    return search(
        SearchRequest(
            language=language,
            kinds=(MethodPage.kind,),
            filters=filters.chosen,
            ordering=filters.cleaned_data["sort"],
            page=page,
            per_page=PER_PAGE,
            facets=MethodFilters.FILTERS,
        )
    )


def _without_kind(found: list[Card]) -> list[Card]:
    """Every card here is a method, so none needs to say so."""
    return [replace(card, over="") for card in found]


def _from_database(language: str, number: int) -> MethodIndexContext:
    """All methods by their title in the language, when there is no search to filter them."""
    translated = visible(MethodPage, language).filter(translation_key=OuterRef("translation_key")).values("title")[:1]
    by_title = visible(MethodPage, SOURCE_LANGUAGE).annotate(shown=Lower(Coalesce(Subquery(translated), "title")))
    page = Paginator(by_title.order_by("shown", "pk").values_list("key", flat=True), PER_PAGE).get_page(number)
    return MethodIndexContext(
        cards=_without_kind(cards(MethodPage.kind, page.object_list, language)),
        total=page.paginator.count,
        number=page.number,
        pages=page.paginator.num_pages,
    )


def _facets(filters: MethodFilters, result: SearchResult, topics: dict[str, TopicLink]) -> tuple[Facet, ...]:
    """The filters. Every tier and every degree of evidence is offered, used or not."""
    evidence = {str(level): str(word) for level, word in Evidence.choices}

    def facet(name: str, label: str, word_of: WordOf, **options: Any) -> Facet:
        counts, chosen = dict(result.facets.get(name, ())), filters.cleaned_data[name]
        return build_facet(name, label, word_of=word_of, counts=counts, chosen=chosen, **options)

    def topic_word(key: str) -> tuple[str, str]:
        return (topics[key].title, topics[key].lang) if key in topics else ("", "")

    return (
        facet("tier", _("Level"), lambda code: (str(labels.TIERS.get(code, "")), ""), scale=labels.TIERS),
        facet("topic", _("Topic"), topic_word, order=most_used_then_by_label(TOPICS_SHOWN), shown=TOPICS_SHOWN),
        facet("evidence", _("Evidence"), lambda level: (evidence.get(level, ""), ""), scale=evidence),
        facet("country", _("Country"), lambda code: (country_name(code), ""), order=by_label),
    )
