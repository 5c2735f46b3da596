"""What the results page shows, made from the answer of the engine."""

from dataclasses import dataclass
from math import ceil

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.core.cards import cards
from portal.core.facets import Facet, build_facet, chosen_first, in_the_given_order, latest_year_first, most_used_first
from portal.core.searchable import SearchRequest, SearchResult
from portal.ui import vocabulary
from portal.ui.addresses import query_with
from portal.ui.components.values import differs, marked
from search.question.current_thesaurus import current_thesaurus
from search.question.normalise import fold
from search.question.thesaurus import Thesaurus
from search.results import no_results
from search.results.addresses import PATHS, search_url
from search.results.facet_labels import facet_words
from search.results.rows import rows, some_by_machine

WORDS_TOLD = 6  # other words that the line "also searched" names
TOPICS_OFFERED = 12
KIND_WORDS = {
    "method": lambda: _("Methods"),
    "project": lambda: _("Projects"),
    "recording": lambda: _("Recordings"),
    "dossier": lambda: _("Dossiers"),
    "topic": lambda: _("Topics"),
    "organisation": lambda: _("Organisations"),
    "city": lambda: _("Cities"),
    "page": lambda: _("Pages"),
}


@dataclass(frozen=True)
class ToldWord:
    """A word with the language it is in."""

    text: str
    language: str


@dataclass(frozen=True)
class Told:
    """A concept that was understood: its label, its page if any, and some of the other words that were searched."""

    label: str
    url: str
    words: tuple[ToldWord, ...]


def versions(query: QueryDict) -> dict[str, str]:
    """The same question on the results page of each language, for the language switch; at the first page."""
    kept = query.copy()
    kept.pop("page", None)
    tail = f"?{kept.urlencode()}" if kept else ""
    return {language: search_url(language) + tail for language in PATHS}


def context(asked: SearchRequest, result: SearchResult, query: QueryDict) -> dict:
    """Everything the template needs."""
    thesaurus = current_thesaurus()
    pages = ceil(result.total / asked.per_page)
    narrowed = bool(asked.filters or asked.kinds)
    shown = rows(asked, result, thesaurus)
    return {
        "asked": asked,
        "result": result,
        "page_title": title(asked),
        "hide_header_search": True,
        "begin": not asked.text and not narrowed,
        "narrowed": narrowed,
        "told": told(result, thesaurus, asked.language),
        "only_own_words": query_with(query, {"exact": "1"}),
        "other_words_too": query_with(query, {"exact": None}),
        "suggestion_address": query_with(query, {"q": result.suggestion, "exact": None}),
        "without_filters": query_with(query, dict.fromkeys((*asked.filters, "kind"))),
        "groups": groups(asked, result, query),
        "sorts": sorts(asked, query),
        "filters": facets(asked, result, thesaurus),
        "page": min(max(1, asked.page), pages or 1),
        "pages": pages,
        "rows": shown,
        "some_elsewhere": any(row.elsewhere for row in shown),
        "some_by_machine": some_by_machine(result.hits),
        "topics": topics(result, thesaurus, asked.language) if not asked.text else (),
        "headings": headings(thesaurus, asked.language) if not result.available else (),
        "feed_address": reverse(f"search_feed_{asked.language}") + query_with(query, {}),
        "table_address": reverse(f"search_table_{asked.language}") + query_with(query, {}),
    }


def title(asked: SearchRequest) -> str:
    """What a page or feed of this question is called."""
    return _("Search: %(question)s") % {"question": asked.text} if asked.text else _("Search")


def nothing_found(asked: SearchRequest, result: SearchResult) -> dict:
    """The next steps for the page without a result."""
    thesaurus = current_thesaurus()
    above = broader(result, thesaurus, asked.language)
    return {
        "broader": above,
        "without_filters_count": no_results.without_filters(asked),
        "topics": () if above else topics(no_results.everything(asked), thesaurus, asked.language),
        "people": no_results.people(asked.language),
        "about_url": no_results.about_url(asked.language),
    }


