"""Guides to problems (dossiers) as other pages show them: as cards, and beside the things that they contain."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.blocks.stream_block import StreamValue

from portal.core.cards import Card, Links
from portal.core.content.sorting import without_accents
from portal.core.page_cache.cached_values import cached_until_publish
from portal.core.publishing.visibility import SOURCE_LANGUAGE, ShownWords, words_in
from portal.home.models import DossierPage
from portal.topics.models import Topic
from portal.ui import labels


@dataclass(frozen=True)
class DossierSummary:
    """A public guide in a language: its card, the id of its Dutch page, and what it refers to, like "method:pim"."""

    card: Card
    pk: int
    references: frozenset[str]


def dossier_summaries(language: str) -> list[DossierSummary]:
    """Return every public guide in a language by its title there; read once until something is published.

    Editors put guides together by hand, so they stay few.
    """
    return cached_until_publish(("dossiers", language), lambda: _read_summaries(language))


def _read_summaries(language: str) -> list[DossierSummary]:
    summaries = [_summary(words) for words in words_in(language, DossierPage, Q(), "sections", every_language=True)]
    return sorted(summaries, key=lambda summary: without_accents(summary.card.title))


def _summary(words: ShownWords) -> DossierSummary:
    references = [reference for of_section in references_of(words.facts.sections) for reference in of_section]
    return DossierSummary(_card(words, len(references)), words.facts.pk, frozenset(references))


def references_of(sections: StreamValue) -> list[list[str]]:
    """Return what each section of a dossier refers to, like "method:pim", in reading order."""
    return [
        [line.strip() for line in (block.value.get("items") or "").splitlines() if line.strip()] for block in sections
    ]


def chosen_cards(pages: Sequence[int], number: int, language: str) -> list[Card]:
    """Return the cards of the public guides among these Dutch pages, in their order; without any, the first ones."""
    by_page = {summary.pk: summary.card for summary in dossier_summaries(language)}
    chosen = [by_page[page] for page in pages if page in by_page] or list(by_page.values())
    return chosen[:number]


def dossier_cards(keys: Iterable[str], language: str) -> list[Card]:
    """Return the cards of the public guides among these keys."""
    keys = set(keys)
    return [summary.card for summary in dossier_summaries(language) if summary.card.key in keys]


def _card(words: ShownWords, number: int) -> Card:
    return Card(
        kind=DossierPage.kind,
        key=words.facts.key,
        title=words.title,
        url=words.url,
        lead=words.lead,
        language=words.language,
        over=str(labels.KINDS[DossierPage.kind]),
        foot=_foot(number),
        languages=words.languages,
    )


def _foot(number: int) -> tuple[str, ...]:
    if not number:
        return ()
    return (ngettext("%(number)d page", "%(number)d pages", number) % {"number": number},)


def dossiers_with(kind: str) -> Callable[[Any, str], Links | None]:
    """Return a function for `register_links` that returns the guides that refer to a thing of `kind`."""

    def dossiers_of(thing: Any, language: str) -> Links | None:
        reference = f"{kind}:{thing.key}"
        return _links(summary for summary in dossier_summaries(language) if reference in summary.references)

    return dossiers_of


def dossiers_of_topic(topic: Topic, language: str) -> Links | None:
    """Return the guides on a topic, and those that refer to it."""
    on_topic = set(topic.dossiers.filter(locale__language_code=SOURCE_LANGUAGE).values_list("key", flat=True))
    return _links(
        summary
        for summary in dossier_summaries(language)
        if summary.card.key in on_topic or f"topic:{topic.key}" in summary.references
    )


def _links(summaries: Iterable[DossierSummary]) -> Links | None:
    cards = tuple(replace(summary.card, over="") for summary in summaries)
    return Links(_("Guides by problem"), cards) if cards else None


def topics_of_public_dossiers() -> list[QuerySet]:
    """Return queries of the ids of the topics under which `dossiers_of_topic` lists a guide."""
    # They are the same in every language: those of the page that is asked for are read anyway.
    language = translation.get_language()
    summaries = dossier_summaries(language if language in settings.CONTENT_LANGUAGES else SOURCE_LANGUAGE)
    references = (reference for summary in summaries for reference in summary.references)
    named = [key for kind, _colon, key in (reference.partition(":") for reference in references) if kind == Topic.kind]
    on_topic = DossierPage.topics.through.objects.filter(dossierpage__in=[summary.pk for summary in summaries])
    return [on_topic.values("topic_id"), Topic.objects.filter(key__in=named).order_by().values("pk")]
