"""What this room offers to the others: its pages, cards, permanent identifiers, search."""

from portal.core.cards import register_card
from portal.core.page_context import register_page_context, register_record_context
from portal.core.publishing.visibility import visible_records
from portal.core.routing.address_ledger import register_identifier
from portal.core.searchable import register_kind
from portal.organisations.documents import organisation_documents
from portal.organisations.models import CityIndexPage, Organisation
from portal.organisations.selectors import city_index, organisation_cards, organisation_page


def register() -> None:
    """Called when the app is ready."""
    register_page_context(CityIndexPage, city_index)
    register_record_context(Organisation, organisation_page)
    register_card(Organisation.kind, "ui/components/card.html", organisation_cards)
    register_identifier(Organisation.kind, organisation_path)
    register_kind(Organisation.kind, model=Organisation, documents=organisation_documents)


def organisation_path(key: str, language: str) -> str | None:
    """The path of an organisation's page; None when there is no public one with this key."""
    organisation = visible_records(Organisation).filter(key=key).first()
    return organisation.path_in(language) if organisation else None
