"""The page of one project: the words of the page that is read, the facts and relations of the Dutch page."""

from dataclasses import dataclass, replace

from django.db.models import Q
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from portal.core.cards import Card, Links, cards, links_of
from portal.core.content.blocks import sources_shown
from portal.core.content.rich_text import as_markup
from portal.core.routing.structure import index_crumbs
from portal.organisations.city_index import MapLine
from portal.organisations.contacts import ContactLink, contact_link
from portal.organisations.selectors import City, NamedLink
from portal.projects.acknowledgement import Acknowledgement, acknowledgement
from portal.projects.choices import MethodRelation
from portal.projects.models import ProjectIndexPage, ProjectMethod, ProjectPage
from portal.projects.public import story
from portal.projects.public.cards import shown_projects
from portal.projects.public.facts import funding_facts, key_facts, years
from portal.projects.public.partners import Country, leads_of, map_of, partners_by_country, public_partners
from portal.topics.selectors import TopicLink, links_by_id, topic_links
from portal.ui.facts import Fact

TEXTS = ("challenge", "what_was_done", "results")


@dataclass(frozen=True)
class ContentsEntry:
    """A section of the page in its list of contents."""

    id: str
    title: str


@dataclass(frozen=True)
class ProjectContext:
    """The page of a project. `texts` are markup by field name, `links` what other rooms link to the project."""

    kind_label: str
    years: str
    acknowledgement: Acknowledgement | None
    key_facts: list[Fact]
    funding_facts: list[Fact]
    topics: list[TopicLink]
    texts: dict[str, SafeString]
    countries: list[Country]
    cities: list[City]
    lines: list[MapLine]
    timeline: list[story.Event]
    deliverables: list[story.Deliverable]
    methods: list[Card]
    before_and_after: list[NamedLink]
    links: list[Links]
    contact: ContactLink | None
    sources: list[dict]
    crumbs: list[dict]
    contents: tuple[ContentsEntry, ...] = ()


def project_page(page: ProjectPage, request: HttpRequest) -> ProjectContext:
    """Return what the page of a project shows."""
    language, project = page.language, page.original
    as_edited = getattr(request, "is_preview", False)
    partners = public_partners(project)
    cities, lines = map_of(project, partners, page.title, language)
    context = ProjectContext(
        kind_label=capfirst(project.get_type_display()),
        years=years(project),
        acknowledgement=acknowledgement(project, language),
        key_facts=key_facts(page, project, leads_of(partners, language)),
        funding_facts=funding_facts(page, project),
        topics=_topics(project, language, as_edited=as_edited),
        texts=dict(zip(TEXTS, as_markup(getattr(page, name) for name in TEXTS), strict=True)),
        countries=partners_by_country(partners, language),
        cities=cities,
        lines=lines,
        timeline=story.timeline(page, project),
        deliverables=story.deliverables(page, project),
        methods=_methods(project, language, as_edited=as_edited),
        before_and_after=_before_and_after(project, language),
        links=links_of(ProjectPage.kind, page, language),
        contact=contact_link(project.contact, language),
        sources=sources_shown(project.sources),
        crumbs=[*index_crumbs(ProjectIndexPage, language), {"title": page.title}],
    )
    return replace(context, contents=_contents(context))


def _topics(project: ProjectPage, language: str, as_edited: bool) -> list[TopicLink]:
    """Return the topics of a project; a preview reads them as they stand in the form."""
    if as_edited:
        return topic_links(project.topics.all(), language)
    topics = ProjectPage.topics.through.objects.filter(projectpage=project.pk).values_list("topic_id", flat=True)
    return list(links_by_id(set(topics), language).values())


def _contents(context: ProjectContext) -> tuple[ContentsEntry, ...]:
    """The sections that this project really has, in their order on the page."""
    sections = (
        ("challenge", _("Challenge"), context.texts["challenge"]),
        ("what-was-done", _("What was done"), context.texts["what_was_done"]),
        ("results", _("Results"), context.texts["results"]),
        ("deliverables", _("Outputs"), context.deliverables),
        ("timeline", _("Timeline"), context.timeline),
        ("partners", _("Partners"), context.countries),
        ("methods", _("Methods"), context.methods),
        *((f"links-{number}", group.heading, group.cards) for number, group in enumerate(context.links, 1)),
        ("before-and-after", _("Related projects"), context.before_and_after),
        ("funding", _("Funding"), context.funding_facts or context.acknowledgement),
        ("sources", _("Sources"), context.sources),
        ("cite", _("How to cite this page"), True),
    )
    return tuple(ContentsEntry(anchor, title) for anchor, title, content in sections if content)


def _methods(project: ProjectPage, language: str, as_edited: bool) -> list[Card]:
    """Return the methods of a project, those that were born in it first, each with its relation to the project.

    A preview reads them as they stand in the form.
    """
    if as_edited:
        links = [(link.method.key, link.relation) for link in project.method_links.select_related("method")]
    else:
        links = list(ProjectMethod.objects.filter(page=project.pk).values_list("method__key", "relation"))
    relations: dict[str, str] = {}
    for key, relation in links:
        relations.setdefault(key, relation)
    order = list(MethodRelation.values)
    keys = sorted(relations, key=lambda key: order.index(relations[key]))
    return [
        replace(card, note=capfirst(str(MethodRelation(relations[card.key]).label)))
        for card in cards("method", keys, language)
    ]


def _before_and_after(project: ProjectPage, language: str) -> list[NamedLink]:
    """The projects that this one goes back to and the one that continues it."""
    if project.pk is None:
        return []
    around = (Q(pk=project.successor_id) | Q(successor=project)) & ~Q(pk=project.pk)
    return [
        NamedLink(
            shown.page.title,
            shown.page.get_url() or "",
            shown.language,
            _("follow-up to this project")
            if shown.original.pk == project.successor_id
            else _("predecessor of this project"),
        )
        for shown in shown_projects(around, language)
    ]
