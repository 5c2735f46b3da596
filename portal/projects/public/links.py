"""What projects link to the things of other rooms (portal/core/cards.py), and to the map of cities."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce
from django.utils.html import conditional_escape, escape, format_html_join
from django.utils.safestring import mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from portal.core.cards import Card, Links, PagedLinks
from portal.core.models import BasePage
from portal.core.publishing.visibility import SOURCE_LANGUAGE, ShownPage, ShownWords, visible, words_in
from portal.organisations.choices import HOME_CITY, LOCAL_AUTHORITIES, OrganisationType
from portal.organisations.models import Organisation
from portal.organisations.selectors import organisation_link
from portal.organisations.shared_activities import SharedActivity
from portal.projects.choices import HomeCityRole, MethodRelation
from portal.projects.models import ProjectMethod, ProjectPage, ProjectPartner
from portal.projects.public.cards import project_card, public_projects, shown_projects
from portal.projects.public.facts import home_city_role_label
from portal.projects.public.partners import partners_of
from portal.topics.models import Topic
from portal.ui.components.values import marked


def projects_of_method(method: BasePage, language: str) -> Links | None:
    """Return the projects that a method was born, used or tested in, each with which of these."""
    original = method.original
    # Of several relations to one project the closest is shown.
    closeness = Case(*(When(relation=value, then=number) for number, value in enumerate(MethodRelation.values)))
    relations = ProjectMethod.objects.filter(method=original, page=OuterRef("pk")).order_by(closeness)
    linked_to = Q(pk__in=ProjectMethod.objects.filter(method=original).values("page"))
    projects = shown_projects(linked_to, language, relation=Subquery(relations.values("relation")[:1]))
    linked = tuple(
        replace(project_card(shown), note=capfirst(str(MethodRelation(shown.original.relation).label)))
        for shown in projects
    )
    return Links(_("Projects"), linked) if linked else None


def projects_of_topic(topic: Topic, language: str) -> PagedLinks:
    """Return the projects about a topic."""
    return _paged(Q(topics=topic), language, lambda projects: [(shown, "") for shown in projects])


def topics_of_public_projects() -> list[QuerySet]:
    """Return a query of the ids of the topics that a public project has."""
    public = visible(ProjectPage, SOURCE_LANGUAGE).order_by().values("pk")
    return [ProjectPage.topics.through.objects.filter(projectpage__in=public).values("topic_id")]


def projects_of_organisation(organisation: Organisation, language: str) -> PagedLinks:
    """Return the projects of an organisation with its role; for a city also those of the organisations in it."""
    takes_part = Q(partners__organisation=organisation) | Q(partners__organisation__city=organisation)
    if organisation.key == HOME_CITY:
        takes_part |= ~Q(home_city_role=HomeCityRole.UNKNOWN)

    def with_roles(projects: list[ShownPage]) -> list[tuple[ShownPage, str]]:
        partners = partners_of([shown.original for shown in projects])
        return [
            (shown, _roles(organisation, shown.original, partners[shown.original.pk], language)) for shown in projects
        ]

    return _paged(takes_part, language, with_roles)


def _roles(organisation: Organisation, project: ProjectPage, partners: Iterable[ProjectPartner], language: str) -> str:
    """What an organisation, or one in the city, is in a project: "Partner; University of Portsmouth: partner"."""
    roles = []
    for partner in partners:
        role = str(partner.get_role_display())
        if partner.organisation_id == organisation.pk:
            roles.append(capfirst(role))
        elif partner.organisation.city_id == organisation.pk:
            name = organisation_link(partner.organisation, language)
            words = {"name": conditional_escape(marked(name.title, name.language)), "role": escape(role)}
            roles.append(mark_safe(_("%(name)s: %(role)s") % words))  # noqa: S308  (both were escaped)
    return format_html_join("; ", "{}", ((role,) for role in roles)) or capfirst(home_city_role_label(project))


def _paged(
    which: Q, language: str, with_notes: Callable[[list[ShownPage]], Iterable[tuple[ShownPage, str]]]
) -> PagedLinks:
    """The projects that match `which`, in the order of `shown_projects`; `with_notes` adds a note to those shown."""
    projects = public_projects().filter(which).distinct().order_by("-start", "-title", "-pk")
    return PagedLinks(
        _("Projects"),
        list(projects.values_list("pk", flat=True)),
        lambda keys: _cards(with_notes(shown_projects(Q(pk__in=list(keys)), language))),
    )


def _cards(projects: Iterable[tuple[ShownPage, str]]) -> list[Card]:
    return [replace(project_card(shown), note=note) for shown, note in projects]


def projects_as_shared_activities(language: str) -> list[SharedActivity]:
    """Return every public project as something that joins cities, the newest first. Two queries, of columns."""
    projects = words_in(language, ProjectPage, Q(), "start", "home_city_role")
    projects.sort(key=lambda project: (project.facts.start or "0", project.facts.title), reverse=True)
    of_its_place = {
        # Where a partner is: its city, or itself.
        f"place_{name}": Coalesce(f"organisation__city__{name}", f"organisation__{name}")
        for name in ("id", "key", "type", "live")
    }
    partners = ProjectPartner.objects.filter(
        page__in=[project.facts.pk for project in projects], organisation__live=True
    ).annotate(**of_its_place, partner_type=F("organisation__type"))
    places_of = defaultdict(list)
    for row in partners.order_by().values_list("page_id", "partner_type", *of_its_place, named=True):
        places_of[row.page_id].append(row)
    return [_shared_activity(project, places_of[project.facts.pk]) for project in projects]


def _shared_activity(project: ShownWords, places: list[Any]) -> SharedActivity:
    role = project.facts.home_city_role
    cities = [place for place in places if place.place_type == OrganisationType.CITY and place.place_live]
    return SharedActivity(
        key=project.facts.key,
        title=project.title,
        url=project.url,
        language=project.language,
        places=frozenset(city.place_id for city in cities),
        authorities=frozenset(city.place_id for city in cities if city.partner_type in LOCAL_AUTHORITIES),
        with_home=role != HomeCityRole.UNKNOWN or any(place.place_key == HOME_CITY for place in places),
        advised=role == HomeCityRole.ADVISER,
        # Advice is not partnership: the line says so.
        note=_("Mechelen: %(role)s") % {"role": HomeCityRole.ADVISER.label} if role == HomeCityRole.ADVISER else "",
    )
