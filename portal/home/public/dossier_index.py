"""The page of all problems: the guides that the filters of its address leave, as cards or as a table."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.core.cards import CITY, COST, EVIDENCE, Card, CardLine, cards
from portal.core.content.csv_table import csv_response
from portal.core.facets import FacetDefinition, ListedThing, most_used_first
from portal.core.lists.page import ListPage, csv_of_cards, keep_understood, list_page_of
from portal.core.page_cache.cached_values import cached_until_publish
from portal.core.searchable import NOT_GIVEN
from portal.home.forms import DossierFilters
from portal.home.models import DossierIndexPage, DossierPage
from portal.home.public.dossiers import DossierSummary, dossier_summaries
from portal.methods.models import MethodPage
from portal.topics.selectors import topic_labels


def dossier_index(page: DossierIndexPage, request: HttpRequest) -> ListPage:
    """Return what the page of all problems shows."""
    form = _form(page, request)
    keep_understood(request, form)
    topics = topic_labels(page.language)
    by_topic = FacetDefinition(
        "topic",
        _("Topic"),
        lambda key: (topics[key].title, topics[key].lang) if key in topics else ("", ""),
        order=most_used_first,
    )
    return list_page_of(_listed(page.language), form, [by_topic])


def dossier_file(page: DossierIndexPage, request: HttpRequest) -> HttpResponse:
    """Return the guides that the filters of the address leave as CSV."""
    chosen = _form(page, request).chosen
    found = (guide.card for guide in _listed(page.language) if guide.passes(chosen))
    return csv_response(csv_of_cards(found, page.language), page.slug)


def _form(page: DossierIndexPage, request: HttpRequest) -> DossierFilters:
    topics = topic_labels(page.language)
    return DossierFilters(request.GET, topic=lambda key: key in topics or key == NOT_GIVEN)


def _listed(language: str) -> list[ListedThing]:
    """Return every public guide by its title; read once until something is published."""
    return cached_until_publish(("guides listed", language, translation.get_language()), lambda: _read(language))


def _read(language: str) -> list[ListedThing]:
    summaries = dossier_summaries(language)
    methods = {summary.pk: _keys_of_methods(summary) for summary in summaries}
    found = {
        card.key: card for card in cards(MethodPage.kind, {key for keys in methods.values() for key in keys}, language)
    }
    topics = defaultdict(list)
    on_topics = DossierPage.topics.through.objects.filter(dossierpage__in=methods, topic__live=True)
    for page, key in on_topics.values_list("dossierpage_id", "topic__key"):
        topics[page].append(key)
    return [
        ListedThing(
            _card(summary, [found[key] for key in methods[summary.pk] if key in found]), {"topic": topics[summary.pk]}
        )
        for summary in summaries
    ]


def _keys_of_methods(summary: DossierSummary) -> list[str]:
    pairs = (reference.partition(":") for reference in sorted(summary.references))
    return [key for kind, _colon, key in pairs if kind == MethodPage.kind]


def _card(summary: DossierSummary, methods: Sequence[Card]) -> Card:
    """Return the card of a guide, with what is known of the methods in it."""
    kinds = Counter(reference.partition(":")[0] for reference in summary.references)
    others = sum(kinds.values()) - kinds[MethodPage.kind]
    contents = (
        ngettext("%(number)d method", "%(number)d methods", len(methods)) % {"number": len(methods)} if methods else "",
        ngettext("%(number)d other page", "%(number)d other pages", others) % {"number": others} if others else "",
    )
    cities = dict.fromkeys(method.lines[CITY].text for method in methods)
    lines = (
        CardLine(_("Contains"), ", ".join(part for part in contents if part)),
        CardLine(_("City"), ", ".join(city for city in cities if city)),
        CardLine(_("Cost"), _known_of(sum(bool(method.lines[COST].text) for method in methods), methods)),
        CardLine(_("Evidence"), _known_of(sum(bool(method.lines[EVIDENCE].evidence) for method in methods), methods)),
    )
    return replace(
        summary.card,
        over="",
        foot=(),
        lines=lines,
        says_what_failed=any(method.says_what_failed for method in methods),
    )


def _known_of(number: int, methods: Sequence[Card]) -> str:
    """Say of how many of the methods something is known; "" when it is of none."""
    if not number:
        return ""
    return ngettext(
        "known of %(number)d of %(total)d method", "known of %(number)d of %(total)d methods", len(methods)
    ) % {"number": number, "total": len(methods)}
