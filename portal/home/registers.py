"""What this app offers to search, to cards of other rooms, to permanent identifiers and to the page cache."""

from urllib.parse import urlsplit

from portal.core.cards import register_card, register_links
from portal.core.page_cache.registry import Visibility, register_cached_model
from portal.core.publishing.visibility import visible
from portal.core.routing.address_ledger import register_identifier
from portal.core.searchable import register_kind
from portal.home import dossiers
from portal.home.documents import dossier_documents, page_documents
from portal.home.models import DossierIndexPage, DossierPage, HomePage, PlainPage
from portal.methods.models import MethodIndexPage
from portal.organisations.models import CityIndexPage
from portal.projects.models import ProjectIndexPage
from portal.topics.models import TopicIndexPage
from portal.webinars.models import WebinarIndexPage

# Home and the index pages are of the kind "page" too; their keys are those of the structure (home, methods, …).
PAGES = (
    PlainPage,
    HomePage,
    MethodIndexPage,
    ProjectIndexPage,
    WebinarIndexPage,
    DossierIndexPage,
    TopicIndexPage,
    CityIndexPage,
)


def register():
    register_kind(DossierPage.kind, model=DossierPage, documents=dossier_documents)
    register_kind(PlainPage.kind, model=PlainPage, documents=page_documents)
    register_card(DossierPage.kind, "ui/components/card.html", dossiers.dossier_cards)
    for kind in ("method", "project", "recording"):
        register_links(kind, dossiers.dossiers_with(kind))
    register_links("topic", dossiers.dossiers_of_topic)
    register_identifier(DossierPage.kind, dossier_path)
    register_identifier(PlainPage.kind, page_path)
    for model in (HomePage, PlainPage, DossierIndexPage, DossierPage):
        register_cached_model(model, Visibility.WHEN_LIVE)


def dossier_path(key: str, language: str) -> str | None:
    """The path of a dossier in a language; None when it is not public in it."""
    return _path(visible(DossierPage, language).filter(key=key).first())


def page_path(key: str, language: str) -> str | None:
    """The path of a plain page, of home or of an index page in a language; None when it is not public in it."""
    for model in PAGES:
        if page := visible(model, language).filter(key=key).first():
            return _path(page)
    return None


def _path(page) -> str | None:
    url = page.get_url() if page else None
    return urlsplit(url).path if url else None
