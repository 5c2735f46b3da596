"""What projects join to the things of other rooms (portal/core/cards.py), and to the map of cities."""

from collections.abc import Iterable
from dataclasses import replace

from django.db.models import OuterRef, Q, Subquery
from django.utils.html import conditional_escape, escape, format_html_join
from django.utils.safestring import mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from portal.core.cards import Links
from portal.core.publishing.visibility import ShownPage
from portal.organisations.choices import HOME_CITY
from portal.organisations.selectors import named
from portal.organisations.shared import Shared
from portal.projects.choices import HomeCityRole, MethodRelation
from portal.projects.facts import home_city_role_label
from portal.projects.models import ProjectMethod
from portal.projects.partners import partners_of, place_of, takes_part
from portal.projects.selectors import card_of, shown_projects
from portal.ui.components.values import marked


def projects_of_method(method, language: str) -> Links | None:
    """The projects that a method was born, used or tested in, each with which of these."""
    method = getattr(method, "original", method)
    # Of several relations to one project "born in" is said: it comes first in the alphabet.
    relations = ProjectMethod.objects.filter(page=OuterRef("pk"), method=method).order_by("relation")
    said = Subquery(relations.values("relation")[:1])
    found = shown_projects(Q(method_links__method=method), language, said_relation=said)
    return _joined((one, capfirst(MethodRelation(one.original.said_relation).label)) for one in found)


def projects_of_topic(topic, language: str) -> Links | None:
    """The projects about a topic."""
    return _joined((one, "") for one in shown_projects(Q(topics=topic), language))


def projects_of_organisation(organisation, language: str) -> Links | None:
    """The projects of an organisation with its role; for a city also those of the organisations in it."""
    taking_part = Q(partners__organisation=organisation) | Q(partners__organisation__city=organisation)
    if organisation.key == HOME_CITY:
        taking_part |= ~Q(home_city_role=HomeCityRole.UNKNOWN)
    projects = shown_projects(taking_part, language)
    partners = partners_of([one.original for one in projects])
    return _joined((one, _roles(organisation, one.original, partners[one.original.pk], language)) for one in projects)


def _roles(organisation, project, partners, language: str) -> str:
    """What an organisation, or one in the city, is in a project: "Partner; University of Portsmouth: partner"."""
    roles = []
    for partner in partners:
        role = str(partner.get_role_display())
        if partner.organisation_id == organisation.pk:
            roles.append(capfirst(role))
        elif partner.organisation.city_id == organisation.pk:
            name = named(partner.organisation, language)
            said = {"name": conditional_escape(marked(name.title, name.language)), "role": escape(role)}
            roles.append(mark_safe(_("%(name)s: %(role)s") % said))  # noqa: S308  (both were escaped)
    return format_html_join("; ", "{}", ((role,) for role in roles)) or capfirst(home_city_role_label(project))


def _joined(projects: Iterable[tuple[ShownPage, str]]) -> Links | None:
    """The cards of projects under their heading, each with its note."""
    cards = tuple(replace(card_of(one), note=note) for one, note in projects)
    return Links(_("Projects"), cards) if cards else None


def shared_projects(language: str) -> list[Shared]:
    """Every public project as something that joins cities (portal/organisations/shared.py)."""
    projects = shown_projects(Q(), language)
    partners = partners_of([one.original for one in projects])
    found = []
    for one in projects:
        project = one.original
        with_home = takes_part(project, partners[project.pk])
        found.append(
            Shared(
                key=project.key,
                title=one.page.title,
                url=one.page.get_url() or "",
                language=one.language,
                places=frozenset(
                    place.pk for partner in partners[project.pk] if (place := place_of(partner.organisation))
                ),
                authorities=frozenset(
                    place.pk
                    for partner in partners[project.pk]
                    if partner.organisation.is_local_authority and (place := place_of(partner.organisation))
                ),
                with_home=with_home,
                advised=project.home_city_role == HomeCityRole.ADVISER,
                # Advice is not partnership: the line says so.
                note=_("Mechelen: %(role)s") % {"role": home_city_role_label(project)}
                if project.home_city_role == HomeCityRole.ADVISER
                else "",
            )
        )
    return found
