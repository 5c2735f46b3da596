"""Organisations as cards in lists of every room."""

from collections.abc import Iterable

from portal.core.cards import Card
from portal.core.content.records import text_in
from portal.core.content.sorting import without_accents
from portal.organisations.models import Organisation
from portal.organisations.selectors import organisation_link, type_and_place, visible_organisations


def organisation_cards(keys: Iterable[str], language: str) -> list[Card]:
    """Return the cards of the organisations with these keys that a visitor may see."""
    organisations = visible_organisations().filter(key__in=list(keys))
    return [organisation_card(organisation, language) for organisation in organisations]


def by_name(organisations: Iterable[Organisation], language: str) -> list[Organisation]:
    """Return these organisations by the name that is shown in a language."""
    return sorted(organisations, key=lambda each: (without_accents(organisation_link(each, language).title), each.pk))


def organisation_card(organisation: Organisation, language: str) -> Card:
    """Return the card of one organisation in a language."""
    name = organisation_link(organisation, language)
    description, description_language = text_in(organisation, "description", language)
    return Card(
        kind=Organisation.kind,
        key=organisation.key,
        title=name.title,
        url=name.url,
        # A card has one language: a description in another one is read on the organisation's own page.
        lead=description if description_language == name.language else "",
        language=name.language,
        over=type_and_place(organisation, language),
    )
