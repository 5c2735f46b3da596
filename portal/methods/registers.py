"""What methods offer to search, to cards of other rooms, to permanent identifiers and to the page cache."""

from urllib.parse import urlsplit

from portal.core.cards import register_card, register_links
from portal.core.page_cache.registry import Visibility, register_cached_model
from portal.core.publishing.visibility import visible
from portal.core.routing import address_ledger
from portal.core.searchable import register_kind
from portal.methods.cards import method_cards, methods_of_organisation, methods_of_topic
from portal.methods.documents import method_documents
from portal.methods.models import (
    Adoption,
    MethodIndexPage,
    MethodPage,
    MethodPartner,
    MethodRelation,
    MethodTier,
)


def register():
    register_kind("method", model=MethodPage, documents=method_documents)
    register_card("method", "ui/components/card.html", method_cards)
    register_links("topic", methods_of_topic)
    register_links("organisation", methods_of_organisation)
    address_ledger.register_identifier("method", method_address)
    for model in (MethodPage, MethodIndexPage, Adoption):
        register_cached_model(model, Visibility.WHEN_LIVE)
    for model in (MethodTier, MethodPartner, MethodRelation):
        register_cached_model(model, Visibility.WITH_OWNER, owner="page")


def method_address(key: str, language: str) -> str | None:
    """The path of a method in a language; None when it is not public in it."""
    page = visible(MethodPage, language).filter(key=key).first()
    return urlsplit(page.get_url() or "").path or None if page else None
