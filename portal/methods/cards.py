"""Methods as cards in lists of every room, and what methods link to a topic or an organisation."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.db.models import F, OrderBy, Q, QuerySet
from django.utils.translation import gettext as _

from portal.core.cards import Card, PagedLinks
from portal.core.content.records import text_in
from portal.core.publishing.visibility import (
    SOURCE_LANGUAGE,
    ShownPage,
    shown_in,
    visible,
    visible_records,
    without_texts,
)
from portal.methods.models import Adoption, MethodPage, MethodPartner
from portal.organisations.models import Organisation
from portal.topics.models import Topic
from portal.topics.selectors import branch_of
from portal.ui import labels as ui_labels
from portal.ui.components.values import marked

# What a method is about, for whom it is, where it takes place: all three are topics of the thesaurus.
TOPIC_FIELDS = ("topics", "target_groups", "settings")


def public_methods() -> QuerySet[MethodPage]:
    """Return the Dutch pages of the public methods, with what a card shows of them."""
    return visible(MethodPage, SOURCE_LANGUAGE).select_related("locale", "owned_by__city").prefetch_related("tiers")


def shown_methods(which: Q, language: str, *order: str | OrderBy) -> list[ShownPage]:
    """Return the public methods that match `which`, with what a card shows. Two queries however many there are."""
    pages = without_texts(MethodPage.objects.select_related("owned_by__city").prefetch_related("tiers"))
    return shown_in(language, pages.order_by(*order), which, every_language=True)


def method_cards(keys: Iterable[str], language: str) -> list[Card]:
    """Return the cards of the public methods among these keys."""
    return [method_card(shown, language) for shown in shown_methods(Q(key__in=list(keys)), language)]


def newest_methods(number: int, language: str) -> list[Card]:
    """Return the cards of the methods that were published last."""
    order = (F("first_published_at").desc(nulls_last=True), "-pk")
    newest = visible(MethodPage, SOURCE_LANGUAGE).order_by(*order).values("pk")[:number]
    return [method_card(shown, language) for shown in shown_methods(Q(pk__in=newest), language, *order)]


def city_and_country(organisation: Organisation | None, language: str) -> str:
    """Return the city of an organisation with its country, as a card says it: "Mechelen (BE)"; "" when not known."""
    if organisation is None:
        return ""
    place = organisation.place
    country = place.country or organisation.country
    name = place.short_name or text_in(place, "name", language)[0]
    return f"{name} ({country})" if country else name


def method_card(shown: ShownPage, language: str) -> Card:
    """Return a method as a card on a page in this language."""
    original = shown.original
    cost = original.get_cost_yearly_display()
    yearly = _("%(cost)s a year") % {"cost": cost} if cost else ""
    return Card(
        kind=MethodPage.kind,
        key=original.key,
        title=shown.page.title,
        url=shown.page.url,
        lead=shown.page.lead,
        language=shown.language,
        over=str(ui_labels.KINDS[MethodPage.kind]),
        tiers=tuple(tier.tier for tier in original.tiers.all()),
        foot=tuple(line for line in (city_and_country(original.owned_by, language), yearly) if line),
        languages=shown.languages,
        evidence=original.evidence_level,
    )


def topics_of_pages(**which: Any) -> Iterable[tuple[int, int]]:
    """Return which page has which topic in any of its three fields, as (page id, topic id). One query."""
    fields = (getattr(MethodPage, name).through.objects.filter(**which) for name in TOPIC_FIELDS)
    first, *others = (rows.values_list("methodpage_id", "topic_id") for rows in fields)
    return first.union(*others)


def _in_this_order(keys: Iterable[int], language: str) -> list[ShownPage]:
    keys = list(keys)
    methods = {shown.original.pk: shown for shown in shown_methods(Q(pk__in=keys), language)}
    return [methods[key] for key in keys if key in methods]


def methods_of_topic(topic: Topic, language: str) -> PagedLinks:
    """Return the methods on a topic, then those of its narrower topics, whose cards name that topic in their note."""

    def read(methods_with_topic: Iterable[tuple[int, int]]) -> list[Card]:
        nearest = dict(methods_with_topic)
        labels = {
            pk: marked(*narrower_topic.title_in(language))
            for pk, narrower_topic in visible_records(Topic).in_bulk({*nearest.values()} - {topic.pk}).items()
        }
        return [
            replace(method_card(shown, language), over="", note=labels.get(nearest[shown.original.pk], ""))
            for shown in _in_this_order(nearest, language)
        ]

    return PagedLinks(_("Methods"), _methods_with_nearest_topic((topic.pk, *branch_of(topic))), read)


def _methods_with_nearest_topic(branch: tuple[int, ...]) -> list[tuple[int, int]]:
    """Return the public methods on these topics as (page id, topic id): those on the first topic first, then by title.

    A method on several of the topics is listed with the first of them. One query, of ids and titles only.
    """
    public = visible(MethodPage, SOURCE_LANGUAGE).order_by()

    def in_field(name: str) -> QuerySet:
        # Without `pk__in` SQLite looks through all methods for the few on a topic.
        pairs = getattr(MethodPage, name).through.objects.filter(topic__in=branch)
        on_topic = public.filter(pk__in=pairs.values("methodpage"), **{f"{name}__in": branch})
        return on_topic.values_list("pk", "title", name)

    first, *others = map(in_field, TOPIC_FIELDS)
    distances = {topic: distance for distance, topic in enumerate(branch)}
    titles: dict[int, str] = {}
    nearest: dict[int, int] = {}
    for page, title, topic in first.union(*others, all=True):
        titles[page] = title.casefold()
        nearest[page] = min(nearest.get(page, topic), topic, key=distances.__getitem__)
    return sorted(nearest.items(), key=lambda item: (item[1] != branch[0], titles[item[0]], item[0]))


def methods_of_organisation(organisation: Organisation, language: str) -> PagedLinks:
    """Return the methods that an organisation owns, takes part in or adopted, each with how; a city's services too."""
    it_or_in_it = Q(organisation=organisation) | Q(organisation__city=organisation)
    owned = Q(owned_by=organisation) | Q(owned_by__city=organisation)
    partners = MethodPartner.objects.filter(it_or_in_it, page__locale__language_code=SOURCE_LANGUAGE)
    adoptions = visible_records(Adoption).filter(it_or_in_it).annotate(of=F("method__translation_key"))
    linked = Q(pk__in=partners.values("page")) | Q(translation_key__in=adoptions.order_by().values("of"))

    def read(keys: Iterable[int]) -> list[Card]:
        methods = _in_this_order(keys, language)
        # How the organisation belongs to a method: by the id of the page, or its translation key for adoptions.
        notes: dict[object, list[str]] = defaultdict(list)
        for method in (shown.original for shown in methods):
            if method.owned_by and organisation in (method.owned_by, method.owned_by.city):
                notes[method.pk].append(_("owner"))
        for partner in partners.filter(page__in=[shown.original.pk for shown in methods]):
            notes[partner.page_id].append(partner.get_role_display())
        for adoption in adoptions.filter(of__in=[shown.original.translation_key for shown in methods]):
            notes[adoption.of].append(adoption.get_how_display())
        cards = []
        for shown in methods:
            own_notes = dict.fromkeys([*notes[shown.original.pk], *notes[shown.original.translation_key]])
            cards.append(replace(method_card(shown, language), over="", note=" · ".join(own_notes)))
        return cards

    public = visible(MethodPage, SOURCE_LANGUAGE).filter(owned | linked)
    by_title = sorted(public.values_list("pk", "title"), key=lambda method: method[1].casefold())
    return PagedLinks(_("Methods"), [pk for pk, _title in by_title], read)
