"""The start page of a language. Everything that it promises is a query, so that it promises what there is."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from portal.core.ask_links import ask_url
from portal.core.cards import Card
from portal.core.content.records import text_in
from portal.core.models import BasePage
from portal.core.page_cache.cached_values import cached_until_publish
from portal.core.publishing.visibility import visible_records
from portal.core.routing.structure import index_path
from portal.home.blocks import MOST_FLAGSHIPS, MOST_PROBLEMS
from portal.home.models import ChangesPage, DossierIndexPage, HomePage, PlainPage
from portal.home.news import NewsLine, latest_news
from portal.home.public import dossiers
from portal.home.public.next_step import NextStep, next_step
from portal.home.public_pages import PublicPage, public_pages
from portal.methods.cards import cards_of_pages
from portal.methods.models import MethodIndexPage, MethodPage
from portal.organisations.choices import HOME_SERVICE
from portal.organisations.selectors import NamedLink, organisation_link, organisations_by_id_or_key
from portal.projects.models import ProjectIndexPage, ProjectPage
from portal.topics.models import Topic
from portal.topics.usage import holds_something
from portal.ui.tiers_and_evidence import Evidence
from portal.webinars.models import WebinarIndexPage

NEWS_SHOWN = 4
ABOUT = "over"  # the key of the page about the department
# Examples under the question box: topics of the thesaurus, so that they are in the visitor's language.
EXAMPLE_TOPICS = ("dual-diagnosis", "nuisance", "safe-space")
SECTIONS = {
    "methods": MethodIndexPage,
    "projects": ProjectIndexPage,
    "webinars": WebinarIndexPage,
    "problems": DossierIndexPage,
    "changes": ChangesPage,
}


@dataclass(frozen=True)
class ExampleQuestion:
    """A question to try, with the language it is in."""

    label: str
    language: str


@dataclass(frozen=True)
class BehindIt:
    """Who makes the portal: the service with what it does, and the page about it."""

    service: NamedLink | None
    description: str
    description_language: str
    about: NamedLink | None


@dataclass(frozen=True)
class HomeContext:
    """The start page. `sections` are the paths of the index pages by name; `tries` are questions to try."""

    headline: str
    sections: dict[str, str]
    tries: list[ExampleQuestion]
    problems: list[Card]
    next_step: NextStep
    flagships: list[Card]
    number_of_methods: int
    number_of_projects: int
    news: list[NewsLine]
    behind_it: BehindIt
    ask: str
    hide_header_search: bool = True


def home_page(page: HomePage, request: HttpRequest) -> HomeContext:
    """Return what the start page shows. The same number of queries however much content there is."""
    language, original = page.language, page.original
    pages = public_pages(language)
    news = cached_until_publish(("home news", language), lambda: latest_news(language, NEWS_SHOWN))
    return HomeContext(
        headline=_headline(pages),
        sections={name: path for name, model in SECTIONS.items() if (path := index_path(model, language))},
        tries=cached_until_publish(("home tries", language), lambda: _example_questions(language)),
        problems=dossiers.chosen_cards(_chosen(original.problems), MOST_PROBLEMS, language),
        next_step=next_step(language),
        flagships=_flagships(_chosen(original.flagships), language),
        number_of_methods=_number(pages, MethodPage),
        number_of_projects=_number(pages, ProjectPage),
        news=news,
        behind_it=_behind_it(pages, language),
        ask=ask_url(language),
    )


def _headline(pages: Iterable[PublicPage]) -> str:
    """The question that a visitor comes with. Of methods that nobody evaluated it does not say that they work."""
    if any((page.evidence_level or 0) >= Evidence.EVALUATED for page in pages):
        return _("What works here, and would it work for you?")
    return _("What does Mechelen do, and would it work for you?")


def _number(pages: Iterable[PublicPage], model: type[BasePage]) -> int:
    return sum(page.kind == model.kind for page in pages)


def _chosen(pages: Any) -> tuple[int, ...]:
    """The ids of the pages that staff chose, without reading the pages."""
    return tuple(block["value"] for block in pages.raw_data if block["value"])


def _flagships(chosen: tuple[int, ...], language: str) -> list[Card]:
    """The cards of the chosen methods that are public, in the order of the choice."""

    def read() -> list[Card]:
        return [replace(card, over="") for card in cards_of_pages(chosen[:MOST_FLAGSHIPS], language)]

    return cached_until_publish(("home flagships", language, chosen), read) if chosen else []


def _behind_it(pages: Iterable[PublicPage], language: str) -> BehindIt:
    service = organisations_by_id_or_key([HOME_SERVICE]).get(HOME_SERVICE)
    service = service if service and service.live else None
    description, description_language = text_in(service, "description", language) if service else ("", language)
    about = next((page for page in pages if page.kind == PlainPage.kind and page.key == ABOUT), None)
    return BehindIt(
        service=organisation_link(service, language) if service else None,
        description=description,
        description_language=description_language,
        about=NamedLink(about.title, about.url, about.language) if about else None,
    )


def _example_questions(language: str) -> list[ExampleQuestion]:
    """The example topics under which something is found."""
    labels = [f"{Topic.title_field}_{code}" for code, _name in settings.LANGUAGES]
    topics = visible_records(Topic).filter(holds_something(), key__in=EXAMPLE_TOPICS)
    examples = {topic.key: topic for topic in topics.values_list("key", *labels, named=True)}
    return [
        ExampleQuestion(*text_in(examples[key], Topic.title_field, language))
        for key in EXAMPLE_TOPICS
        if key in examples
    ]
