"""What home, the dossiers and the plain pages show."""

from collections.abc import Iterable
from dataclasses import replace

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, Count, DateTimeField, F, IntegerField, Value, When
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.models import Page

from portal.core.cards import Card, links_of, mixed_cards
from portal.core.content.blocks import sources_shown
from portal.core.content.records import text_in
from portal.core.content.rich_text import as_markup
from portal.core.page_cache.cached_values import cached_until_publish
from portal.core.publishing.visibility import SOURCE_LANGUAGE, visible, visible_records
from portal.core.routing.structure import index_crumbs, index_path
from portal.home import dossiers
from portal.home.models import DossierIndexPage, DossierPage, HomePage, PlainPage
from portal.home.texts import body_of
from portal.methods.cards import newest_methods
from portal.methods.models import MethodIndexPage, MethodPage
from portal.organisations.models import CityIndexPage
from portal.organisations.selectors import cities_and_lines
from portal.projects.models import ProjectIndexPage, ProjectPage
from portal.topics.models import Topic
from portal.topics.selectors import chips
from portal.webinars.choices import RecordingState
from portal.webinars.models import Recording, WebinarIndexPage
from portal.webinars.public.cards import cards_of as recording_cards
from portal.webinars.schedule import is_upcoming, upcoming_condition
from portal.webinars.selectors import listed_recordings, public_recordings

NEWEST_METHODS = 6
DOSSIERS_AT_ONCE = 6
RECORDINGS_AT_ONCE = 3
# What a visitor may try in the question box: topics of the thesaurus, so that they are in her language.
TRIES = ("dual-diagnosis", "nuisance", "safe-space")
SECTIONS = {
    "methods": MethodIndexPage,
    "projects": ProjectIndexPage,
    "webinars": WebinarIndexPage,
    "dossiers": DossierIndexPage,
    "cities": CityIndexPage,
}


def home_page(page: HomePage, request: HttpRequest) -> dict:
    """What the start page shows in a language. Costs the same queries however much content there is."""
    language = page.language
    recordings = _next_or_latest()
    # What hardly ever changes is asked once until something does; what is next depends on the hour.
    lasting = cached_until_publish(("home", language), lambda: _lasting(language))
    return lasting | {
        "to_come": bool(recordings) and is_upcoming(recordings[0]),
        "recordings": recording_cards(recordings, language),
        "methods": [replace(card, over="") for card in newest_methods(NEWEST_METHODS, language)],
    }


def _lasting(language: str) -> dict:
    """The ways in, the words to try, the dossiers and the map, in a language."""
    urls = {name: path for name, model in SECTIONS.items() if (path := index_path(model, language))}
    return {
        "sections": urls,
        "doors": _doors(urls),
        "tries": _tries(language),
        "dossiers": dossiers.all_cards(language)[:DOSSIERS_AT_ONCE],
        "map": cities_and_lines(language),
    }


def _doors(urls: dict[str, str]) -> list[dict]:
    """The three ways in, each with how much is behind it; a section without an address has no door."""
    types = ContentType.objects.get_for_models(MethodPage, ProjectPage)
    rows = visible(Page, SOURCE_LANGUAGE).filter(content_type__in=[one.pk for one in types.values()]).order_by()
    counts = dict(rows.values_list("content_type").annotate(number=Count("pk")))
    doors = [
        {
            "name": "methods",
            "title": _("Methods"),
            "text": _("Ways of working in Mechelen: what each one does, what you need, and what is not known yet."),
            "count": counts.get(types[MethodPage].pk, 0),
        },
        {
            "name": "projects",
            "title": _("European projects"),
            "text": _("European projects and networks: partners, funding and results."),
            "count": counts.get(types[ProjectPage].pk, 0),
        },
        {
            "name": "webinars",
            "title": _("Webinars"),
            "text": _("Watch or read. Search every transcript and jump to the right moment."),
            "count": listed_recordings().count(),
        },
    ]
    return [door | {"url": urls[door["name"]]} for door in doors if door["name"] in urls]


