"""What the pages of this room show: the methods that the filters leave, and one method with all that belongs to it."""

from dataclasses import replace
from functools import reduce
from operator import or_

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Lower
from django.http import HttpRequest
from django.utils.translation import gettext as _

from portal.core.cards import Card, cards, links_of
from portal.core.content.blocks import sources_shown
from portal.core.content.classification import Evidence
from portal.core.content.countries import country_name
from portal.core.content.partial_dates import partial_date_sentence, status_sentence
from portal.core.content.records import text_in
from portal.core.publishing.visibility import SOURCE_LANGUAGE, shown_in, visible, visible_records, without_texts
from portal.core.routing.structure import index_path
from portal.core.searchable import SearchRequest, SearchResult, search
from portal.methods.cards import TOPIC_FIELDS, card_of, shown_methods
from portal.methods.choices import Status
from portal.methods.forms import MethodFilters
from portal.methods.models import Adoption, MethodIndexPage, MethodPage
from portal.methods.parts import ages, amounts, lists, rich_texts, sections
from portal.organisations.models import Organisation
from portal.organisations.selectors import Named, named
from portal.topics.models import Topic
from portal.topics.selectors import Entry, chips, topic_labels
from portal.ui import vocabulary
from portal.ui.facets import Facet, WordOf, build_facet, by_label, most_used_then_by_label

PER_PAGE = 20
TOPICS_AT_ONCE = 8


