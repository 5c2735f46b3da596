"""The page of all projects: those that the filters of its address leave, as cards, as a table or on the map."""

from dataclasses import dataclass

from django.db.models import Q, TextChoices
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from portal.core.content.countries import country_name
from portal.core.content.csv_table import csv_response
from portal.core.content.sorting import without_accents
from portal.core.facets import FacetDefinition, ListedThing, WordOf, by_label, most_used_first
from portal.core.lists.form import CARDS, MAP, TABLE
from portal.core.lists.page import ListPage, csv_of_cards, keep_understood, list_page_of, ordering_links, view_links
from portal.core.page_cache.cached_values import cached_until_publish
from portal.core.searchable import NOT_GIVEN
from portal.projects.choices import HomeCityRole, ProjectStatus, ProjectType
from portal.projects.forms import ProjectFilters
from portal.projects.models import ProjectIndexPage, ProjectPage
from portal.projects.public.cards import listed_card, shown_projects
from portal.projects.public.partners import country_of, partners_of
from portal.projects.public.project_map import ProjectMap, project_map
from portal.topics.selectors import topic_labels


@dataclass(frozen=True, kw_only=True)
class ProjectList(ListPage):
    """The page of all projects. `map` is there when it is shown."""

    map: ProjectMap | None = None


@dataclass(frozen=True)
class ListedProject(ListedThing):
    """A project of the list; `cities` are the keys of the cities that its map would show."""

    cities: frozenset[str]
    pk: int


def project_index(page: ProjectIndexPage, request: HttpRequest) -> ProjectList:
    """Return what the page of all projects shows."""
    form, listed, passing = _asked(page, request)
    keep_understood(request, form)
    # A map of one city says nothing.
    has_map = len({city for project in passing for city in project.cities}) > 1
    views = (CARDS, TABLE, MAP) if has_map else (CARDS, TABLE)
    shown = list_page_of(
        listed,
        form,
        _definitions(page.language),
        orderings=ordering_links(form, {"newest": _("Most recent"), "title": _("Name")}),
        views=view_links(form, views),
    )
    on_map = shown.view == MAP and has_map
    return ProjectList(
        **(vars(shown) | {"view": shown.view if on_map or shown.view != MAP else CARDS}),
        map=_map([project.pk for project in passing], page.language) if on_map else None,
    )


def project_file(page: ProjectIndexPage, request: HttpRequest) -> HttpResponse:
    """Return the projects that the filters of the address leave as CSV."""
    _form, _listed, passing = _asked(page, request)
    return csv_response(csv_of_cards((project.card for project in passing), page.language), page.slug)


def _asked(
    page: ProjectIndexPage, request: HttpRequest
) -> tuple[ProjectFilters, list[ListedProject], list[ListedProject]]:
    """Return the form of an address, all projects in its order, and those that pass its filters."""
    topics = topic_labels(page.language)
    form = ProjectFilters(request.GET, topic=lambda key: key in topics or key == NOT_GIVEN)
    listed = all_projects(page.language)
    if form.cleaned_data["sort"] == "title":
        listed = sorted(listed, key=lambda project: without_accents(project.card.title))
    return form, listed, [project for project in listed if project.passes(form.chosen)]


def all_projects(language: str) -> list[ListedProject]:
    """Return every public project in a language, the newest first; read once until something is published.

    A city takes part in some tens of projects at most, so that they are filtered here.
    """
    key = ("projects listed", language, translation.get_language())
    return cached_until_publish(key, lambda: _read_projects(language))


def _read_projects(language: str) -> list[ListedProject]:
    projects = shown_projects(Q(), language, every_language=True)
    originals = [shown.original for shown in projects]
    partners = partners_of(originals)
    keys: dict[int, list[str]] = {project.pk: [] for project in originals}
    outputs = ProjectPage.objects.filter(pk__in=keys).values_list("pk", "deliverables")
    made = {page: len(deliverables) for page, deliverables in outputs}
    topics = ProjectPage.topics.through.objects.filter(projectpage__in=originals, topic__live=True)
    for page, topic in topics.values_list("projectpage_id", "topic__key"):
        keys[page].append(topic)
    return [
        ListedProject(
            card=listed_card(shown, partners[shown.original.pk], made[shown.original.pk]),
            values=_values(shown.original)
            | {
                "topic": tuple(keys[shown.original.pk]),
                "country": tuple({country_of(one.organisation) for one in partners[shown.original.pk]} - {""}),
            },
            cities=_cities(project_map([shown], partners, language)),
            pk=shown.original.pk,
        )
        for shown in projects
    ]


def _values(project: ProjectPage) -> dict[str, tuple[str, ...]]:
    return {
        "type": (project.type,),
        "role": (project.home_city_role,) if project.home_city_role != HomeCityRole.UNKNOWN else (),
        "status": (project.status,) if project.status != ProjectStatus.UNKNOWN else (),
    }


def _cities(of_project: ProjectMap) -> frozenset[str]:
    """The cities of a map that says something: without a line there is none."""
    return frozenset(city.key for city in of_project.cities) if of_project.lines else frozenset()


def _map(pages: list[int], language: str) -> ProjectMap:
    """Return the map of some projects, given by the ids of their Dutch pages. Two queries."""
    projects = shown_projects(Q(pk__in=pages), language)
    return project_map(projects, partners_of([shown.original for shown in projects]), language)


def _definitions(language: str) -> list[FacetDefinition]:
    topics = topic_labels(language)

    def word_in(choices: type[TextChoices]) -> WordOf:
        words = dict(choices.choices)
        return lambda code: (str(capfirst(words.get(code, ""))), "")

    return [
        FacetDefinition("type", _("Kind"), word_in(ProjectType), tuple(ProjectType)),
        FacetDefinition(
            "topic",
            _("Topic"),
            lambda key: (topics[key].title, topics[key].lang) if key in topics else ("", ""),
            order=most_used_first,
        ),
        FacetDefinition("role", _("Role of Mechelen"), word_in(HomeCityRole), tuple(HomeCityRole)),
        FacetDefinition("status", _("Status"), word_in(ProjectStatus), tuple(ProjectStatus)),
        FacetDefinition("country", _("Country of a partner"), lambda code: (country_name(code), ""), order=by_label),
    ]
