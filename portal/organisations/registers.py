"""What organisations offer: their pages, search, cards of other rooms, permanent identifiers, page cache."""

from functools import partial

from portal.core.cards import register_card
from portal.core.content.structured_data import register_structured_data
from portal.core.page_cache.registry import Visibility, register_cached_model
from portal.core.page_context import register_page_context, register_record_context
from portal.core.routing.address_ledger import register_identifier
from portal.core.routing.paths import path_of_record
from portal.core.searchable import register_dependents, register_kind
from portal.organisations.cards import organisation_cards
from portal.organisations.city_index import city_index
from portal.organisations.models import CityIndexPage, Contact, Organisation
from portal.organisations.organisation_page import organisation_page
from portal.organisations.search_documents import organisation_documents
from portal.organisations.structured_data import describe_organisation


def register() -> None:
    register_page_context(CityIndexPage, city_index)
    register_record_context(Organisation, organisation_page)
    register_structured_data(Organisation, describe_organisation)
    register_card(Organisation.kind, organisation_cards)
    register_identifier(Organisation.kind, partial(path_of_record, Organisation))
    register_kind(Organisation.kind, model=Organisation, documents=organisation_documents)
    for model in (Organisation, Contact, CityIndexPage):
        register_cached_model(model, Visibility.WHEN_LIVE)
    register_dependents(Contact, "organisation")
