"""What projects link to the things of other rooms (portal/core/cards.py), and to the map of cities."""

from collections.abc import Iterable
from dataclasses import replace

from django.db.models import Q
from django.utils.html import conditional_escape, escape, format_html_join
from django.utils.safestring import mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from portal.core.cards import Links
from portal.core.models import BasePage
from portal.core.publishing.visibility import ShownPage
from portal.organisations.choices import HOME_CITY
from portal.organisations.models import Organisation
from portal.organisations.selectors import organisation_link
from portal.organisations.shared_activities import SharedActivity
from portal.projects.cards import project_card, shown_projects
from portal.projects.choices import HomeCityRole, MethodRelation
from portal.projects.facts import home_city_role_label
from portal.projects.models import ProjectMethod, ProjectPage, ProjectPartner
from portal.projects.partners import has_home_city, partners_of, place_of
from portal.topics.models import Topic
from portal.ui.components.values import marked


def projects_of_method(method: BasePage, language: str) -> Links | None:
    """Return the projects that a method was born, used or tested in, each with which of these."""
    original = method.original
    # Of several relations to one project "born in" is shown: it comes first in the alphabet.
    relations = ProjectMethod.objects.filter(method=original).order_by("-relation")
    relation_to = dict(relations.values_list("page_id", "relation"))
    if not relation_to:  # as for most methods
        return None
    projects = shown_projects(Q(pk__in=relation_to), language)
    return _linked((shown, capfirst(MethodRelation(relation_to[shown.original.pk]).label)) for shown in projects)


def projects_of_topic(topic: Topic, language: str) -> Links | None:
    """Return the projects about a topic."""
    return _linked((shown, "") for shown in shown_projects(Q(topics=topic), language))


def projects_of_organisation(organisation: Organisation, language: str) -> Links | None:
    """Return the projects of an organisation with its role; for a city also those of the organisations in it."""
    takes_part = Q(partners__organisation=organisation) | Q(partners__organisation__city=organisation)
    if organisation.key == HOME_CITY:
        takes_part |= ~Q(home_city_role=HomeCityRole.UNKNOWN)
    projects = shown_projects(takes_part, language)
    partners = partners_of([shown.original for shown in projects])
    return _linked(
        (shown, _roles(organisation, shown.original, partners[shown.original.pk], language)) for shown in projects
    )


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


def _linked(projects: Iterable[tuple[ShownPage, str]]) -> Links | None:
    """The cards of projects under their heading, each with its note."""
    cards = tuple(replace(project_card(shown), note=note) for shown, note in projects)
    return Links(_("Projects"), cards) if cards else None


def projects_as_shared_activities(language: str) -> list[SharedActivity]:
    """Return every public project as something that joins cities."""
    projects = shown_projects(Q(), language)
    partners = partners_of([shown.original for shown in projects])
    return [_shared_activity(shown, partners[shown.original.pk]) for shown in projects]


def _shared_activity(shown: ShownPage, partners: list[ProjectPartner]) -> SharedActivity:
    project = shown.original
    organisations = [partner.organisation for partner in partners]
    authorities = [organisation for organisation in organisations if organisation.is_local_authority]
    advised = project.home_city_role == HomeCityRole.ADVISER
    return SharedActivity(
        key=project.key,
        title=shown.page.title,
        url=shown.page.get_url() or "",
        language=shown.language,
        places=_places_of(organisations),
        authorities=_places_of(authorities),
        with_home=has_home_city(project, partners),
        advised=advised,
        # Advice is not partnership: the line says so.
        note=_("Mechelen: %(role)s") % {"role": home_city_role_label(project)} if advised else "",
    )


def _places_of(organisations: Iterable[Organisation]) -> frozenset[int]:
    """The ids of the public cities that organisations are in."""
    return frozenset(place.pk for organisation in organisations if (place := place_of(organisation)))
