"""The page of a guide to a problem (dossier)."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from portal.core.ask_links import PublishedAnswer, ask_url, public_questions
from portal.core.cards import Card, Links, links_of, mixed_cards
from portal.core.content.blocks import sources_shown
from portal.core.content.rich_text import as_markup
from portal.core.page_cache.cached_values import cached_until_publish
from portal.core.routing.structure import index_crumbs
from portal.home.models import DossierIndexPage, DossierPage
from portal.home.public.dossiers import references_of
from portal.links.selectors import with_link_notes
from portal.topics.selectors import TopicLink, topic_links


@dataclass(frozen=True)
class DossierSection:
    """A section of a guide: its words as markup, and the cards of what to read."""

    id: str
    title: str
    html: SafeString
    cards: list[Card]


@dataclass(frozen=True)
class Level:
    """A section that is a level of work, as an entry of the figure `levels`."""

    title: str
    tier: str
    url: str
    items: list[dict]


@dataclass(frozen=True)
class HelpLine:
    """Where somebody finds help; `source` says where the portal has that from."""

    name: str
    text: str
    phone: str
    url: str
    source: dict


@dataclass(frozen=True)
class DossierContext:
    """The page of a guide. `links` are what other rooms link to it.

    `for_professionals` is whether the page begins with a note that says so; `help_lines` are shown in it.
    """

    for_professionals: bool
    help_lines: list[HelpLine]
    ask: str
    introduction: SafeString
    levels: list[Level]
    sections: list[DossierSection]
    topics: list[TopicLink]
    links: list[Links]
    answers: tuple[PublishedAnswer, ...]
    sources: list[dict]
    crumbs: list[dict]
    contents: list[DossierSection | dict]


def dossier_page(page: DossierPage, request: HttpRequest) -> DossierContext:
    """Return what the page of a guide shows."""
    original, language = page.original, page.language
    about = f"{DossierPage.kind}:{original.key}"
    texts = as_markup([page.introduction, *(block.value["text"].source for block in page.sections)])
    sections = _sections(page, texts[1:])
    sources = with_link_notes(sources_shown(original.sources))
    answers = public_questions(about, language).answers
    return DossierContext(
        for_professionals=original.for_professionals,
        help_lines=_help_lines(page),
        ask=ask_url(language, about),
        introduction=texts[0],
        levels=_levels(page, sections),
        sections=sections,
        topics=topic_links(original.topics.all(), language),
        links=links_of(DossierPage.kind, page, language),
        answers=answers,
        sources=sources,
        crumbs=[*index_crumbs(DossierIndexPage, language), {"title": page.title}],
        contents=[*sections, *_contents_below(answers, sources)],
    )


def _contents_below(answers: Collection[PublishedAnswer], sources: Collection[dict]) -> Iterator[dict]:
    """What stands below the sections of a guide, as entries of its contents."""
    if answers:
        yield {"id": "answers", "title": _("Questions and answers")}
    if sources:
        yield {"id": "sources", "title": _("Sources")}


def _help_lines(page: DossierPage) -> list[HelpLine]:
    """The lines in the language of the page; numbers, addresses and sources are those of the Dutch one."""
    original = page.original
    shown = dict(zip((block.value["key"] for block in original.sources), sources_shown(original.sources), strict=True))
    general = {"title": _("General knowledge of the field, not confirmed by the department yet"), "url": ""}
    facts = {block.id: block.value for block in original.help_lines}
    return [
        HelpLine(
            name=block.value["name"],
            text=block.value["text"],
            phone=facts[block.id]["phone"] or "",
            url=facts[block.id]["url"] or "",
            source=shown.get(facts[block.id]["source"] or "", general),
        )
        for block in page.help_lines
        if block.id in facts
    ]


def _sections(page: DossierPage, texts: Iterable[SafeString]) -> list[DossierSection]:
    """The sections of a page in its language.

    What to read is named by the Dutch page; a section of a translation is the one with the same identity.
    """
    original = page.original
    by_section = dict(zip((block.id for block in original.sections), references_of(original.sections), strict=True))
    references = tuple(reference for of_section in by_section.values() for reference in of_section)
    cards = cached_until_publish(
        ("dossier cards", page.language, references), lambda: mixed_cards(references, page.language)
    )
    card_of = {f"{card.kind}:{card.key}": card for card in cards}
    return [
        DossierSection(
            id=f"part-{number}",
            title=block.value["heading"],
            html=html,
            cards=_cards(by_section.get(block.id, ()), card_of),
        )
        for number, (block, html) in enumerate(zip(page.sections, texts, strict=True), 1)
    ]


def _cards(references: Iterable[str], card_of: Mapping[str, Card]) -> list[Card]:
    return [card_of[reference] for reference in references if reference in card_of]


def _levels(page: DossierPage, sections: list[DossierSection]) -> list[Level]:
    """The sections that are levels of work; a single one makes no figure. The Dutch page says which they are."""
    tiers = {block.id: block.value.get("tier") for block in page.original.sections}
    levels = [
        Level(
            title=section.title,
            tier=tier,
            url=f"#{section.id}",
            items=[{"title": card.title, "url": card.url, "lang": card.language} for card in section.cards],
        )
        for block, section in zip(page.sections, sections, strict=True)
        if (tier := tiers.get(block.id))
    ]
    return levels if len(levels) > 1 else []
