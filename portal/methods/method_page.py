"""The page of one method: words of the page that is read, facts, choices and relations of its Dutch page."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf
from operator import itemgetter
from types import MappingProxyType
from typing import Any

from django.conf import settings
from django.db.models import CharField, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from portal.core.ask_links import PublishedAnswer, ask_url, published_answers
from portal.core.cards import Card, links_of
from portal.core.content.blocks import Voice, sources_shown
from portal.core.content.partial_dates import partial_date_sentence
from portal.core.content.records import text_in
from portal.core.page_cache.cached_values import cached_for
from portal.core.publishing.visibility import ShownWords, visible_records, words_in
from portal.core.routing.structure import index_path
from portal.links.selectors import LinkStates, known_links, with_link_notes
from portal.methods.cards import TOPIC_FIELDS
from portal.methods.choices import AdoptionKind, PartnerRole
from portal.methods.decision import Decision, decision_of
from portal.methods.facts import (
    JudgedTiers,
    ages,
    assessment,
    owner_country,
    requirement_facts,
    requirements_of,
    status_on,
    tiers_by_judge,
)
from portal.methods.models import Adoption, MethodIndexPage, MethodPage, MethodPartner, MethodRelation, MethodTier
from portal.methods.sections import Section, lists_of, rich_texts, sections_of
from portal.organisations.contacts import contact_link
from portal.organisations.selectors import NamedLink, organisation_link, organisations_by_id, public_link
from portal.topics.selectors import TopicLink, links_by_id
from portal.ui.facts import Fact
from portal.ui.tiers_and_evidence import Evidence


@dataclass(frozen=True)
class RelatedItem:
    """Something related to a method, for the component `linked`."""

    title: str
    url: str
    language: str
    text: str = ""
    note: str = ""


@dataclass(frozen=True)
class RelatedGroup:
    """Related things of one kind under their heading."""

    heading: str
    items: Sequence[RelatedItem | Card]
    more: Sequence[Card] = ()


@dataclass(frozen=True)
class MethodContext:
    """The page of a method. `texts` and `lists` are by field name; `places` are its settings, as topics."""

    index_url: str | None
    texts: dict[str, SafeString]
    lists: dict[str, list[dict]]
    decision: Decision
    users: list[RelatedItem]
    status: str
    owner: NamedLink | None
    country: str
    role: str
    since: str
    until: str
    has_target_groups: bool
    assessment: str
    evidence_meaning: str
    ask: str
    ages: str
    has_general_knowledge: bool
    topics: list[TopicLink]
    target_groups: list[TopicLink]
    places: list[TopicLink]
    tiers: list[JudgedTiers]
    contact: NamedLink | None
    contact_email: str
    partners: list[NamedLink]
    related: list[RelatedGroup]
    requirement_facts: list[Fact]
    sections: dict[str, Section]
    contents: list[Section]
    sources: list[dict]
    answers: list[PublishedAnswer]


def method_page(page: MethodPage, request: HttpRequest) -> MethodContext:
    """Return what the page of a method shows. A preview adds the sections about which nothing is known yet.

    The same number of queries however much there is.
    """
    language, facts = page.language, page.original
    for_staff = getattr(request, "is_preview", False)
    texts, lists, requirements = rich_texts(page), lists_of(page, facts), requirements_of(facts)
    relations = (
        _relations_as_edited(facts)
        if for_staff
        else cached_for(("relations of methods",), facts.pk, lambda: _relations(facts))
    )
    topics = {name: list(links_by_id(ids, language).values()) for name, ids in relations.topics.items()}
    adoptions = cached_for(("adoptions of methods",), facts.pk, lambda: _adoptions(facts))
    involved = {adoption.organisation_id for adoption in adoptions} | {pk for pk, _role in relations.partners}
    organisations = organisations_by_id(involved | ({facts.owned_by_id} - {None}))
    if facts.owned_by_id:
        facts.owned_by = organisations[facts.owned_by_id]
    contact, email = _contact(facts, language)
    users = [
        _adoption(one, organisation_link(organisations[one.organisation_id], language), language) for one in adoptions
    ]
    related = _related_groups(facts, users, language, as_edited=for_staff)
    has_target_groups = bool(topics["target_groups"] or ages(facts))
    requirement_table = requirement_facts(page, requirements)
    sections = sections_of(
        texts,
        lists,
        has_requirements=bool(requirement_table),
        has_related=bool(related or topics["topics"] or topics["settings"]),
        for_staff=for_staff,
    )
    return MethodContext(
        index_url=index_path(MethodIndexPage, language),
        texts=texts,
        lists=lists,
        decision=decision_of(
            page,
            facts,
            has_contact=contact is not None,
            has_users=bool(users),
            has_target_groups=has_target_groups,
        ),
        users=users,
        status=status_on(facts),
        owner=public_link(facts.owned_by, language),
        country=owner_country(facts.owned_by),
        role=facts.get_home_city_role_display(),
        since=partial_date_sentence(facts.since),
        until=partial_date_sentence(facts.until),
        has_target_groups=has_target_groups,
        assessment=assessment(facts),
        evidence_meaning=Evidence(facts.evidence_level).meaning,
        ask=ask_url(language, f"{MethodPage.kind}:{facts.key}"),
        ages=ages(facts),
        has_general_knowledge=_has_general_knowledge(texts, lists),
        topics=topics["topics"],
        target_groups=topics["target_groups"],
        places=topics["settings"],
        tiers=tiers_by_judge(relations.tiers),
        contact=contact,
        contact_email=email,
        partners=[
            organisation_link(organisations[pk], language, str(PartnerRole(role).label))
            for pk, role in relations.partners
            if organisations[pk].live
        ],
        related=related,
        requirement_facts=requirement_table,
        sections=sections,
        contents=list(sections.values()),
        sources=with_link_notes(sources_shown(facts.sources), relations.links),
        answers=published_answers(f"{MethodPage.kind}:{facts.key}", language),
    )


def _has_general_knowledge(texts: Mapping[str, str], lists: Mapping[str, list[dict]]) -> bool:
    """Whether a passage is marked as general knowledge, so that the page explains the mark."""
    entries = [entry for entries in lists.values() for entry in entries]
    return any('class="general"' in text for text in texts.values()) or any(
        entry.get("voice") == Voice.GENERAL or entry.get("general") for entry in entries
    )


def _contact(facts: MethodPage, language: str) -> tuple[NamedLink | None, str]:
    """Whom to ask, with the e-mail address of a contact: a role, never a person who was not given; else the owner."""
    contact = contact_link(facts.contact, language)
    if contact is None:
        return public_link(facts.owned_by, language), ""
    return NamedLink(contact.title, contact.form_url, contact.language), contact.email


@dataclass(frozen=True)
class _Relations:
    """What a method is joined to: the ids of its topics by field, (tier, who says so), (organisation id, role).

    `links` is what is known of its links to other sites.
    """

    topics: Mapping[str, frozenset[int]]
    tiers: tuple[tuple[str, str], ...]
    partners: tuple[tuple[int, str], ...]
    links: LinkStates


def _relations(facts: MethodPage) -> _Relations:
    """Read what a method is joined to, with one query for all of it."""
    text, number = CharField(), IntegerField()
    nothing, zero = Value("", output_field=text), Value(0, output_field=number)

    def called(name: str) -> Value:
        return Value(name, output_field=text)

    topics = (
        getattr(MethodPage, name)
        .through.objects.filter(methodpage=facts.pk)
        .values_list(called(name), zero, zero, "topic_id", nothing, nothing)
        for name in TOPIC_FIELDS
    )
    tiers = MethodTier.objects.filter(page=facts.pk).order_by()
    partners = MethodPartner.objects.filter(page=facts.pk).order_by()
    place = (Coalesce("sort_order", 0), "pk")
    branches: list[QuerySet] = [
        *topics,
        tiers.values_list(called("tiers"), *place, zero, "tier", "judged_by"),
        partners.values_list(called("partners"), *place, "organisation_id", "role", nothing),
        known_links(facts.outside_links()).values_list(called("links"), zero, zero, "day", "address", "state"),
    ]
    by_name = defaultdict(list)
    for name, _place, _row, *columns in sorted(branches[0].union(*branches[1:], all=True), key=itemgetter(1, 2)):
        by_name[name].append(columns)
    return _Relations(
        topics=MappingProxyType({name: frozenset(pk for pk, *_codes in by_name[name]) for name in TOPIC_FIELDS}),
        tiers=tuple((code, judge) for _pk, code, judge in by_name["tiers"]),
        partners=tuple((pk, code) for pk, code, _judge in by_name["partners"]),
        links=MappingProxyType({address: (state, day) for day, address, state in by_name["links"]}),
    )


def _relations_as_edited(facts: MethodPage) -> _Relations:
    """Return what a method is joined to as it stands in the form, for a preview."""
    return _Relations(
        topics={name: frozenset(topic.pk for topic in getattr(facts, name).all()) for name in TOPIC_FIELDS},
        tiers=tuple((tier.tier, tier.judged_by) for tier in facts.tiers.all()),
        partners=tuple((partner.organisation_id, partner.role) for partner in facts.partners.all()),
        links=MappingProxyType({}),
    )


def _related_groups(facts: MethodPage, users: list[RelatedItem], language: str, as_edited: bool) -> list[RelatedGroup]:
    """What is related to a method: other methods, who uses it, things of other rooms."""
    beside = (
        _related_methods(facts, language, as_edited=True)
        if as_edited
        else cached_for(("related methods", language), facts.pk, lambda: _related_methods(facts, language))
    )
    groups = [
        RelatedGroup(_("Related methods"), beside),
        RelatedGroup(_("Who uses it"), users),
        *(RelatedGroup(links.heading, links.cards, links.more) for links in links_of(MethodPage.kind, facts, language)),
    ]
    return [group for group in groups if group.items]


def _related_methods(facts: MethodPage, language: str, as_edited: bool = False) -> list[RelatedItem]:
    """Return the public methods that this one names, in its order, then those that name this one. One query.

    A preview reads those that it names as they stand in the form.
    """
    naming_this = MethodRelation.objects.filter(method__translation_key=facts.translation_key).values("page")
    named = MethodRelation.objects.filter(page=facts.pk)
    keys = [relation.method.translation_key for relation in facts.related.all()] if as_edited else []
    named_here = keys if as_edited else named.values("method__translation_key")
    place = named.filter(method__translation_key=OuterRef("translation_key")).values(place=Coalesce("sort_order", 0))
    beside = Q(translation_key__in=named_here) | Q(pk__in=naming_this)
    not_itself = ~Q(translation_key=facts.translation_key)
    methods = words_in(language, MethodPage, beside & not_itself, place=Subquery(place[:1]))

    def order(method: ShownWords) -> tuple[float, str]:
        last: float = inf if method.facts.place is None else method.facts.place
        if as_edited:
            last = keys.index(method.facts.translation_key) if method.facts.translation_key in keys else inf
        return last, method.facts.title.casefold()

    return [
        RelatedItem(method.title, method.url, method.language, text=method.lead)
        for method in sorted(methods, key=order)
    ]


def _adoptions(facts: MethodPage) -> list[Any]:
    """The columns of who uses a method."""
    adoptions = visible_records(Adoption).filter(method__translation_key=facts.translation_key, organisation__live=True)
    notes = [f"note_{code}" for code, _name in settings.LANGUAGES]
    return list(adoptions.values_list("organisation_id", "how", "since", "source_url", *notes, named=True))


def _adoption(adoption: Any, organisation: NamedLink, language: str) -> RelatedItem:
    """Who uses a method, how and since when, with what they changed."""
    how, since = str(dict(AdoptionKind.choices)[adoption.how]), partial_date_sentence(adoption.since)
    return RelatedItem(
        title=organisation.title,
        url=organisation.url or adoption.source_url,
        language=organisation.language,
        text=text_in(adoption, "note", language)[0],
        note=_("%(how)s since %(date)s") % {"how": how, "date": since} if since else how,
    )
