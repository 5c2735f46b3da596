"""The context of the results page, made from the answer of the engine."""

from dataclasses import dataclass
from math import ceil

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.core.cards import Card, cards
from portal.core.facets import Facet
from portal.core.searchable import SearchRequest, SearchResult
from portal.organisations.contacts import ContactLink
from portal.topics.usage import keys_in_use
from portal.ui.addresses import query_with
from portal.ui.components.values import differs, marked
from portal.webinars.public.nearest import nearest_card
from search.results import no_results
from search.results.addresses import PATHS, search_url
from search.results.facets import facets
from search.results.hit_details import HitDetails, has_machine_translation, hit_details
from search.text_analysis.normalise import fold
from search.thesaurus.current_thesaurus import current_thesaurus
from search.thesaurus.thesaurus import Thesaurus

SYNONYMS_SHOWN = 6  # in the line "Also searched"
TOPICS_OFFERED = 12
TITLES_OF_KINDS = {
    "method": lambda: _("Methods"),
    "project": lambda: _("Projects"),
    "recording": lambda: _("Recordings"),
    "dossier": lambda: _("Guides"),
    "topic": lambda: _("Topics"),
    "organisation": lambda: _("Organisations"),
    "city": lambda: _("Cities"),
    "page": lambda: _("Pages"),
}


@dataclass(frozen=True)
class Word:
    """A word with the language that it is in."""

    text: str
    language: str


@dataclass(frozen=True)
class ConceptLine:
    """A concept that was recognised: its label, its page if any, and some of the synonyms that were searched."""

    label: str
    url: str
    synonyms: tuple[Word, ...]


@dataclass(frozen=True)
class Tab:
    """A kind of result with its number, as a link; "" is the kind of all of them.

    Recordings have no number: what can be watched, what is to come and what took place are not added up.
    """

    kind: str
    title: str
    count: int | None
    url: str
    is_current: bool


@dataclass(frozen=True)
class OrderingLink:
    """An ordering of the results, as a link."""

    title: str
    url: str
    is_current: bool


@dataclass(frozen=True)
class TopicLink:
    """A topic, as a link to its page or as a question; `lang` is set where its label is not in the page's language."""

    title: str
    url: str
    lang: str = ""
    count: int | None = None


@dataclass(frozen=True)
class ResultsContext:
    """What search/results.html shows."""

    search_request: SearchRequest
    result: SearchResult
    page_title: str
    is_narrowed: bool
    page: int
    pages: int
    tabs: list[Tab]
    orderings: list[OrderingLink]
    filters: tuple[Facet, ...]
    rows: list[HitDetails]
    concept_lines: tuple[ConceptLine, ...]
    topics: list[TopicLink]  # with the most results, when there is no question
    headings: list[TopicLink]  # when search is not available
    nearest: Card | None  # to watch, where no recording that was found can be
    has_rows_without_reason: bool
    has_machine_translation: bool
    # The same question in other ways.
    own_words_url: str
    synonyms_url: str
    suggestion_url: str
    without_filters_url: str
    feed_url: str
    csv_url: str
    hide_header_search: bool = True

    @property
    def has_no_question(self) -> bool:
        """Whether nothing was asked, so that the page explains how to search."""
        return not self.search_request.text and not self.is_narrowed


@dataclass(frozen=True)
class NoResultsContext:
    """What search/no_results.html adds for a question without a result."""

    broader: list[TopicLink]
    count_without_filters: int
    topics: list[TopicLink]
    contacts: list[ContactLink]
    about_url: str


def language_versions() -> dict[str, str]:
    """Return the address of the results page in each language; the language switch adds the question to it."""
    return {language: search_url(language) for language in PATHS}


def results_context(request: SearchRequest, result: SearchResult, query: QueryDict) -> ResultsContext:
    """Return the context of the results page; `query` is the address of the question."""
    thesaurus = current_thesaurus()
    pages = ceil(result.total / request.per_page)
    rows = hit_details(request, result, thesaurus)
    return ResultsContext(
        search_request=request,
        result=result,
        page_title=page_title(request),
        is_narrowed=bool(request.filters or request.kinds),
        page=min(max(1, request.page), pages or 1),
        pages=pages,
        tabs=_tabs(request, result, query),
        orderings=_orderings(request, query),
        filters=facets(request, result, thesaurus),
        rows=rows,
        concept_lines=_concept_lines(result, thesaurus, request.language),
        topics=[] if request.text else _topics(result, thesaurus, request.language),
        headings=[] if result.available else _headings(thesaurus, request.language),
        nearest=_nearest(request, result),
        has_rows_without_reason=any(row.without_reason for row in rows),
        has_machine_translation=has_machine_translation(result.hits),
        own_words_url=query_with(query, {"exact": "1"}),
        synonyms_url=query_with(query, {"exact": None}),
        suggestion_url=query_with(query, {"q": result.suggestion, "exact": None}),
        without_filters_url=query_with(query, dict.fromkeys((*request.filters, "kind"))),
        feed_url=reverse(f"search_feed_{request.language}") + query_with(query, {}),
        csv_url=reverse(f"search_table_{request.language}") + query_with(query, {}),
    )


