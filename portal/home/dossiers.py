"""Dossiers as other pages show them: as cards, and beside the things that they contain."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.core.cards import Card, Links
from portal.core.page_cache.cached_values import cached_until_publish
from portal.core.publishing.visibility import SOURCE_LANGUAGE, ShownPage, shown_in
from portal.home.models import DossierPage


@dataclass(frozen=True)
class Shelved:
    """A public dossier in a language: its card and what it names, like "method:pim"."""

    card: Card
    names: frozenset[str]


def shelf(language: str) -> list[Shelved]:
    """Every public dossier in a language, the latest position first; read once until something public changes.

    Editors put dossiers together by hand, so they stay few.
    """
    return cached_until_publish(("dossiers", language), lambda: _read_shelf(language))


def _read_shelf(language: str) -> list[Shelved]:
    pages = DossierPage.objects.defer("introduction", "sources", "open_questions")
    found = []
    for one in shown_in(language, pages.order_by("-position_as_of", "title"), Q(), every_language=True):
        names = [name for own in references_of(one.original) for name in own]
        found.append(Shelved(_card(one, len(names)), frozenset(names)))
    return found


def references_of(page: DossierPage) -> list[list[str]]:
    """What each section of a dossier (its Dutch page) names, like "method:pim", in reading order."""
    return [
        [line.strip() for line in (block.value.get("items") or "").splitlines() if line.strip()]
        for block in page.sections
    ]


def all_cards(language: str) -> list[Card]:
    """The cards of all public dossiers under a heading that says what they are."""
    return [replace(one.card, over="") for one in shelf(language)]


def dossier_cards(keys: Iterable[str], language: str) -> list[Card]:
    """The cards of the public dossiers among these keys."""
    keys = set(keys)
    return [one.card for one in shelf(language) if one.card.key in keys]


def _card(shown: ShownPage, number: int) -> Card:
    return Card(
        kind=DossierPage.kind,
        key=shown.original.key,
        title=shown.page.title,
        url=shown.page.get_url() or "",
        lead=shown.page.lead,
        language=shown.language,
        over=_("Dossier"),
        foot=_foot(number),
        languages=shown.languages,
    )


def _foot(number: int) -> tuple[str, ...]:
    if not number:
        return ()
    return (ngettext("%(number)d page", "%(number)d pages", number) % {"number": number},)


def dossiers_with(kind: str):
    """A function for `portal.core.cards.register_links`: it tells the dossiers that name a thing of `kind`."""

    def dossiers_of(thing, language: str) -> Links | None:
        return _links(one for one in shelf(language) if f"{kind}:{thing.key}" in one.names)

    return dossiers_of


def dossiers_of_topic(topic, language: str) -> Links | None:
    """The dossiers on a topic, and those that name it."""
    about = set(topic.dossiers.filter(locale__language_code=SOURCE_LANGUAGE).values_list("key", flat=True))
    return _links(one for one in shelf(language) if one.card.key in about or f"topic:{topic.key}" in one.names)


def _links(found: Iterable[Shelved]) -> Links | None:
    cards = tuple(replace(one.card, over="") for one in found)
    return Links(_("Dossiers"), cards) if cards else None
