"""What this app offers to the others: cards, links, permanent identifiers, search, the map, the page cache."""

from urllib.parse import urlsplit

from portal.core.cards import register_card, register_links
from portal.core.languages import register_language_table
from portal.core.page_cache.registry import Visibility, register_cached_model
from portal.core.routing.address_ledger import register_identifier
from portal.core.searchable import register_kind
from portal.organisations.shared import register_shared


def register() -> None:
    """Called when the app is ready."""
    from portal.projects import acknowledgement, amounts, links
    from portal.projects.documents import project_documents
    from portal.projects.models import ProjectIndexPage, ProjectMethod, ProjectPage, ProjectPartner
    from portal.projects.selectors import project_cards

    register_card(ProjectPage.kind, "ui/components/card.html", project_cards)
    register_links("method", links.projects_of_method)
    register_links("topic", links.projects_of_topic)
    register_links("organisation", links.projects_of_organisation)
    register_identifier(ProjectPage.kind, project_path)
    register_kind(ProjectPage.kind, model=ProjectPage, documents=project_documents)
    register_shared(links.shared_projects)
    register_language_table("portal/projects/amounts.py: EURO", amounts.EURO)
    register_language_table("portal/projects/acknowledgement.py: WORDING", acknowledgement.WORDING)
    for model in (ProjectPage, ProjectIndexPage):
        register_cached_model(model, Visibility.WHEN_LIVE)
    for model in (ProjectPartner, ProjectMethod):
        register_cached_model(model, Visibility.WITH_OWNER, owner="page")


def project_path(key: str, language: str) -> str | None:
    """The path of a project in a language; None when it is not public in it."""
    from portal.core.publishing.visibility import visible
    from portal.projects.models import ProjectPage

    page = visible(ProjectPage, language).filter(key=key).first()
    url = page.get_url() if page else None
    return urlsplit(url).path if url else None
