"""What this app offers to the others: cards, permanent identifiers, search, the page cache."""

from portal.core.cards import register_card
from portal.core.page_cache.registry import Visibility, register_cached_model
from portal.core.routing.address_ledger import register_identifier
from portal.core.searchable import register_kind


def register() -> None:
    """Called when the app is ready."""
    from portal.organisations.documents import organisation_documents
    from portal.organisations.models import CityIndexPage, Contact, Organisation
    from portal.organisations.selectors import organisation_cards

    register_card(Organisation.kind, "ui/components/card.html", organisation_cards)
    register_identifier(Organisation.kind, organisation_path)
    register_kind(Organisation.kind, model=Organisation, documents=organisation_documents)
    for model in (Organisation, Contact, CityIndexPage):
        register_cached_model(model, Visibility.WHEN_LIVE)


def organisation_path(key: str, language: str) -> str | None:
    """The path of an organisation's page; None when there is no public one with this key."""
    from portal.core.publishing.visibility import visible_records
    from portal.organisations.models import Organisation

    organisation = visible_records(Organisation).filter(key=key).first()
    return organisation.path_in(language) if organisation else None
