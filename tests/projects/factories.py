"""Projects to test with."""

from portal.projects.models import ProjectMethod, ProjectPartner
from tests.factories import make_project


def project_with(*partners, methods=(), **fields):
    """A published project with partners given as (organisation, role) and methods as (method, relation)."""
    fields.setdefault("title", "UrbSecurity")
    fields.setdefault("key", fields["title"].lower().replace(" ", "-"))
    return make_project(
        partners=[
            ProjectPartner(organisation=organisation, role=role, sort_order=number)
            for number, (organisation, role) in enumerate(partners)
        ],
        method_links=[ProjectMethod(method=method, relation=relation) for method, relation in methods],
        **fields,
    )


def event(number, text, date="", unconfirmed=False):
    """A dated moment for `timeline`, with a fixed id."""
    value = {"date": date, "text": text, "unconfirmed": unconfirmed}
    return {"type": "event", "id": f"00000000-0000-4000-8000-{number:012}", "value": value}
