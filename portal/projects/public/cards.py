"""Projects as cards: in the list of all projects, and among the things of other rooms."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.core.cards import Card, CardLine
from portal.core.publishing.visibility import SOURCE_LANGUAGE, ShownPage, shown_in, visible, without_texts
from portal.projects.amounts import euro
from portal.projects.models import ProjectPage, ProjectPartner
from portal.projects.public.facts import home_city_role_label, years
from portal.projects.public.partners import country_of


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


def project_card(shown: ShownPage) -> Card:
    """Return the card of a project among the things of another room, which says when it was and what Mechelen did."""
    project = shown.original
    role = _role(project)
    foot = (years(project), _("Mechelen: %(role)s") % {"role": role} if role else "")
    return _card(shown, _over(shown), foot=tuple(line for line in foot if line))


def listed_card(shown: ShownPage, partners: Iterable[ProjectPartner], made: int) -> Card:
    """Return the card of a project in the list of all projects: with the lines by which projects are compared.

    `made` is the number of its outputs.
    """
    project = shown.original
    lines = (
        CardLine(_("With whom"), _number_of_partners(list(partners))),
        CardLine(_("Role of Mechelen"), capfirst(_role(project))),
        CardLine(_("Cost"), _budget(project)),
        CardLine(
            _("Outputs"),
            ngettext("%(number)d output", "%(number)d outputs", made) % {"number": made} if made else "",
        ),
    )
    over = " · ".join(part for part in (_over(shown), years(project)) if part)
    return _card(shown, over, lines=lines, languages=shown.languages)


def _card(shown: ShownPage, over: str, **more: Any) -> Card:
    return Card(
        kind=ProjectPage.kind,
        key=shown.original.key,
        title=shown.page.title,
        url=shown.page.get_url() or "",
        lead=shown.page.lead,
        language=shown.language,
        over=over,
        **more,
    )


def _over(shown: ShownPage) -> str:
    kind = capfirst(shown.original.get_type_display())
    return " · ".join(part for part in (kind, shown.page.programme) if part)


def _role(project: ProjectPage) -> str:
    role = home_city_role_label(project)
    return _in_doubt(project, "home_city_role", role) if role else ""


def _budget(project: ProjectPage) -> str:
    amount = project.total_budget_eur
    return _in_doubt(project, "total_budget_eur", euro(amount)) if amount is not None else ""


def _in_doubt(project: ProjectPage, field: str, words: str) -> str:
    """Return the words of a fact, and that nobody confirmed it where that is so."""
    return words if project.is_certain(field) else _("%(value)s (to be confirmed)") % {"value": words}


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
