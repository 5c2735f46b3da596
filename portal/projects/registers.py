"""What projects offer: their pages, search, cards and links of other rooms, permanent identifiers, lines of the map."""

from functools import partial

from portal.core.ask_links import register_ask_subject
from portal.core.cards import register_card, register_links
from portal.core.content.structured_data import register_structured_data
from portal.core.languages import register_language_table
from portal.core.page_cache.registry import Visibility, register_cached_model
from portal.core.page_context import register_page_context
from portal.core.routing.address_ledger import register_identifier
from portal.core.routing.paths import path_of_page
from portal.core.searchable import register_dependents, register_kind
from portal.organisations.models import Organisation
from portal.organisations.shared_activities import register_shared_activities
from portal.projects import acknowledgement, amounts
from portal.projects.models import ProjectIndexPage, ProjectMethod, ProjectPage, ProjectPartner
from portal.projects.public import links
from portal.projects.public.cards import project_cards, project_index
from portal.projects.public.project_page import project_page
from portal.projects.public.search_documents import project_documents
from portal.projects.public.structured_data import describe_project
from portal.topics.usage import register_topic_use


def register() -> None:
    register_page_context(ProjectPage, project_page)
    register_page_context(ProjectIndexPage, project_index)
    register_structured_data(ProjectPage, describe_project)
    register_card(ProjectPage.kind, project_cards)
    register_ask_subject(ProjectPage.kind, ProjectPage)
    register_links("method", links.projects_of_method)
    register_links("topic", links.projects_of_topic)
    register_links("organisation", links.projects_of_organisation)
    register_topic_use(links.topics_of_public_projects)
    register_identifier(ProjectPage.kind, partial(path_of_page, ProjectPage))
    register_kind(ProjectPage.kind, model=ProjectPage, documents=project_documents)
    register_dependents(ProjectPartner, "page", "organisation")
    register_dependents(ProjectMethod, "page", "method")
    register_dependents(Organisation, "partnerships.page")
    register_shared_activities(links.projects_as_shared_activities)
    register_language_table("portal/projects/amounts.py: EURO", amounts.EURO)
    register_language_table("portal/projects/acknowledgement.py: WORDING", acknowledgement.WORDING)
    for model in (ProjectPage, ProjectIndexPage):
        register_cached_model(model, Visibility.WHEN_LIVE)
    for model in (ProjectPartner, ProjectMethod):
        register_cached_model(model, Visibility.WITH_OWNER, owner="page")
