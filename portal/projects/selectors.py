"""Reads projects as a visitor may see them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.core.cards import Card, cards, links_of
from portal.core.content.blocks import sources_shown
from portal.core.content.records import text_in
from portal.core.content.rich_text import as_markup
from portal.core.publishing.visibility import SOURCE_LANGUAGE, ShownPage, shown_in, visible, without_texts
from portal.core.routing.structure import index_crumbs
from portal.organisations.contacts import contact_link
from portal.organisations.selectors import Named
from portal.projects import story
from portal.projects.acknowledgement import acknowledgement
from portal.projects.choices import MethodRelation, ProjectType
from portal.projects.facts import funding_facts, home_city_role_label, key_facts, years
from portal.projects.models import ProjectIndexPage, ProjectPage, ProjectPartner
from portal.projects.partners import by_country, country_of, leads_of, map_of, partners_of, public_partners

TEXTS = ("challenge", "what_was_done", "results")


def public_projects() -> QuerySet:
    """The Dutch pages of the projects that a visitor may see: facts and relations are theirs."""
    return visible(ProjectPage, SOURCE_LANGUAGE).select_related("locale")


def shown_projects(which: Q, language: str, *, every_language: bool = False, **more) -> list[ShownPage]:
    """The public projects that answer to `which`, the newest first, those without a start last.

    `more` are annotations for them. Costs one query however many.
    """
    pages = without_texts(ProjectPage.objects.annotate(**more))
    found = shown_in(language, pages, which, every_language=every_language)
    return sorted(found, key=lambda one: (one.original.start or "0", one.original.title), reverse=True)


# Cards


def project_cards(keys: Iterable[str], language: str) -> list[Card]:
    """The cards of the projects with these keys, in a language, newest first."""
    return [card_of(one) for one in shown_projects(Q(key__in=list(keys)), language)]


def card_of(shown: ShownPage, partners: Iterable[ProjectPartner] = (), languages: Iterable[str] = ()) -> Card:
    """The card of a project. On the index page it also counts its partners and names its languages."""
    project = shown.original
    role = home_city_role_label(project)
    if role and not project.is_certain("home_city_role"):
        role = _("%(value)s (to be confirmed)") % {"value": role}
    lines = (years(project), _("Mechelen: %(role)s") % {"role": role} if role else "", _how_many(partners))
    return Card(
        kind=ProjectPage.kind,
        key=project.key,
        title=shown.page.title,
        url=shown.page.get_url() or "",
        lead=shown.page.lead,
        language=shown.language,
        over=" · ".join(part for part in (capfirst(project.get_type_display()), shown.page.programme) if part),
        foot=tuple(line for line in lines if line),
        languages=tuple(languages),
    )


def _how_many(partners) -> str:
    """How many partners are named, in how many countries. A network has more members than are named here."""
    if not partners:
        return ""
    countries = len({country_of(partner.organisation) for partner in partners} - {""})
    number = len(partners)
    named_here = ngettext("%(count)d partner named", "%(count)d partners named", number) % {"count": number}
    if not countries:
        return named_here
    where = ngettext("%(count)d country", "%(count)d countries", countries) % {"count": countries}
    return _("%(partners)s, %(countries)s") % {"partners": named_here, "countries": where}


# The index page


def project_index(page: ProjectIndexPage, request: HttpRequest) -> dict:
    """What the page of all projects shows."""
    return {"groups": project_groups(page.language)}


def project_groups(language: str) -> list[dict]:
    """Projects, networks and partnerships as groups, each with its cards; empty groups are left out."""
    projects = shown_projects(Q(), language, every_language=True)
    partners = partners_of([one.original for one in projects])
    by_type = defaultdict(list)
    for one in projects:
        by_type[one.original.type].append(card_of(one, partners[one.original.pk], one.languages))
    headings = {
        ProjectType.PROJECT: _("Projects"),
        ProjectType.NETWORK: _("Networks"),
        ProjectType.PARTNERSHIP: _("Partnerships"),
    }
    return [
        {"id": f"group-{sort}", "title": heading, "cards": by_type[sort]}
        for sort, heading in headings.items()
        if by_type[sort]
    ]


# The page of one project


def project_page(page: ProjectPage, request: HttpRequest) -> dict:
    """What the page of a project shows: words of the page, facts of the Dutch page."""
    language, project = page.language, page.original
    texts = dict(zip(TEXTS, as_markup(getattr(page, name) for name in TEXTS), strict=True))
    partners = public_partners(project)
    cities, lines = map_of(project, partners, page.title, language)
    context = {
        "kind_label": capfirst(project.get_type_display()),
        "years": years(project),
        "acknowledgement": acknowledgement(project, language),
        "key_facts": key_facts(page, project, leads_of(partners, language)),
        "funding_facts": funding_facts(page, project),
        "topics": _topics(project, language),
        "texts": texts,
        "countries": by_country(partners, language),
        "cities": cities,
        "lines": lines,
        "timeline": story.timeline(page, project),
        "deliverables": story.deliverables(page, project),
        "methods": _methods(project, language),
        "before_and_after": _before_and_after(project, language),
        "links": links_of("project", page, language),
        "contact": contact_link(project.contact, language),
        "sources": sources_shown(project.sources),
        "crumbs": [*index_crumbs(ProjectIndexPage, language), {"title": page.title}],
    }
    return context | {"contents": _contents(page, context)}


def _topics(project: ProjectPage, language: str) -> list[dict]:
    topics = []
    for topic in project.topics.filter(live=True):
        label, label_language = text_in(topic, "label", language)
        topics.append(
            {
                "title": label,
                "url": topic.path_in(language),
                "lang": label_language if label_language != language else "",
            }
        )
    return topics


def _methods(project: ProjectPage, language: str) -> list[Card]:
    """The methods of a project, those that were born in it first, each with how it belongs to it."""
    relations = {}
    for link in project.method_links.select_related("method"):
        relations.setdefault(link.method.key, link)
    order = list(MethodRelation.values)
    keys = sorted(relations, key=lambda key: order.index(relations[key].relation))
    return [
        replace(card, note=capfirst(relations[card.key].get_relation_display()))
        for card in cards("method", keys, language)
    ]


def _before_and_after(project: ProjectPage, language: str) -> list[Named]:
    """The projects that this one goes back to and the one that continues it."""
    if project.pk is None:
        return []
    around = (Q(pk=project.successor_id) | Q(successor=project)) & ~Q(pk=project.pk)
    return [
        Named(
            one.page.title,
            one.page.get_url() or "",
            one.language,
            _("follow-up to this project")
            if one.original.pk == project.successor_id
            else _("predecessor of this project"),
        )
        for one in shown_projects(around, language)
    ]


def _contents(page: ProjectPage, context: dict) -> list[dict]:
    """The sections that this project really has, in their order on the page."""
    sections = (
        ("challenge", _("Challenge"), context["texts"]["challenge"]),
        ("what-was-done", _("What was done"), context["texts"]["what_was_done"]),
        ("results", _("Results"), context["texts"]["results"]),
        ("deliverables", _("Outputs"), context["deliverables"]),
        ("timeline", _("Timeline"), context["timeline"]),
        ("partners", _("Partners"), context["countries"]),
        ("methods", _("Methods"), context["methods"]),
        *((f"links-{number}", group.heading, group.cards) for number, group in enumerate(context["links"], 1)),
        ("before-and-after", _("Related projects"), context["before_and_after"]),
        ("funding", _("Funding"), context["funding_facts"] or context["acknowledgement"]),
        ("sources", _("Sources"), context["sources"]),
        ("cite", _("How to cite this page"), True),
    )
    return [{"id": name, "title": title} for name, title, content in sections if content]