def method_index(page: MethodIndexPage, request: HttpRequest) -> dict:
    """The methods that the filters of an address leave, a page at a time.

    Without search everything is listed from the database and `filtering` is False.
    """
    language = page.language
    topics = topic_labels(language)
    filters = MethodFilters(request.GET, topics=topics)
    found = _ask(language, filters, filters.cleaned_data["page"])
    if not found.available:
        return _from_database(language, filters.cleaned_data["page"])
    pages = max(1, -(-found.total // PER_PAGE))
    number = min(filters.cleaned_data["page"], pages)
    if number != filters.cleaned_data["page"]:
        found = _ask(language, filters, number)
    return {
        "filtering": True,
        "cards": _in_the_index(cards("method", [hit.key for hit in found.hits], language)),
        "total": found.total,
        "number": number,
        "pages": pages,
        "groups": _facets(filters, found, topics),
        "narrowed": bool(filters.chosen),
        "sort": filters.cleaned_data["sort"],
    }


def _ask(language: str, filters: MethodFilters, page: int) -> SearchResult:
    return search(
        SearchRequest(
            language=language,
            kinds=("method",),
            filters=filters.chosen,
            sort=filters.cleaned_data["sort"],
            page=page,
            per_page=PER_PAGE,
            facets=MethodFilters.FILTERS,
        )
    )


def _in_the_index(found: list[Card]) -> list[Card]:
    """Here every card is a method; none needs to say so."""
    return [replace(card, over="") for card in found]


def _from_database(language: str, number: int) -> dict:
    """All methods by their title in the language, when there is no search to filter them."""
    translated = visible(MethodPage, language).filter(translation_key=OuterRef("translation_key")).values("title")[:1]
    by_title = visible(MethodPage, SOURCE_LANGUAGE).annotate(shown=Lower(Coalesce(Subquery(translated), "title")))
    page = Paginator(by_title.order_by("shown", "pk").values_list("pk", flat=True), PER_PAGE).get_page(number)
    methods = {one.original.pk: one for one in shown_methods(Q(pk__in=list(page.object_list)), language)}
    return {
        "filtering": False,
        "cards": _in_the_index([card_of(methods[pk], language) for pk in page.object_list]),
        "total": page.paginator.count,
        "number": page.number,
        "pages": page.paginator.num_pages,
        "groups": [],
        "narrowed": False,
        "sort": "title",
    }


def _facets(filters: MethodFilters, found: SearchResult, topics: dict[str, Entry]) -> list[Facet]:
    """The filters of the index page. Every level and every degree of evidence is offered, used or not."""
    tiers = {str(code): label for code, label in vocabulary.TIERS.items()}
    evidence = {str(level): label for level, label in Evidence.choices}

    def facet(name: str, label: str, word_of: WordOf, **more) -> Facet:
        counts, chosen = dict(found.facets.get(name, ())), filters.cleaned_data[name]
        return build_facet(name, label, word_of=word_of, counts=counts, chosen=chosen, **more)

    def topic_word(key: str) -> tuple[str, str]:
        return (topics[key].title, topics[key].lang) if key in topics else ("", "")

    return [
        facet("tier", _("Level"), lambda code: (tiers.get(code, ""), ""), scale=tiers),
        facet("topic", _("Topic"), topic_word, order=most_used_then_by_label(TOPICS_AT_ONCE), shown=TOPICS_AT_ONCE),
        facet("evidence", _("Evidence"), lambda level: (evidence.get(level, ""), ""), scale=evidence),
        facet("country", _("Country"), lambda code: (country_name(code), ""), order=by_label),
    ]


def method_page(page: MethodPage, request: HttpRequest) -> dict:
    """What the page of a method shows. A preview adds the sections about which nothing is known yet.

    Words come from `page`, facts, choices and relations from its Dutch page. Costs the same queries however much
    there is.
    """
    language, facts = page.language, page.original
    for_staff = getattr(request, "is_preview", False)
    texts, items, asked = rich_texts(page), lists(page, facts), amounts(facts)
    about = _topics(facts, language, as_edited=for_staff)
    owner = facts.owned_by
    essential = [condition for condition in items["conditions"] if condition["essential"]]
    joined = belongs_together(facts, language)
    shown = sections(page, texts, items, asked, bool(joined), for_staff)
    return {
        "crumbs": [{"title": _("Methods"), "url": index_path(MethodIndexPage, language)}, {"title": page.title}],
        "texts": texts,
        "items": items,
        "asked": asked,
        "status": status_on(facts),
        "ages": ages(facts),
        "since": partial_date_sentence(facts.since),
        "until": partial_date_sentence(facts.until),
        "topics": about["topics"],
        "target_groups": about["target_groups"],
        "places": about["settings"],
        "tiers": tiers_by_judge(facts),
        "owner": _shown(owner, language),
        "city": _city(owner, language),
        "contact": _contact(facts, language) or _shown(owner, language),
        "partners": _partners(facts, language),
        "essential": essential,
        "essential_kinds": list(dict.fromkeys(condition["kind_word"] for condition in essential)),
        "effect": facts.get_effect_display() if facts.effect != "unknown" or facts.evidence_level else "",
        "joined": joined,
        "sections": shown,
        "contents": list(shown.values()),
        "sources": sources_shown(facts.sources),
    }


def status_on(facts: MethodPage) -> str:
    """How a method stands, with the day of which that is the position: what runs may have stopped since."""
    if facts.status == Status.UNKNOWN:
        return ""
    return status_sentence(facts.get_status_display(), facts.position_as_of if facts.status != Status.STOPPED else None)


def tiers_by_judge(facts: MethodPage) -> list[dict]:
    """The tiers of a method, together where the same body says so: `codes` and `who` says so."""
    judged: dict[str, list[str]] = {}
    for tier in facts.tiers.all():
        judged.setdefault(tier.get_judged_by_display(), []).append(tier.tier)
    return [{"codes": codes, "who": who} for who, codes in judged.items()]


def _shown(organisation: Organisation | None, language: str) -> Named | None:
    """An organisation as a link; None for none or one that visitors may not see."""
    return named(organisation, language) if organisation and organisation.live else None


def _city(owner: Organisation | None, language: str) -> dict:
    """The city of the owner, when it is in one, with its country; empty when neither is known."""
    if owner is None:
        return {}
    city = _shown(owner.city, language)
    country = country_name(owner.place.country or owner.country)
    return {"city": city, "country": country} if city or country else {}


def _contact(facts: MethodPage, language: str) -> dict:
    """Whom to ask: a role with its address, never a person who was not given."""
    contact = facts.contact
    if contact is None or not contact.live:
        return {}
    role, role_language = contact.title_in(language)
    return {"title": role, "language": role_language, "url": contact.url, "email": contact.email}


def _partners(facts: MethodPage, language: str) -> list[Named]:
    """The partners of a method that visitors may see, each with its role."""
    return [
        named(partner.organisation, language, partner.get_role_display())
        for partner in facts.partners.select_related("organisation")
        if partner.organisation.live
    ]


def _topics(facts: MethodPage, language: str, as_edited: bool) -> dict[str, list[Entry]]:
    """What a method is about, for whom and where, as chips. In one query, unless a preview shows what is not saved."""
    if as_edited:
        return {name: chips(getattr(facts, name).all(), language) for name in TOPIC_FIELDS}
    through = {name: getattr(MethodPage, name).through.objects for name in TOPIC_FIELDS}
    own = {
        f"in_{name}": Exists(rows.filter(methodpage=facts.pk, topic=OuterRef("pk"))) for name, rows in through.items()
    }
    about = list(Topic.objects.annotate(**own).filter(reduce(or_, (Q(**{name: True}) for name in own))))
    return {name: chips((one for one in about if getattr(one, f"in_{name}")), language) for name in TOPIC_FIELDS}


def belongs_together(facts: MethodPage, language: str) -> list[dict]:
    """What is joined to a method, as groups of `heading` and `items`: methods, adoptions, things of other rooms."""
    groups = [
        {"heading": _("Related methods"), "items": _related(facts, language)},
        {"heading": _("Who uses it"), "items": _adoptions(facts, language)},
    ]
    groups += [{"heading": group.heading, "items": group.cards} for group in links_of("method", facts, language)]
    return [group for group in groups if group["items"]]


def _related(facts: MethodPage, language: str) -> list[dict]:
    """The public methods that this one names, in its order, then those that name this one."""
    order = {relation.method_id: place for place, relation in enumerate(facts.related.all())}
    named_here = MethodPage.objects.filter(pk__in=order).values("translation_key")
    beside = Q(translation_key__in=named_here) | Q(related__method__translation_key=facts.translation_key)
    found = shown_in(
        language, without_texts(MethodPage.objects.all()), beside & ~Q(translation_key=facts.translation_key)
    )
    found.sort(key=lambda one: (order.get(one.original.pk, len(order)), one.original.title.casefold()))
    return [
        {"title": one.page.title, "url": one.page.url, "text": one.page.lead, "language": one.language} for one in found
    ]


def _adoptions(facts: MethodPage, language: str) -> list[dict]:
    """Who uses a method, how and since when, with what they changed."""
    adoptions = visible_records(Adoption).filter(method__translation_key=facts.translation_key, organisation__live=True)
    items = []
    for adoption in adoptions.select_related("organisation"):
        organisation = named(adoption.organisation, language)
        how = adoption.get_how_display()
        since = partial_date_sentence(adoption.since)
        items.append(
            {
                "title": organisation.title,
                "url": organisation.url or adoption.source_url,
                "note": _("%(how)s since %(date)s") % {"how": how, "date": since} if since else how,
                "text": text_in(adoption, "note", language)[0],
                "language": organisation.language,
            }
        )
    return items
