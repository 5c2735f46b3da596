"""What the page of a list shows: cards or a table of the same things, the filters, and the ways to show them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from portal.core.cards import PER_PAGE, Card
from portal.core.content.csv_table import csv_table
from portal.core.facets import Facet, FacetDefinition, ListedThing, build_facets, counts_of
from portal.core.lists.form import CARDS, MAP, TABLE, CardListForm


@dataclass(frozen=True)
class ChoiceLink:
    """A way to show or to order a list, as a value of the address; None for the value that needs none."""

    title: str
    value: str | None
    is_current: bool


@dataclass(frozen=True)
class ListPage:
    """What ui/list_page.html shows. `page` of the template is the index page, so the number of the page is `number`.

    Without `is_filterable` nothing could be asked of search: everything is listed.
    """

    cards: Sequence[Card]
    total: int
    number: int
    pages: int
    view: str
    views: tuple[ChoiceLink, ...]
    orderings: tuple[ChoiceLink, ...]
    groups: tuple[Facet, ...] = ()
    is_narrowed: bool = False
    is_filterable: bool = True


def view_links(form: CardListForm, views: Iterable[str] = (CARDS, TABLE)) -> tuple[ChoiceLink, ...]:
    """Return the ways to show a list as links; the first needs no value in the address."""
    titles = {CARDS: _("Cards"), TABLE: _("Table"), MAP: _("Map")}
    current = form.cleaned_data["view"]
    return tuple(
        ChoiceLink(titles[view], view if number else None, view == current) for number, view in enumerate(views)
    )


def ordering_links(form: CardListForm, titles: Mapping[str, str]) -> tuple[ChoiceLink, ...]:
    """Return the orderings of a list as links, by their value; the first needs no value in the address."""
    current = form.cleaned_data["sort"]
    return tuple(
        ChoiceLink(title, value if number else None, value == current)
        for number, (value, title) in enumerate(titles.items())
    )


def keep_understood(request: HttpRequest, form: CardListForm) -> None:
    """Make the address of a request what was understood of it, so that the links on the page keep that, no more."""
    query: QueryDict = form.address()
    query.pop("format", None)
    request.GET = query  # type: ignore[assignment]  # a QueryDict that nobody changes any more


def list_page_of(
    things: Sequence[ListedThing],
    form: CardListForm,
    definitions: Sequence[FacetDefinition],
    *,
    orderings: tuple[ChoiceLink, ...] = (),
    views: tuple[ChoiceLink, ...] | None = None,
) -> ListPage:
    """Return a page of a list that is short enough to be filtered in memory, in its order."""
    chosen = form.chosen
    passing = [thing.card for thing in things if thing.passes(chosen)]
    page = Paginator(passing, PER_PAGE).get_page(form.cleaned_data["page"])
    names = [definition.name for definition in definitions]
    return ListPage(
        cards=list(page.object_list),
        total=len(passing),
        number=page.number,
        pages=page.paginator.num_pages,
        view=form.cleaned_data["view"],
        views=view_links(form) if views is None else views,
        orderings=orderings,
        groups=build_facets(
            definitions,
            chosen=chosen,
            counts=counts_of(things, names, chosen),
            offered=counts_of(things, names, {}),
            total=len(things),
        ),
        is_narrowed=bool(chosen),
    )


def csv_of_cards(cards: Iterable[Card], language: str, tier_words: Mapping[str, Any] | None = None) -> str:
    """Return the things of a list as CSV in the active language: what their cards and their table say, in columns.

    `tier_words` are the words for tiers, in the order of the scale, of a list whose things have tiers.
    """
    cards = list(cards)
    languages = dict(settings.WAGTAIL_CONTENT_LANGUAGES)
    unknown = _("Not yet known")

    def row(card: Card) -> list[str]:
        tiers = [str(word) for code, word in (tier_words or {}).items() if code in card.tiers]
        return [
            card.title,
            languages.get(card.language, card.language),
            *([", ".join(tiers) or _("none given")] if tier_words else []),
            *(line.text or unknown for line in card.lines),
            _("yes") if card.says_what_failed else "",
            ", ".join(str(languages.get(code, code)) for code in card.languages),
            settings.WAGTAILADMIN_BASE_URL + card.url,
            f"{card.kind}:{card.key}",
        ]

    heading = [
        _("Name"),
        _("Language"),
        *([_("Level")] if tier_words else []),
        *(line.label for line in (cards[0].lines if cards else ())),
        _("Says what did not work"),
        _("Languages"),
        _("Address"),
        _("Permanent key"),
    ]
    return csv_table(heading, map(row, cards), language)
