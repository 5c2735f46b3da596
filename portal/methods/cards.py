"""Methods as cards in lists of every room, and what methods link to a topic or an organisation."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.db.models import CharField, F, IntegerField, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.core.cards import Card, CardLine, PagedLinks, cards
from portal.core.content.partial_dates import partial_date_sentence
from portal.core.content.records import text_in
from portal.core.content.sentences import first_sentence
from portal.core.content.sorting import without_accents
from portal.core.publishing.visibility import SOURCE_LANGUAGE, ShownWords, visible, visible_records, words_in
from portal.methods.choices import AdoptionKind, CostBand, PartnerRole, RowPart
from portal.methods.facts import ages
from portal.methods.models import Adoption, MethodPage, MethodPartner, MethodTier
from portal.organisations.models import Organisation
from portal.organisations.selectors import organisations_by_id
from portal.topics.models import Topic
from portal.topics.selectors import branch_of, links_by_id
from portal.ui import labels as ui_labels
from portal.ui.components.values import marked

# What a method is about, for whom it is, where it takes place: all three are topics of the thesaurus.
TOPIC_FIELDS = ("topics", "target_groups", "settings")
_FACTS = ("rows", "cost_yearly", "cost_once", "evidence_level", "owned_by_id", "age_from", "age_to")
WORDS_OF_A_LINE = 16


@dataclass(frozen=True)
class Label:
    """The label of a topic, and the language that it is in."""

    text: str
    language: str


def public_methods() -> QuerySet[MethodPage]:
    """Return the Dutch pages of the public methods, with what a card shows of them."""
    return visible(MethodPage, SOURCE_LANGUAGE).select_related("locale", "owned_by__city").prefetch_related("tiers")


def method_cards(keys: Iterable[str], language: str) -> list[Card]:
    """Return the cards of the public methods among these keys. The same few queries however many there are."""
    return list(_cards_by_page(Q(key__in=list(keys)), language).values())


def cards_of_pages(pages: Iterable[int], language: str) -> list[Card]:
    """Return the cards of the public methods among these Dutch pages, in the order given."""
    pages = list(pages)
    found = _cards_by_page(Q(pk__in=pages), language)
    return [found[page] for page in pages if page in found]


def _cards_by_page(which: Q, language: str) -> dict[int, Card]:
    methods = words_in(language, MethodPage, which, *_FACTS, every_language=True)
    pages = [method.facts.pk for method in methods]
    tiers, groups = _tiers_and_groups(pages, language)
    owners = organisations_by_id({method.facts.owned_by_id for method in methods} - {None})
    return {
        method.facts.pk: _card(
            method,
            tiers[method.facts.pk],
            groups[method.facts.pk],
            city_and_country(owners.get(method.facts.owned_by_id), language),
        )
        for method in methods
    }


def _tiers_and_groups(pages: list[int], language: str) -> tuple[dict[int, list[str]], dict[int, list[Label]]]:
    """Return the tiers, and the labels of the target groups, of some Dutch pages. One query."""
    none = Value("", CharField())
    tiers_of_pages = MethodTier.objects.filter(page__in=pages).order_by()
    groups_of_pages = MethodPage.target_groups.through.objects.filter(methodpage__in=pages, topic__live=True)
    rows = tiers_of_pages.values_list("page_id", "tier", none, none).union(
        groups_of_pages.values_list(
            "methodpage_id", none, f"topic__label_{language}", f"topic__label_{SOURCE_LANGUAGE}"
        ),
        all=True,
    )
    tiers, groups = defaultdict(list), defaultdict(list)
    for page, tier, label, dutch in rows:
        if tier:
            tiers[page].append(tier)
        else:
            groups[page].append(Label(label or dutch, language if label else SOURCE_LANGUAGE))
    return tiers, groups


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


def _card(method: ShownWords, tiers: Iterable[str], groups: Iterable[Label], city: str) -> Card:
    """A method as a card on a page in the active language."""
    facts, words = _facts_of(method), method.facts
    return Card(
        kind=MethodPage.kind,
        key=words.key,
        title=method.title,
        url=method.url,
        lead=method.lead,
        language=method.language,
        over=str(ui_labels.KINDS[MethodPage.kind]),
        tiers=tuple(tiers),
        lines=(
            _for_whom(method, groups, facts.get(RowPart.FOR_WHOM)),
            CardLine(_("City"), city),
            _cost(method, facts.get(RowPart.MONEY)),
            CardLine(_("Evidence"), str(ui_labels.EVIDENCE[words.evidence_level]), evidence=words.evidence_level),
        ),
        says_what_failed=RowPart.DID_NOT_WORK in facts,
        languages=method.languages,
    )


def _facts_of(method: ShownWords) -> dict[str, CardLine]:
    """Return the first fact of each row as a line without a label: its first sentence, with the day where that counts.

    A fact has the words of the page that is shown once they are translated there, else those of the Dutch page.
    """
    translated = {block.id: block.value["text"] for block in method.row.rows if block.block_type == "fact"}
    found: dict[str, CardLine] = {}
    for block in method.facts.rows:
        if block.block_type == "fact" and block.value["part"] not in found:
            fact = block.value
            is_translated = block.id in translated
            text = first_sentence(translated.get(block.id) or fact["text"], WORDS_OF_A_LINE)
            if fact["part"] == RowPart.MONEY and fact["as_of"] and fact["as_of"][:4] not in text:
                text = f"{text} ({partial_date_sentence(fact['as_of'])})"
            found[fact["part"]] = CardLine("", text, method.language if is_translated else SOURCE_LANGUAGE)
    return found


def _for_whom(method: ShownWords, groups: Iterable[Label], fact: CardLine | None) -> CardLine:
    """For whom a method is: the target groups and ages of its form, else what a source says first."""
    known = sorted(groups, key=lambda label: without_accents(label.text))
    # In one language: that of the page, unless none of them has a label in it.
    shown = [label for label in known if label.language == get_language()] or known[:1]
    named = [*(label.text for label in shown), ages(method.facts)]
    if text := ", ".join(name for name in named if name):
        return CardLine(_("For whom"), capfirst(text), shown[0].language if shown else "")
    return replace(fact, label=_("For whom")) if fact else CardLine(_("For whom"))


def _cost(method: ShownWords, fact: CardLine | None) -> CardLine:
    """What a method costs: the amounts of its form, else what a source says first."""
    bands = dict(CostBand.choices)
    amounts = (
        (bands.get(method.facts.cost_yearly), _("%(cost)s a year")),
        (bands.get(method.facts.cost_once), _("%(cost)s to start")),
    )
    if text := ", ".join(words % {"cost": band} for band, words in amounts if band):
        return CardLine(_("Cost"), capfirst(text))
    return replace(fact, label=_("Cost")) if fact else CardLine(_("Cost"))


def topics_of_pages(**which: Any) -> Iterable[tuple[int, int]]:
    """Return which page has which topic in any of its three fields, as (page id, topic id). One query."""
    fields = (getattr(MethodPage, name).through.objects.filter(**which) for name in TOPIC_FIELDS)
    first, *others = (rows.values_list("methodpage_id", "topic_id") for rows in fields)
    return first.union(*others)


def topics_of_public_methods() -> list[QuerySet]:
    """Return queries of the ids of the topics that a public method has."""
    public = visible(MethodPage, SOURCE_LANGUAGE).order_by().values("pk")
    fields = (getattr(MethodPage, name).through.objects.filter(methodpage__in=public) for name in TOPIC_FIELDS)
    return [rows.values("topic_id") for rows in fields]


def methods_of_topic(topic: Topic, language: str) -> PagedLinks:
    """Return the methods on a topic, then those of its narrower topics, whose cards name that topic in their note."""

    def read(methods_with_topic: Iterable[tuple[str, int]]) -> list[Card]:
        nearest = dict(methods_with_topic)
        labels = {
            pk: marked(link.title, link.lang or language)
            for pk, link in links_by_id(set(nearest.values()) - {topic.pk}, language).items()
        }
        return [
            replace(card, over="", note=labels.get(nearest[card.key], ""))
            for card in cards(MethodPage.kind, nearest, language)
        ]

    return PagedLinks(_("Methods"), _methods_with_nearest_topic((topic.pk, *branch_of(topic))), read)


def _methods_with_nearest_topic(branch: tuple[int, ...]) -> list[tuple[str, int]]:
    """Return the public methods on these topics as (key, topic id): those on the first topic first, then by title.

    A method on several of the topics is listed with the first of them. One query, of ids, keys and titles only.
    """
    public = visible(MethodPage, SOURCE_LANGUAGE).order_by()

    def in_field(name: str) -> QuerySet:
        # Without `pk__in` SQLite looks through all methods for the few on a topic.
        pairs = getattr(MethodPage, name).through.objects.filter(topic__in=branch)
        on_topic = public.filter(pk__in=pairs.values("methodpage"), **{f"{name}__in": branch})
        return on_topic.values_list("pk", "key", "title", name)

    first, *others = map(in_field, TOPIC_FIELDS)
    distances = {topic: distance for distance, topic in enumerate(branch)}
    # By the key of a method, which is unique among the Dutch pages.
    order: dict[str, tuple[str, int]] = {}
    nearest: dict[str, int] = {}
    for pk, key, title, topic in first.union(*others, all=True):
        order[key] = (title.casefold(), pk)
        nearest[key] = min(nearest.get(key, topic), topic, key=distances.__getitem__)
    return sorted(nearest.items(), key=lambda item: (item[1] != branch[0], *order[item[0]]))


def methods_of_organisation(organisation: Organisation, language: str) -> PagedLinks:
    """Return the methods that an organisation owns, takes part in or adopted, each with how; a city's services too."""
    it_or_in_it = Q(organisation=organisation) | Q(organisation__city=organisation)
    owned = Q(owned_by=organisation) | Q(owned_by__city=organisation)
    partners = MethodPartner.objects.filter(it_or_in_it, page__locale__language_code=SOURCE_LANGUAGE)
    adoptions = visible_records(Adoption).filter(it_or_in_it).annotate(of=F("method__translation_key"))
    linked = Q(pk__in=partners.values("page")) | Q(translation_key__in=adoptions.order_by().values("of"))
    public = visible(MethodPage, SOURCE_LANGUAGE).filter(owned | linked)

    def read(rows: Iterable[Any]) -> list[Card]:
        methods = {method.key: method for method in rows}
        # How the organisation belongs to a method, by the translation key of the method.
        notes: dict[UUID, list[str]] = defaultdict(list)
        for method in methods.values():
            if organisation.pk in (method.owned_by_id, method.owned_by__city_id):
                notes[method.translation_key].append(_("owner"))
        for translation_key, note in _notes(it_or_in_it, [method.translation_key for method in methods.values()]):
            notes[translation_key].append(note)
        return [
            replace(card, over="", note=" · ".join(dict.fromkeys(notes[methods[card.key].translation_key])))
            for card in cards(MethodPage.kind, methods, language)
        ]

    rows = public.values_list("key", "title", "translation_key", "owned_by_id", "owned_by__city_id", named=True)
    return PagedLinks(_("Methods"), sorted(rows, key=lambda method: method.title.casefold()), read)


def _notes(of_organisation: Q, methods: list[UUID]) -> list[tuple[UUID, str]]:
    """Return the roles in these methods, then how they were adopted, as (translation key, words). One query."""
    number = IntegerField()
    roles = MethodPartner.objects.filter(
        of_organisation, page__locale__language_code=SOURCE_LANGUAGE, page__translation_key__in=methods
    )
    # Not by the manager: that of a record with translations changes the order of columns, which a union needs.
    adoptions = QuerySet(Adoption).filter(of_organisation, live=True, method__translation_key__in=methods)
    rows = (
        roles.order_by()
        .values_list(Value(0, output_field=number), Coalesce("sort_order", 0), "pk", "page__translation_key", "role")
        .union(
            adoptions.order_by().values_list(
                Value(1, output_field=number), Value(0, output_field=number), "pk", "method__translation_key", "how"
            ),
            all=True,
        )
    )
    words = (dict(PartnerRole.choices), dict(AdoptionKind.choices))
    return [
        (method, str(words[kind][code])) for kind, _place, _row, method, code in sorted(rows, key=itemgetter(0, 1, 2))
    ]
