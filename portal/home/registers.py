"""What home, guides (dossiers) and plain pages offer: their pages, search, cards and links, identifiers, page cache."""

from functools import partial
from urllib.parse import urlsplit

from wagtail.models import Page, get_page_models

from portal.core.ask_links import register_ask_subject
from portal.core.cards import register_card, register_links
from portal.core.content.structured_data import register_structured_data
from portal.core.page_cache.registry import Visibility, register_cached_model
from portal.core.page_context import register_page_context, register_page_file
from portal.core.publishing.visibility import visible
from portal.core.routing.address_ledger import register_identifier
from portal.core.routing.paths import path_of_page
from portal.core.searchable import register_kind
from portal.home.models import ChangesPage, DossierIndexPage, DossierPage, HomePage, PlainPage, TranslatedNote
from portal.home.news import changes_page
from portal.home.public import dossiers
from portal.home.public.dossier_index import dossier_file, dossier_index
from portal.home.public.dossier_page import dossier_page
from portal.home.public.home_page import home_page
from portal.home.public.plain_page import plain_page
from portal.home.public.search_documents import dossier_documents, page_documents
from portal.home.public.structured_data import describe_dossier, describe_home, describe_plain_page
from portal.topics.usage import register_topic_use


def register() -> None:
    register_page_context(HomePage, home_page)
    register_page_context(DossierPage, dossier_page)
    register_page_context(DossierIndexPage, dossier_index)
    register_page_file(DossierIndexPage, dossier_file)
    register_page_context(PlainPage, plain_page)
    register_page_context(ChangesPage, changes_page)
    register_structured_data(HomePage, describe_home)
    register_structured_data(DossierPage, describe_dossier)
    register_structured_data(PlainPage, describe_plain_page)
    register_kind(DossierPage.kind, model=DossierPage, documents=dossier_documents)
    register_kind(PlainPage.kind, model=PlainPage, documents=page_documents)
    register_card(DossierPage.kind, dossiers.dossier_cards)
    register_ask_subject(DossierPage.kind, shows_answers=True)
    for kind in ("method", "project", "recording"):
        register_links(kind, dossiers.dossiers_with(kind))
    register_links("topic", dossiers.dossiers_of_topic)
    register_topic_use(dossiers.topics_of_public_dossiers)
    register_identifier(DossierPage.kind, partial(path_of_page, DossierPage))
    register_identifier(PlainPage.kind, page_path)
    register_cached_model(TranslatedNote, Visibility.ALWAYS)
    for model in (HomePage, PlainPage, DossierIndexPage, DossierPage, ChangesPage):
        register_cached_model(model, Visibility.WHEN_LIVE)


def page_path(key: str, language: str) -> str | None:
    """Return the path of a plain page, of home or of an index page; None when it is not public in a language.

    All of these are of the kind "page"; the keys of home and the index pages are those of the structure (home, …).
    """
    models = (model for model in get_page_models() if getattr(model, "kind", "") == PlainPage.kind)
    first, *others = (visible(model, language).filter(key=key).order_by().values_list("pk") for model in models)
    found = first.union(*others).first()
    return urlsplit(Page.objects.get(pk=found[0]).get_url() or "").path or None if found else None
