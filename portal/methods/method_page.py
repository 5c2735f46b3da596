"""The page of one method: words of the page that is read, facts, choices and relations of its Dutch page."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from portal.core.cards import Card, links_of
from portal.core.content.blocks import sources_shown
from portal.core.content.partial_dates import partial_date_sentence
from portal.core.content.records import text_in
from portal.core.publishing.visibility import shown_in, visible_records, without_texts
from portal.core.routing.structure import index_path
from portal.methods.cards import TOPIC_FIELDS
from portal.methods.facts import (
    JudgedTiers,
    Requirements,
    ages,
    key_facts,
    requirement_facts,
    requirements_of,
    tiers_by_judge,
)
from portal.methods.models import Adoption, MethodIndexPage, MethodPage
from portal.methods.sections import Section, lists_of, rich_texts, sections_of
from portal.organisations.contacts import contact_link
from portal.organisations.selectors import NamedLink, organisation_link, public_link
from portal.topics.models import Topic
from portal.topics.selectors import TopicLink, topic_links
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
    contact, email = _contact(facts, language)
    essential = [condition for condition in lists["conditions"] if condition["essential"]]
    related = related_groups(facts, language)
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
        partners=_partners(facts, language),
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


def _partners(facts: MethodPage, language: str) -> list[NamedLink]:
    """The partners of a method that visitors may see, each with its role."""
    return [
        organisation_link(partner.organisation, language, partner.get_role_display())
        for partner in facts.partners.select_related("organisation")
        if partner.organisation.live
    ]


def _topics(facts: MethodPage, language: str, as_edited: bool) -> dict[str, list[TopicLink]]:
    """The topics of a method by field, with one query; a preview reads them as they stand in the form."""
    if as_edited:
        return {name: topic_links(getattr(facts, name).all(), language) for name in TOPIC_FIELDS}
    rows = {name: getattr(MethodPage, name).through.objects for name in TOPIC_FIELDS}
    marks = {
        f"in_{name}": Exists(of_field.filter(methodpage=facts.pk, topic=OuterRef("pk")))
        for name, of_field in rows.items()
    }
    topics = list(Topic.objects.annotate(**marks).filter(reduce(or_, (Q(**{mark: True}) for mark in marks))))
    return {
        name: topic_links((topic for topic in topics if getattr(topic, f"in_{name}")), language)
        for name in TOPIC_FIELDS
    }


def related_groups(facts: MethodPage, language: str) -> list[RelatedGroup]:
    """Return what is related to a method: other methods, adoptions, things of other rooms."""
    groups = [
        RelatedGroup(_("Related methods"), _related_methods(facts, language)),
        RelatedGroup(_("Who uses it"), _adoptions(facts, language)),
        *(RelatedGroup(links.heading, links.cards) for links in links_of(MethodPage.kind, facts, language)),
    ]
    return [group for group in groups if group.items]


def _related_methods(facts: MethodPage, language: str) -> list[RelatedItem]:
    """The public methods that this one names, in its order, then those that name this one."""
    order = {relation.method_id: place for place, relation in enumerate(facts.related.all())}
    named_here = MethodPage.objects.filter(pk__in=order).values("translation_key")
    beside = Q(translation_key__in=named_here) | Q(related__method__translation_key=facts.translation_key)
    not_itself = ~Q(translation_key=facts.translation_key)
    methods = shown_in(language, without_texts(MethodPage.objects.all()), beside & not_itself)
    methods.sort(key=lambda shown: (order.get(shown.original.pk, len(order)), shown.original.title.casefold()))
    return [RelatedItem(shown.page.title, shown.page.url, shown.language, text=shown.page.lead) for shown in methods]


def _adoptions(facts: MethodPage, language: str) -> list[RelatedItem]:
    """Who uses a method, how and since when, with what they changed."""
    adoptions = visible_records(Adoption).filter(method__translation_key=facts.translation_key, organisation__live=True)
    return [_adoption(adoption, language) for adoption in adoptions.select_related("organisation")]


def _adoption(adoption: Adoption, language: str) -> RelatedItem:
    organisation = organisation_link(adoption.organisation, language)
    how, since = adoption.get_how_display(), partial_date_sentence(adoption.since)
    return RelatedItem(
        title=organisation.title,
        url=organisation.url or adoption.source_url,
        language=organisation.language,
        text=text_in(adoption, "note", language)[0],
        note=_("%(how)s since %(date)s") % {"how": how, "date": since} if since else how,
    )
