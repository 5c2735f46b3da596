"""What methods offer: their pages, search, cards and links of other rooms, permanent identifiers, page cache."""

from functools import partial

from portal.core.ask_links import register_ask_subject
from portal.core.cards import register_card, register_links
from portal.core.content.structured_data import register_structured_data
from portal.core.page_cache.registry import Visibility, register_cached_model
from portal.core.page_context import register_page_context, register_page_file
from portal.core.routing.address_ledger import register_identifier
from portal.core.routing.paths import path_of_page
from portal.core.searchable import register_dependents, register_kind
from portal.methods.cards import method_cards, methods_of_organisation, methods_of_topic, topics_of_public_methods
from portal.methods.choices import RowPart
from portal.methods.method_index import method_file, method_index
from portal.methods.method_page import method_page
from portal.methods.models import Adoption, MethodIndexPage, MethodPage, MethodPartner, MethodRelation, MethodTier
from portal.methods.public.structured_data import describe_method
from portal.methods.search_documents import method_documents
from portal.organisations.models import Organisation
from portal.topics.usage import register_topic_use


def register() -> None:
    register_page_context(MethodPage, method_page)
    register_page_context(MethodIndexPage, method_index)
    register_structured_data(MethodPage, describe_method)
    register_page_file(MethodIndexPage, method_file)
    register_kind(MethodPage.kind, model=MethodPage, documents=method_documents)
    register_dependents(MethodTier, "page")
    register_dependents(MethodPartner, "page", "organisation")
    register_dependents(MethodRelation, "page", "method")
    register_dependents(Adoption, "method", "organisation")
    register_dependents(Organisation, "methods", "method_partnerships.page", "adoptions.method")
    register_card(MethodPage.kind, method_cards)
    register_ask_subject(MethodPage.kind, MethodPage, rows=dict(RowPart.choices), shows_answers=True)
    register_links("topic", methods_of_topic)
    register_links("organisation", methods_of_organisation)
    register_topic_use(topics_of_public_methods)
    register_identifier(MethodPage.kind, partial(path_of_page, MethodPage))
    for model in (MethodPage, MethodIndexPage, Adoption):
        register_cached_model(model, Visibility.WHEN_LIVE)
    for model in (MethodTier, MethodPartner, MethodRelation):
        register_cached_model(model, Visibility.WITH_OWNER, owner="page")
