"""Structured data of a project, network or partnership (portal/core/content/structured_data.py).

What nobody has confirmed is marked on the page; a machine would not see the mark, so it is left out here.
"""

from django.utils.text import capfirst

from portal.core.content.partial_dates import PartialDate
from portal.core.content.structured_data import (
    Description,
    Node,
    absolute,
    dates_of,
    permanent,
    plain_text,
    without_unknown,
)
from portal.organisations.structured_data import organisation_node
from portal.projects.choices import WITHOUT_EUROPEAN_GRANT, Fund, ProjectType
from portal.projects.models import ProjectPage
from portal.projects.public.project_page import ProjectContext
from portal.topics.structured_data import defined_terms

TYPES = {
    ProjectType.PROJECT: "ResearchProject",
    ProjectType.NETWORK: "Organization",
    ProjectType.PARTNERSHIP: "Project",
}


def describe_project(page: ProjectPage, context: ProjectContext, language: str) -> Description:
    project = page.original
    full_name = project.full_name if project.is_certain("full_name") else ""
    return Description(
        main=without_unknown(
            {
                "@type": TYPES[ProjectType(project.type)] if project.is_certain("type") else "Project",
                "@id": permanent(ProjectPage.kind, project.key),
                "name": page.title,
                "alternateName": full_name if full_name != page.title else "",
                "description": plain_text(page.lead),
                "url": absolute(page.get_url() or ""),
                "sameAs": project.website if project.is_certain("website") else "",
                "keywords": defined_terms(context.topics),
                "foundingDate": _day(project, "start"),
                "dissolutionDate": _day(project, "end"),
                "member": [organisation_node(partner) for country in context.countries for partner in country.partners],
                "funding": _grant(project),
            }
        ),
        page=dates_of(project),
    )


def _day(project: ProjectPage, field: str) -> str:
    """A date as far as it is known; "" for one that is only about then."""
    known = PartialDate.read(getattr(project, field))
    return known.iso if known and not known.about and project.is_certain(field) else ""


def _grant(project: ProjectPage) -> Node | None:
    """The grant, where the fund is settled and confirmed."""
    if project.fund in (Fund.UNRESOLVED, Fund.OTHER, *WITHOUT_EUROPEAN_GRANT) or not project.is_certain("fund"):
        return None
    amount = project.eu_contribution_eur if project.is_certain("eu_contribution_eur") else None
    return without_unknown(
        {
            "@type": "MonetaryGrant",
            "name": capfirst(project.get_fund_display()),
            "identifier": project.grant_number if project.is_certain("grant_number") else "",
            "amount": {"@type": "MonetaryAmount", "currency": "EUR", "value": float(amount)} if amount else None,
        }
    )