def _tries(language: str) -> list[dict]:
    """Words to try in the question box, in the visitor's language where the thesaurus has them."""
    topics = {topic.key: topic for topic in visible_records(Topic).filter(key__in=TRIES)}
    found = []
    for key in TRIES:
        if key in topics:
            label, label_language = text_in(topics[key], "label", language)
            found.append({"label": label, "language": label_language})
    return found


def _next_or_latest() -> list[Recording]:
    """The sessions to come, the next one first; when there are none, the latest recordings, those to watch first.

    Examples are not offered here.
    """
    rank = Case(
        When(upcoming_condition(), then=Value(0)),
        When(state=RecordingState.RECORDED, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    ahead = Case(When(rank=0, then=F("event_start")), output_field=DateTimeField())
    near = public_recordings().filter(is_example=False, take_down=None).annotate(rank=rank)
    near = list(
        near.order_by("rank", ahead.asc(nulls_last=True), F("day").desc(nulls_last=True), "-pk")[:RECORDINGS_AT_ONCE]
    )
    return [one for one in near if is_upcoming(one)] or near


def dossier_index(page: DossierIndexPage, request: HttpRequest) -> dict:
    """All public dossiers as cards."""
    return {"cards": dossiers.all_cards(page.language)}


def dossier_page(page: DossierPage, request: HttpRequest) -> dict:
    """What the page of a dossier shows: its words, and under each section the cards of what to read.

    What to read is named by the Dutch page; a section of a translation is the one with the same identity.
    """
    original = page.original
    names = dict(zip((block.id for block in original.sections), dossiers.references_of(original), strict=True))
    references = tuple(name for own in names.values() for name in own)
    shown = cached_until_publish(
        ("dossier cards", page.language, references), lambda: mixed_cards(references, page.language)
    )
    card_of = {f"{card.kind}:{card.key}": card for card in shown}
    texts = as_markup([page.introduction, *(block.value["text"].source for block in page.sections)])
    sections = [
        {
            "id": f"part-{number}",
            "title": block.value["heading"],
            "html": html,
            "cards": _found(names.get(block.id, ()), card_of),
        }
        for number, (block, html) in enumerate(zip(page.sections, texts[1:], strict=True), 1)
    ]
    links = links_of(DossierPage.kind, page, page.language)
    sources = sources_shown(original.sources)
    return {
        "introduction": texts[0],
        "levels": _levels(original, page, sections),
        "sections": sections,
        "topics": chips(original.topics.all(), page.language),
        "links": links,
        "sources": sources,
        "crumbs": [*index_crumbs(DossierIndexPage, page.language), {"title": page.title}],
        "contents": [*sections, {"id": "sources", "title": _("Sources")} if sources else None],
    }


def _levels(original: DossierPage, page: DossierPage, sections: list[dict]) -> list[dict]:
    """The sections that are levels of work, as entries of the figure `levels`; one level makes no figure."""
    tiers = {block.id: block.value.get("tier") for block in original.sections}
    levels = [
        {
            "title": section["title"],
            "tier": tier,
            "url": f"#{section['id']}",
            "items": [{"title": card.title, "url": card.url, "lang": card.language} for card in section["cards"]],
        }
        for block, section in zip(page.sections, sections, strict=True)
        if (tier := tiers.get(block.id))
    ]
    return levels if len(levels) > 1 else []


def _found(references: Iterable[str], card_of: dict[str, Card]) -> list[Card]:
    return [card_of[reference] for reference in references if reference in card_of]


def plain_page(page: PlainPage, request: HttpRequest) -> dict:
    """What a plain page shows: its blocks, its headings as contents, its sources."""
    blocks = body_of(page)
    sources = sources_shown(page.original.sources)
    headings = [block for block in blocks if block["type"] == "heading"]
    return {
        "blocks": blocks,
        "sources": sources,
        "contents": [*headings, {"id": "sources", "title": _("Sources")} if sources else None] if headings else [],
    }
