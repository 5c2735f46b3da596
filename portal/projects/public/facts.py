"""The facts of a project as lines of the fact table: what is known, and plainly marked where nobody confirmed it."""

from collections.abc import Iterable
from types import MappingProxyType
from urllib.parse import urlsplit

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from portal.core.content.partial_dates import PartialDate, partial_date_sentence, status_sentence
from portal.links.selectors import LinkStates, note_on_website
from portal.organisations.selectors import NamedLink
from portal.projects.amounts import euro, percentage
from portal.projects.choices import NUMBERED_BY_PROGRAMME, Fund, HomeCityRole, PartnerRole, ProjectStatus
from portal.projects.models import ProjectPage
from portal.ui.facts import Fact, known_facts

LEADING = (PartnerRole.LEAD, PartnerRole.COORDINATOR)


def doubt(project: ProjectPage, *fields: str) -> str:
    """Return “to be confirmed” when staff have not confirmed one of these fields, else ""."""
    return "" if all(project.is_certain(field) for field in fields) else _("to be confirmed")


def _note(*parts: str) -> str:
    return pgettext("between the parts of a list", ", ").join(part for part in parts if part)


def key_facts(
    page: ProjectPage, project: ProjectPage, leads: Iterable[NamedLink] = (), links: LinkStates = MappingProxyType({})
) -> list[Fact]:
    """Return the table beside the text. `page` has the words, `project` is the Dutch page with the facts."""
    facts = [
        Fact(_("Kind"), capfirst(project.get_type_display()), note=doubt(project, "type")),
        _full_name(page, project),
        Fact(_("Programme"), page.programme, note=doubt(project, "programme")),
        Fact(_("Programming period"), project.period and project.get_period_display(), note=doubt(project, "period")),
        _role(project),
        _leads(list(leads)),
        Fact(_("Start"), partial_date_sentence(project.start), note=doubt(project, "start")),
        Fact(_("End"), partial_date_sentence(project.end), note=doubt(project, "end")),
        _status(project),
        _amount(_("Total budget"), project, "total_budget_eur"),
        _european_share(project),
        _fund_in_doubt(page, project),
        _website(project, links),
    ]
    return known_facts(facts)


def funding_facts(page: ProjectPage, project: ProjectPage) -> list[Fact]:
    """Return the table under “Funding”: what a funder or auditor looks for."""
    number = (
        _("Number of the grant agreement") if project.fund not in NUMBERED_BY_PROGRAMME else _("Programme reference")
    )
    facts = [
        _fund(project),
        Fact(_("Priority"), page.priority, note=doubt(project, "priority")),
        Fact(number, project.grant_number, note=doubt(project, "grant_number")),
        _amount(_("Budget of Mechelen"), project, "home_city_budget_eur"),
        _amount(_("EU contribution to Mechelen"), project, "home_city_eu_eur"),
    ]
    return known_facts(facts)


def years(project: ProjectPage) -> str:
    """Return when a project ran, as short as a card needs: "2019–2022", "since 1987", "about 2019–2022"."""
    start, end = PartialDate.read(project.start), PartialDate.read(project.end)
    if start is None:
        if end is None:
            return ""
        words = _("until %(year)s") % {"year": end.year}
    elif end is None:
        words = _("since %(year)s") % {"year": start.year}
    elif start.year == end.year:
        words = str(start.year)
    else:
        words = f"{start.year}–{end.year}"
    certain = all(
        project.is_certain(name) and not known.about for name, known in (("start", start), ("end", end)) if known
    )
    return words if certain else _("about %(date)s") % {"date": words}


def home_city_role_label(project: ProjectPage) -> str:
    """Return the role of the home city in a project, in words; "" when it is not known."""
    if project.home_city_role == HomeCityRole.UNKNOWN:
        return ""
    return str(project.get_home_city_role_display())


def _full_name(page: ProjectPage, project: ProjectPage) -> Fact | None:
    if project.full_name and project.full_name != page.title:
        return Fact(_("Full name"), project.full_name, note=doubt(project, "full_name"))
    return None


def _role(project: ProjectPage) -> Fact:
    return Fact(_("Role of Mechelen"), capfirst(home_city_role_label(project)), note=doubt(project, "home_city_role"))


def _leads(leads: list[NamedLink]) -> Fact | None:
    """Who leads; several when a project is coordinated together."""
    if not leads:
        return None
    return Fact(_("Lead"), leads)


def _status(project: ProjectPage) -> Fact | None:
    if project.status == ProjectStatus.UNKNOWN:
        return None
    day = project.position_as_of if project.status != ProjectStatus.ENDED else None
    return Fact(_("Status"), status_sentence(project.get_status_display(), day), note=doubt(project, "status"))


def _amount(term: str, project: ProjectPage, field: str) -> Fact | None:
    amount = getattr(project, field)
    return Fact(term, euro(amount), note=doubt(project, field)) if amount is not None else None


def _european_share(project: ProjectPage) -> Fact | None:
    """The European share with its rate, which is computed from the two amounts."""
    if project.eu_contribution_eur is None:
        return None
    rate = percentage(project.eu_contribution_eur, project.total_budget_eur)
    share = _("%(rate)s of the budget") % {"rate": rate} if rate else ""
    in_doubt = doubt(project, "eu_contribution_eur", *(["total_budget_eur"] if rate else []))
    return Fact(_("EU contribution"), euro(project.eu_contribution_eur), note=_note(share, in_doubt))


def _fund(project: ProjectPage) -> Fact | None:
    """The fund by its name; nothing while it is not settled, or known only as another one."""
    if project.fund in (Fund.UNRESOLVED, Fund.OTHER, Fund.NOT_EUROPEAN):
        return None
    return Fact(_("Fund"), capfirst(project.get_fund_display()), note=doubt(project, "fund"))


def _fund_in_doubt(page: ProjectPage, project: ProjectPage) -> Fact | None:
    """That the fund is not settled, where the section on the funding says why."""
    if project.fund != Fund.UNRESOLVED or not page.funding_note:
        return None
    return Fact(_("Fund"), capfirst(project.get_fund_display()), url="#funding")


def _website(project: ProjectPage, links: LinkStates) -> Fact | None:
    """The address, with the day on which it was reached last: project sites close."""
    if not project.website:
        return None
    tested = note_on_website(project.website, links)
    if not tested and project.website_seen_on:
        tested = _("link tested on %(date)s") % {"date": date_format(project.website_seen_on, "DATE_FORMAT")}
    host = urlsplit(project.website).netloc.removeprefix("www.")
    return Fact(_("Website"), host, url=project.website, note=_note(tested, doubt(project, "website")))
