"""Methods as cards in lists of every room, and what of them belongs to a topic or an organisation."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from django.db.models import F, Q
from django.utils.translation import gettext as _

from portal.core.cards import Card, Links
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
from portal.ui.components.values import marked

MOST_OF_A_TOPIC = 24
# What a method is about, for whom it is, where it takes place: all three are concepts of the thesaurus.
TOPIC_FIELDS = ("topics", "target_groups", "settings")


def public_methods():
    """The Dutch pages of the public methods, with what a card shows of them."""
    return visible(MethodPage, SOURCE_LANGUAGE).select_related("locale", "owned_by__city").prefetch_related("tiers")


def shown_methods(which: Q, language: str, *order) -> list[ShownPage]:
    """The public methods that answer to `which`, with what a card shows. Costs the same two queries however many."""
    pages = without_texts(MethodPage.objects.select_related("owned_by__city").prefetch_related("tiers"))
    return shown_in(language, pages.order_by(*order), which, every_language=True)


def method_cards(keys: Iterable[str], language: str) -> list[Card]:
    """The cards of the public methods among these keys."""
    return [card_of(one, language) for one in shown_methods(Q(key__in=list(keys)), language)]


def newest_methods(number: int, language: str) -> list[Card]:
    """The cards of the methods that were published last."""
    order = (F("first_published_at").desc(nulls_last=True), "-pk")
    newest = visible(MethodPage, SOURCE_LANGUAGE).order_by(*order).values("pk")[:number]
    return [card_of(one, language) for one in shown_methods(Q(pk__in=newest), language, *order)]


def place_of(organisation: Organisation | None, language: str) -> str:
    """The city of an organisation with its country, as a card says it: "Mechelen (BE)"; "" when not known."""
    if organisation is None:
        return ""
    place = organisation.place
    country = place.country or organisation.country
    name = place.short_name or text_in(place, "name", language)[0]
    return f"{name} ({country})" if country else name


def card_of(shown: ShownPage, language: str) -> Card:
    """A method as a card on a page in this language."""
    original = shown.original
    cost = original.get_cost_yearly_display()
    yearly = _("%(cost)s a year") % {"cost": cost} if cost else ""
    return Card(
        kind="method",
        key=original.key,
        title=shown.page.title,
        url=shown.page.url,
        lead=shown.page.lead,
        language=shown.language,
        over=_("Method"),
        tiers=tuple(tier.tier for tier in original.tiers.all()),
        foot=tuple(line for line in (place_of(original.owned_by, language), yearly) if line),
        languages=shown.languages,
        evidence=original.evidence_level,
    )


def topics_of_pages(**which) -> Iterable[tuple[int, int]]:
    """Which page has which topic in one of its three ways, as (page id, topic id). Costs one query."""
    ways = (getattr(MethodPage, name).through.objects.filter(**which) for name in TOPIC_FIELDS)
    first, *others = (way.values_list("methodpage_id", "topic_id") for way in ways)
    return first.union(*others)


def methods_of_topic(topic: Topic, language: str) -> Links | None:
    """The methods on a topic, for it as a target group or in it as a setting; then those of its narrower topics.

    A card of a narrower topic names that topic in its note.
    """
    below = branch_of(topic)
    near = {pk: distance for distance, pk in enumerate((topic.pk, *below))}
    through: dict[int, int] = {}
    for page, own in topics_of_pages(topic__in=near):
        if page not in through or near[own] < near[through[page]]:
            through[page] = own
    found = shown_methods(Q(pk__in=through), language)
    found.sort(key=lambda one: (through[one.original.pk] != topic.pk, one.original.title.casefold()))
    found = found[:MOST_OF_A_TOPIC]
    own_topic = [through[one.original.pk] for one in found]
    narrower = visible_records(Topic).in_bulk(set(own_topic) - {topic.pk})
    labels = {pk: marked(*one.title_in(language)) for pk, one in narrower.items()}
    cards = [
        replace(card_of(one, language), over="", note=labels.get(own, ""))
        for one, own in zip(found, own_topic, strict=True)
    ]
    return Links(_("Methods"), tuple(cards))


def methods_of_organisation(organisation: Organisation, language: str) -> Links | None:
    """The methods that an organisation owns, takes part in or adopted, each with how; a city's services included."""
    own = Q(organisation=organisation) | Q(organisation__city=organisation)
    owned = Q(owned_by=organisation) | Q(owned_by__city=organisation)
    partners = MethodPartner.objects.filter(own, page__locale__language_code=SOURCE_LANGUAGE)
    adoptions = visible_records(Adoption).filter(own).annotate(of=F("method__translation_key"))
    joined = Q(pk__in=partners.values("page")) | Q(translation_key__in=adoptions.order_by().values("of"))
    found = sorted(shown_methods(owned | joined, language), key=lambda one: one.original.title.casefold())
    notes: dict[object, list[str]] = defaultdict(list)
    for method in (one.original for one in found):
        if method.owned_by and organisation in (method.owned_by, method.owned_by.city):
            notes[method.pk].append(_("owner"))
    for partner in partners:
        notes[partner.page_id].append(partner.get_role_display())
    for adoption in adoptions:
        notes[adoption.of].append(adoption.get_how_display())
    cards = []
    for one in found:
        said = [*notes[one.original.pk], *notes[one.original.translation_key]]
        cards.append(replace(card_of(one, language), over="", note=" · ".join(dict.fromkeys(said))))
    return Links(_("Methods"), tuple(cards))