def _nearest(request: SearchRequest, result: SearchResult) -> Card | None:
    """Return what to watch for somebody who looks for a recording and finds none that can be watched."""
    found = [hit for hit in result.hits if hit.kind == "recording"]
    is_asked_for = bool(found) or request.kinds == ("recording",)
    if not result.available or not is_asked_for or any("watch" in hit.filters.get("list", ()) for hit in found):
        return None
    topics = {topic for hit in found for topic in hit.filters.get("topic", ())}
    return nearest_card(request.language, topics | {concept.key for concept in result.concepts})


def no_results_context(request: SearchRequest, result: SearchResult) -> NoResultsContext:
    """Return the next steps for a question without a result."""
    thesaurus = current_thesaurus()
    broader = _broader(result, thesaurus, request.language)
    return NoResultsContext(
        broader=broader,
        count_without_filters=no_results.count_without_filters(request),
        topics=[] if broader else _topics(no_results.all_documents(request.language), thesaurus, request.language),
        contacts=no_results.contacts(request.language),
        about_url=no_results.about_url(request.language),
    )


def page_title(request: SearchRequest) -> str:
    """Return the title of a page or feed of this question."""
    return _("Search: %(question)s") % {"question": request.text} if request.text else _("Search")


def _concept_lines(result: SearchResult, thesaurus: Thesaurus, language: str) -> tuple[ConceptLine, ...]:
    """Return the recognised concepts, each with some synonyms: one of each language before a second of any."""
    lines = []
    with_page = [concept.key for concept in result.concepts if concept.key in keys_in_use()]
    pages = {card.key: card.url for card in cards("topic", with_page, language)}
    for recognised in result.concepts:
        concept = thesaurus.concepts.get(recognised.key)
        searched = {fold(synonym) for synonym in recognised.synonyms}
        languages = dict.fromkeys((language, *settings.CONTENT_LANGUAGES))
        columns = [[Word(text, code) for text in concept.words_in(code)] for code in languages] if concept else []
        synonyms: dict[str, Word] = {}
        for rank in range(max(map(len, columns), default=0)):
            for words in columns:
                if rank < len(words) and (folded := fold(words[rank].text)) in searched:
                    if folded != fold(recognised.label):
                        synonyms.setdefault(folded, words[rank])
        label = marked(recognised.label, thesaurus.label_with_language(recognised.key, language)[1])
        lines.append(ConceptLine(label, pages.get(recognised.key) or "", tuple(synonyms.values())[:SYNONYMS_SHOWN]))
    return tuple(lines)


def _tabs(request: SearchRequest, result: SearchResult, query: QueryDict) -> list[Tab]:
    """Return the kinds that have results, all of them first."""
    chosen = request.kinds[0] if len(request.kinds) == 1 else ""
    numbers = {"": sum(result.groups.values()), **result.groups}
    titles = {"": lambda: _("Everything")} | TITLES_OF_KINDS
    return [
        Tab(
            kind,
            title(),
            None if kind == "recording" else numbers.get(kind, 0),
            query_with(query, {"kind": kind or None}),
            is_current=kind == chosen and len(request.kinds) < 2,
        )
        for kind, title in titles.items()
        if not kind or numbers.get(kind) or kind == chosen
    ]


def _orderings(request: SearchRequest, query: QueryDict) -> list[OrderingLink]:
    """Return the orderings. Without a question there is no best answer."""
    titles = {"best": _("Relevance"), "newest": _("Most recent"), "title": _("Title")}
    current = request.ordering if request.text or request.ordering != "best" else "title"
    return [
        OrderingLink(title, query_with(query, {"sort": name if name != "best" else None}), name == current)
        for name, title in titles.items()
        if request.text or name != "best"
    ]


def _headings(thesaurus: Thesaurus, language: str) -> list[TopicLink]:
    """Return the topics that have no broader one, as links to their pages: a way in when search does not answer."""
    keys = [key for key, concept in thesaurus.concepts.items() if not concept.broader and key in keys_in_use()]
    return [TopicLink(card.title, card.url, differs(card.language)) for card in cards("topic", keys, language)]


def _topics(result: SearchResult, thesaurus: Thesaurus, language: str) -> list[TopicLink]:
    """Return the topics with the most documents, as questions to begin with."""
    counts = sorted(result.facets.get("topic", ()), key=lambda pair: -pair[1])
    labels = ((*thesaurus.label_with_language(key, language), count) for key, count in counts)
    links = [
        TopicLink(label, _question_url(language, label), differs(label_language), count)
        for label, label_language, count in labels
        if label
    ]
    return links[:TOPICS_OFFERED]


def _broader(result: SearchResult, thesaurus: Thesaurus, language: str) -> list[TopicLink]:
    """Return the topics above those that were recognised, as questions."""
    keys = [
        key
        for concept in result.concepts
        if concept.key in thesaurus.concepts
        for key in thesaurus.concepts[concept.key].broader
        if key in keys_in_use()
    ]
    labels = [thesaurus.label_with_language(key, language) for key in dict.fromkeys(keys)]
    return [TopicLink(label, _question_url(language, label), differs(code)) for label, code in labels if label]


def _question_url(language: str, question: str) -> str:
    query = QueryDict(mutable=True)
    query["q"] = question
    return f"{search_url(language)}?{query.urlencode()}"
