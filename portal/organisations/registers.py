"""What this room offers to the others: cards, permanent identifiers, search."""

from portal.core.cards import register_card
from portal.core.routing.address_ledger import register_identifier
from portal.core.searchable import register_dependents, register_kind


def register() -> None:
    """Called when the app is ready."""
    from portal.organisations.documents import organisation_documents
    from portal.organisations.models import Contact, Organisation
    from portal.organisations.selectors import organisation_cards

    register_card(Organisation.kind, "ui/components/card.html", organisation_cards)
    register_identifier(Organisation.kind, organisation_path)
    register_kind(Organisation.kind, model=Organisation, documents=organisation_documents)
    register_dependents(Contact, "organisation")


def organisation_path(key: str, language: str) -> str | None:
    """The path of an organisation's page; None when there is no public one with this key."""
    from portal.core.publishing.visibility import visible_records
    from portal.organisations.models import Organisation

    organisation = visible_records(Organisation).filter(key=key).first()
    return organisation.path_in(language) if organisation else None
