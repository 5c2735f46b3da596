"""Methods as cards in lists of every room, and what methods link to a topic or an organisation."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from portal.core.cards import Card, Links, cards
from portal.core.content.records import text_in
from portal.core.publishing.visibility import SOURCE_LANGUAGE, ShownWords, visible, visible_records, words_in
from portal.methods.choices import CostBand
from portal.methods.models import Adoption, MethodPage, MethodPartner, MethodTier
from portal.organisations.models import Organisation
from portal.organisations.selectors import organisations_by_id
from portal.topics.models import Topic
from portal.topics.selectors import branch_of, links_by_id
from portal.ui import vocabulary
from portal.ui.components.values import marked

MOST_METHODS_OF_A_TOPIC = 24
# What a method is about, for whom it is, where it takes place: all three are topics of the thesaurus.
TOPIC_FIELDS = ("topics", "target_groups", "settings")


def public_methods() -> QuerySet[MethodPage]:
    """Return the Dutch pages of the public methods, with what a card shows of them."""
    return visible(MethodPage, SOURCE_LANGUAGE).select_related("locale", "owned_by__city").prefetch_related("tiers")


def method_cards(keys: Iterable[str], language: str) -> list[Card]:
    """Return the cards of the public methods among these keys. The same few queries however many there are."""
    facts = ("cost_yearly", "evidence_level", "owned_by_id")
    methods = words_in(language, MethodPage, Q(key__in=list(keys)), *facts, every_language=True)
    tiers = defaultdict(list)
    for page, tier in MethodTier.objects.filter(page__in=[method.facts.pk for method in methods]).values_list(
        "page_id", "tier"
    ):
        tiers[page].append(tier)
    owners = organisations_by_id({method.facts.owned_by_id for method in methods} - {None})
    return [
        _card(method, tiers[method.facts.pk], city_and_country(owners.get(method.facts.owned_by_id), language))
        for method in methods
    ]


def newest_methods(number: int, language: str) -> list[Card]:
    """Return the cards of the methods that were published last."""
    order = (F("first_published_at").desc(nulls_last=True), "-pk")
    newest = visible(MethodPage, SOURCE_LANGUAGE).order_by(*order).values_list("key", flat=True)[:number]
    return cards(MethodPage.kind, newest, language)


def city_and_country(organisation: Organisation | None, language: str) -> str:
    """Return the city of an organisation with its country, as a card says it: "Mechelen (BE)"; "" when not known."""
    if organisation is None:
        return ""
    place = organisation.place
    country = place.country or organisation.country
    name = place.short_name or text_in(place, "name", language)[0]
    return f"{name} ({country})" if country else name


def _card(method: ShownWords, tiers: Iterable[str], city: str) -> Card:
    """A method as a card on a page in the active language."""
    cost = dict(CostBand.choices).get(method.facts.cost_yearly, "")
    yearly = _("%(cost)s a year") % {"cost": cost} if cost else ""
    return Card(
        kind=MethodPage.kind,
        key=method.facts.key,
        title=method.title,
        url=method.url,
        lead=method.lead,
        language=method.language,
        over=str(vocabulary.KINDS[MethodPage.kind]),
        tiers=tuple(tiers),
        foot=tuple(line for line in (city, yearly) if line),
        languages=method.languages,
        evidence=method.facts.evidence_level,
    )


def topics_of_pages(**which) -> Iterable[tuple[int, int]]:
    """Return which page has which topic in any of its three fields, as (page id, topic id). One query."""
    fields = (getattr(MethodPage, name).through.objects.filter(**which) for name in TOPIC_FIELDS)
    first, *others = (rows.values_list("methodpage_id", "topic_id") for rows in fields)
    return first.union(*others)


def methods_of_topic(topic: Topic, language: str) -> Links | None:
    """Return the methods on a topic, then those of its narrower topics, whose cards name that topic in their note."""
    distances = {pk: distance for distance, pk in enumerate((topic.pk, *branch_of(topic)))}
    # The nearest topic through which a page belongs here, by the id of the page.
    nearest: dict[int, int] = {}
    for page, own_topic in topics_of_pages(topic__in=distances):
        if page not in nearest or distances[own_topic] < distances[nearest[page]]:
            nearest[page] = own_topic
    methods = visible(MethodPage, SOURCE_LANGUAGE).filter(pk__in=nearest)
    titles = sorted(
        methods.values_list("pk", "key", "title"), key=lambda row: (nearest[row[0]] != topic.pk, row[2].casefold())
    )
    topic_of = {key: nearest[pk] for pk, key, _title in titles[:MOST_METHODS_OF_A_TOPIC]}
    labels = {
        pk: marked(link.title, link.lang or language)
        for pk, link in links_by_id(set(topic_of.values()) - {topic.pk}, language).items()
    }
    return Links(
        _("Methods"),
        tuple(
            replace(card, over="", note=labels.get(topic_of[card.key], ""))
            for card in cards(MethodPage.kind, topic_of, language)
        ),
    )


def methods_of_organisation(organisation: Organisation, language: str) -> Links | None:
    """Return the methods that an organisation owns, takes part in or adopted, each with how; a city's services too."""
    it_or_in_it = Q(organisation=organisation) | Q(organisation__city=organisation)
    owned = Q(owned_by=organisation) | Q(owned_by__city=organisation)
    partners = MethodPartner.objects.filter(it_or_in_it, page__locale__language_code=SOURCE_LANGUAGE)
    adoptions = visible_records(Adoption).filter(it_or_in_it).annotate(of=F("method__translation_key"))
    linked = Q(pk__in=partners.values("page")) | Q(translation_key__in=adoptions.order_by().values("of"))
    columns = ("pk", "translation_key", "key", "title", "owned_by_id", "owned_by__city_id")
    methods = list(visible(MethodPage, SOURCE_LANGUAGE).filter(owned | linked).values_list(*columns, named=True))
    methods.sort(key=lambda method: method.title.casefold())
    # How the organisation belongs to a method: by the id of the page, or its translation key for adoptions.
    notes: dict[object, list[str]] = defaultdict(list)
    for method in methods:
        if organisation.pk in (method.owned_by_id, method.owned_by__city_id):
            notes[method.pk].append(_("owner"))
    for partner in partners:
        notes[partner.page_id].append(partner.get_role_display())
    for adoption in adoptions:
        notes[adoption.of].append(adoption.get_how_display())
    note_of = {
        method.key: " · ".join(dict.fromkeys([*notes[method.pk], *notes[method.translation_key]])) for method in methods
    }
    shown = cards(MethodPage.kind, note_of, language)
    return Links(_("Methods"), tuple(replace(card, over="", note=note_of[card.key]) for card in shown))