def told(result: SearchResult, thesaurus: Thesaurus, language: str) -> tuple[Told, ...]:
    """The concepts with at most `WORDS_TOLD` of their other words: one of each language before a second of any."""
    found = []
    pages = {card.key: card.url for card in cards("topic", [one.key for one in result.understood], language)}
    for one in result.understood:
        concept = thesaurus.concepts.get(one.key)
        wanted = {fold(word) for word in one.words}
        languages = dict.fromkeys((language, *settings.CONTENT_LANGUAGES))
        lists = [[ToldWord(text, code) for text in concept.words_in(code)] for code in languages] if concept else []
        words: dict[str, ToldWord] = {}
        for rank in range(max(map(len, lists), default=0)):
            for row in lists:
                if rank < len(row) and (name := fold(row[rank].text)) in wanted and name != fold(one.label):
                    words.setdefault(name, row[rank])
        label = marked(one.label, thesaurus.labelled(one.key, language)[1])
        found.append(Told(label, pages.get(one.key) or "", tuple(words.values())[:WORDS_TOLD]))
    return tuple(found)


def groups(asked: SearchRequest, result: SearchResult, query: QueryDict) -> list[dict]:
    """The kinds with how many answers each has, as links; all of them first."""
    chosen = asked.kinds[0] if len(asked.kinds) == 1 else ""
    found = [
        {
            "title": _("Everything"),
            "count": sum(result.groups.values()),
            "url": query_with(query, {"kind": None}),
            "kind": "",
        }
    ]
    for kind, word in KIND_WORDS.items():
        if result.groups.get(kind) or kind == chosen:
            address = query_with(query, {"kind": kind})
            found.append({"title": word(), "count": result.groups.get(kind, 0), "url": address, "kind": kind})
    return [group | {"current": group["kind"] == chosen and len(asked.kinds) < 2} for group in found]


def sorts(asked: SearchRequest, query: QueryDict) -> list[dict]:
    """The orders as links. Without a question there is no best answer."""
    words = {"best": _("Relevance"), "newest": _("Most recent"), "title": _("Title")}
    current = asked.sort if asked.text or asked.sort != "best" else "title"
    return [
        {
            "title": word,
            "url": query_with(query, {"sort": name if name != "best" else None}),
            "current": name == current,
        }
        for name, word in words.items()
        if asked.text or name != "best"
    ]


def facets(asked: SearchRequest, result: SearchResult, thesaurus: Thesaurus) -> list[Facet]:
    """The filters that have something to choose; a chosen value stays visible without any answer."""
    labels = {
        "tier": _("Level"),
        "topic": _("Topic"),
        "evidence": _("Evidence"),
        "country": _("Country"),
        "year": _("Year"),
        "language": _("Language"),
    }
    words = facet_words(thesaurus, asked.language)
    shown = []
    for name, label in labels.items():
        counts, chosen = dict(result.facets.get(name, ())), asked.filters.get(name, ())
        facet = build_facet(
            name,
            label,
            word_of=words[name],
            counts=counts,
            chosen=chosen,
            scale=[value for value in SCALES.get(name, ()) if value in counts or value in chosen],
            order=_ORDERS.get(name, most_used_first),
        )
        if facet.options:
            shown.append(facet)
    return shown


SCALES = {
    "tier": tuple(vocabulary.TIERS),
    "evidence": tuple(str(level) for level in range(len(vocabulary.EVIDENCE))),
}
_ORDERS = {"tier": in_the_given_order, "evidence": in_the_given_order, "year": chosen_first(latest_year_first)}


def headings(thesaurus: Thesaurus, language: str) -> list[dict]:
    """The topics that have no broader one, as links to their pages: a way in when search does not answer."""
    keys = [key for key, concept in thesaurus.concepts.items() if not concept.broader]
    return [
        {"title": card.title, "url": card.url, "lang": differs(card.language)}
        for card in cards("topic", keys, language)
    ]


def topics(result: SearchResult, thesaurus: Thesaurus, language: str) -> list[dict]:
    """The topics with the most things under them, as questions to begin with."""
    counts = sorted(result.facets.get("topic", ()), key=lambda pair: -pair[1])
    found = [(*thesaurus.labelled(key, language), count) for key, count in counts]
    return [
        {"title": label, "url": _ask(language, label), "count": count, "lang": differs(spoken)}
        for label, spoken, count in found
        if label
    ][:TOPICS_OFFERED]


def broader(result: SearchResult, thesaurus: Thesaurus, language: str) -> list[dict]:
    """The topics above those that were understood, as questions."""
    keys = [
        key for one in result.understood for key in thesaurus.concepts[one.key].broader if one.key in thesaurus.concepts
    ]
    labels = [thesaurus.labelled(key, language) for key in dict.fromkeys(keys)]
    return [{"title": label, "url": _ask(language, label), "lang": differs(code)} for label, code in labels if label]


def _ask(language: str, question: str) -> str:
    query = QueryDict(mutable=True)
    query["q"] = question
    return f"{search_url(language)}?{query.urlencode()}"
