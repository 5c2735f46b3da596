"""The page of one method: words of the page that is read, facts, choices and relations of its Dutch page."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import CharField, Q, Value
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from portal.core.cards import Card, links_of
from portal.core.content.blocks import sources_shown
from portal.core.content.partial_dates import partial_date_sentence
from portal.core.content.records import text_in
from portal.core.page_cache.cached_values import cached_each
from portal.core.publishing.visibility import SOURCE_LANGUAGE, ShownWords, visible_records, words_in
from portal.core.routing.structure import index_path
from portal.methods.cards import TOPIC_FIELDS
from portal.methods.choices import AdoptionKind
from portal.methods.facts import (
    JudgedTiers,
    Requirements,
    ages,
    key_facts,
    requirement_facts,
    requirements_of,
    tiers_by_judge,
)
from portal.methods.models import Adoption, MethodIndexPage, MethodPage, MethodRelation
from portal.methods.sections import Section, lists_of, rich_texts, sections_of
from portal.organisations.contacts import contact_link
from portal.organisations.models import Organisation
from portal.organisations.selectors import NamedLink, organisation_link, organisations_by_id, public_link
from portal.topics.selectors import TopicLink, links_by_id, topic_links
from portal.ui.facts import Fact


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


@dataclass(frozen=True)
class MethodContext:
    """The page of a method. `texts` and `lists` are by field name; `places` are its settings, as topics."""

    crumbs: list[dict]
    texts: dict[str, SafeString]
    lists: dict[str, list[dict]]
    requirements: Requirements
    ages: str
    topics: list[TopicLink]
    target_groups: list[TopicLink]
    places: list[TopicLink]
    tiers: list[JudgedTiers]
    contact: NamedLink | None
    contact_email: str
    partners: list[NamedLink]
    essential_conditions: int
    essential_kinds: list[str]
    related: list[RelatedGroup]
    key_facts: list[Fact]
    requirement_facts: list[Fact]
    sections: dict[str, Section]
    contents: list[Section]
    sources: list[dict]


def method_page(page: MethodPage, request: HttpRequest) -> MethodContext:
    """Return what the page of a method shows. A preview adds the sections about which nothing is known yet.

    The same number of queries however much there is.
    """
    language, facts = page.language, page.original
    for_staff = getattr(request, "is_preview", False)
    texts, lists, requirements = rich_texts(page), lists_of(page, facts), requirements_of(facts)
    topics = _topics(facts, language, as_edited=for_staff)
    essential = [condition for condition in lists["conditions"] if condition["essential"]]
    partners, adoptions = list(facts.partners.all()), _adoptions(facts)
    organisations = organisations_by_id(
        {one.organisation_id for one in (*partners, *adoptions)} | ({facts.owned_by_id} - {None})
    )
    if facts.owned_by_id:
        facts.owned_by = organisations[facts.owned_by_id]
    contact, email = _contact(facts, language)
    related = _related_groups(facts, adoptions, organisations, language, as_edited=for_staff)
    requirement_table = requirement_facts(page, requirements)
    sections = sections_of(
        texts, lists, has_requirements=bool(requirement_table), has_related=bool(related), for_staff=for_staff
    )
    return MethodContext(
        crumbs=[{"title": _("Methods"), "url": index_path(MethodIndexPage, language)}, {"title": page.title}],
        texts=texts,
        lists=lists,
        requirements=requirements,
        ages=ages(facts),
        topics=topics["topics"],
        target_groups=topics["target_groups"],
        places=topics["settings"],
        tiers=tiers_by_judge(facts),
        contact=contact,
        contact_email=email,
        partners=[
            organisation_link(organisations[partner.organisation_id], language, partner.get_role_display())
            for partner in partners
            if organisations[partner.organisation_id].live
        ],
        essential_conditions=len(essential),
        essential_kinds=list(dict.fromkeys(condition["kind_word"] for condition in essential)),
        related=related,
        key_facts=key_facts(page, facts, requirements),
        requirement_facts=requirement_table,
        sections=sections,
        contents=list(sections.values()),
        sources=sources_shown(facts.sources),
    )


def _contact(facts: MethodPage, language: str) -> tuple[NamedLink | None, str]:
    """Whom to ask, with the e-mail address of a contact: a role, never a person who was not given; else the owner."""
    contact = contact_link(facts.contact, language)
    if contact is None:
        return public_link(facts.owned_by, language), ""
    return NamedLink(contact.title, contact.form_url, contact.language), contact.email


def _topics(facts: MethodPage, language: str, as_edited: bool) -> dict[str, list[TopicLink]]:
    """The topics of a method by field, with one query; a preview reads them as they stand in the form."""
    if as_edited:
        return {name: topic_links(getattr(facts, name).all(), language) for name in TOPIC_FIELDS}
    first, *others = (
        getattr(MethodPage, name)
        .through.objects.filter(methodpage=facts.pk)
        .values_list("topic_id", Value(name, output_field=CharField()))
        for name in TOPIC_FIELDS
    )
    ids = defaultdict(set)
    for topic, name in first.union(*others):
        ids[name].add(topic)
    return {name: list(links_by_id(ids[name], language).values()) for name in TOPIC_FIELDS}


def _related_groups(
    facts: MethodPage, adoptions: list[Any], organisations: Mapping[int, Organisation], language: str, as_edited: bool
) -> list[RelatedGroup]:
    """What is related to a method: other methods, who uses it, things of other rooms."""
    users = [
        _adoption(one, organisation_link(organisations[one.organisation_id], language), language) for one in adoptions
    ]
    groups = [
        RelatedGroup(_("Related methods"), _related_methods(facts, language, as_edited)),
        RelatedGroup(_("Who uses it"), users),
        *(RelatedGroup(links.heading, links.cards) for links in links_of(MethodPage.kind, facts, language)),
    ]
    return [group for group in groups if group.items]


def _related_methods(facts: MethodPage, language: str, as_edited: bool) -> list[RelatedItem]:
    """The public methods that this one names, in its order, then those that name this one.

    A preview reads those that it names as they stand in the form.
    """
    naming_this = Q(method__translation_key=facts.translation_key, page__locale__language_code=SOURCE_LANGUAGE)
    relations = MethodRelation.objects.filter(naming_this if as_edited else naming_this | Q(page=facts.pk))
    columns = ("page_id", "page__translation_key", "method__translation_key")
    named: list[UUID] = []
    naming: list[UUID] = []
    for page, page_key, method_key in relations.order_by("sort_order", "pk").values_list(*columns):
        if page == facts.pk:
            named.append(method_key)
        else:
            naming.append(page_key)
    if as_edited:
        named = [relation.method.translation_key for relation in facts.related.all()]
    order = {key: place for place, key in enumerate(named)}
    around = {*named, *naming} - {facts.translation_key}
    methods = list(_words(around, language).values())
    methods.sort(
        key=lambda method: (order.get(method.facts.translation_key, len(named)), method.facts.title.casefold())
    )
    return [RelatedItem(method.title, method.url, method.language, text=method.lead) for method in methods]


def _words(translation_keys: Collection[UUID], language: str) -> dict[UUID, ShownWords]:
    """Return the words of the public methods with these translation keys; read once until something is published."""

    def read(missing: list[UUID]) -> dict[UUID, ShownWords]:
        methods = words_in(language, MethodPage, Q(translation_key__in=missing))
        return {method.facts.translation_key: method for method in methods}

    return cached_each(("words of methods", language), translation_keys, read)


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
