"""Projects as cards in lists of every room, and the page of all projects."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.core.cards import Card
from portal.core.publishing.visibility import SOURCE_LANGUAGE, ShownPage, shown_in, visible, without_texts
from portal.projects.choices import ProjectType
from portal.projects.models import ProjectIndexPage, ProjectPage, ProjectPartner
from portal.projects.public.facts import home_city_role_label, years
from portal.projects.public.partners import country_of, partners_of
from portal.projects.public.project_map import ProjectMap, project_map


@dataclass(frozen=True)
class ProjectGroup:
    """The projects of one type, under a heading with an anchor."""

    id: str
    title: str
    cards: list[Card]


@dataclass(frozen=True)
class ProjectIndexContext:
    """The page of all projects."""

    groups: list[ProjectGroup]
    map: ProjectMap


def public_projects() -> QuerySet[ProjectPage]:
    """Return the Dutch pages of the projects that a visitor may see: facts and relations are theirs."""
    return visible(ProjectPage, SOURCE_LANGUAGE).select_related("locale")


def shown_projects(which: Q, language: str, *, every_language: bool = False, **annotations: Any) -> list[ShownPage]:
    """Return the public projects that match `which`, the newest first, those without a start last. One query."""
    pages = without_texts(ProjectPage.objects.annotate(**annotations))
    projects = shown_in(language, pages, which, every_language=every_language)
    return sorted(projects, key=lambda shown: (shown.original.start or "0", shown.original.title), reverse=True)


def project_cards(keys: Iterable[str], language: str) -> list[Card]:
    """Return the cards of the projects with these keys, newest first."""
    return [project_card(shown) for shown in shown_projects(Q(key__in=list(keys)), language)]


def project_card(shown: ShownPage, partners: Iterable[ProjectPartner] = (), languages: Iterable[str] = ()) -> Card:
    """Return the card of a project. On the index page it also counts its partners and names its languages."""
    project = shown.original
    role = home_city_role_label(project)
    if role and not project.is_certain("home_city_role"):
        role = _("%(value)s (to be confirmed)") % {"value": role}
    foot = (
        years(project),
        _("Mechelen: %(role)s") % {"role": role} if role else "",
        _number_of_partners(list(partners)),
    )
    return Card(
        kind=ProjectPage.kind,
        key=project.key,
        title=shown.page.title,
        url=shown.page.get_url() or "",
        lead=shown.page.lead,
        language=shown.language,
        over=" · ".join(part for part in (capfirst(project.get_type_display()), shown.page.programme) if part),
        foot=tuple(line for line in foot if line),
        languages=tuple(languages),
    )


def _number_of_partners(partners: list[ProjectPartner]) -> str:
    """Say how many partners are named, in how many countries. A network has more members than are named here."""
    if not partners:
        return ""
    countries = len({country_of(partner.organisation) for partner in partners} - {""})
    number = len(partners)
    named_here = ngettext("%(count)d partner named", "%(count)d partners named", number) % {"count": number}
    if not countries:
        return named_here
    where = ngettext("%(count)d country", "%(count)d countries", countries) % {"count": countries}
    return _("%(partners)s, %(countries)s") % {"partners": named_here, "countries": where}


def project_index(page: ProjectIndexPage, request: HttpRequest) -> ProjectIndexContext:
    """Return what the page of all projects shows."""
    return all_projects(page.language)


def all_projects(language: str) -> ProjectIndexContext:
    """Return every public project in a language, by type and on the map. Three queries however many there are."""
    projects = shown_projects(Q(), language, every_language=True)
    partners = partners_of([shown.original for shown in projects])
    return ProjectIndexContext(_groups(projects, partners), project_map(projects, partners, language))


def _groups(projects: list[ShownPage], partners: dict[int, list[ProjectPartner]]) -> list[ProjectGroup]:
    """Projects, networks and partnerships, each with their cards; a type without any is left out."""
    by_type = defaultdict(list)
    for shown in projects:
        by_type[shown.original.type].append(project_card(shown, partners[shown.original.pk], shown.languages))
    headings = {
        ProjectType.PROJECT: _("Projects"),
        ProjectType.NETWORK: _("Networks"),
        ProjectType.PARTNERSHIP: _("Partnerships"),
    }
    return [
        ProjectGroup(f"group-{project_type}", heading, by_type[project_type])
        for project_type, heading in headings.items()
        if by_type[project_type]
    ]
