"""The page of one project: the words of the page that is read, the facts and relations of the Dutch page."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from operator import itemgetter
from types import MappingProxyType

from django.db.models import CharField, IntegerField, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.ask_links import PublishedAnswer, ask_url, packed_questions, unpacked_questions
from portal.core.cards import Card, Links, cards, links_of
from portal.core.content.blocks import sources_shown
from portal.core.content.references import numbers_of, with_references
from portal.core.content.rich_text import as_markup
from portal.core.page_cache.cached_values import cached_for
from portal.core.publishing.visibility import visible_records
from portal.core.routing.structure import index_crumbs
from portal.links.selectors import LinkStates, known_links, with_link_notes
from portal.organisations.choices import HOME_CITY
from portal.organisations.city_index import MapLine
from portal.organisations.contacts import ContactLink, contact_link
from portal.organisations.models import Organisation
from portal.organisations.selectors import City, NamedLink, organisations_by_id_or_key
from portal.projects.acknowledgement import Acknowledgement, acknowledgement
from portal.projects.choices import HomeCityRole, MethodRelation
from portal.projects.models import ProjectIndexPage, ProjectMethod, ProjectPage, ProjectPartner
from portal.projects.public import story
from portal.projects.public.cards import shown_projects
from portal.projects.public.facts import funding_facts, key_facts, years
from portal.projects.public.logos import logo_of
from portal.projects.public.partners import Country, leads_of, map_of, partners_by_country, public_partners
from portal.topics.selectors import TopicLink, links_by_id
from portal.ui.facts import Fact

# What every project says, in this order: also the rows that a question can be about.
STORY = {
    "what_was_done": gettext_lazy("What was done"),
    "results": gettext_lazy("What came of it"),
    "what_still_runs": gettext_lazy("What still runs"),
}
TEXTS = (*STORY, "challenge", "funding_note")


@dataclass(frozen=True)
class ContentsEntry:
    """A section of the page in its list of contents."""

    id: str
    title: str


@dataclass(frozen=True)
class StorySection:
    """A part of the story that every project has: its text, or where to ask about it while nothing is known.

    `is_asked` is whether a visitor has asked about it and waits for an answer.
    """

    id: str
    title: str
    text: SafeString
    ask: str
    is_asked: bool = False


@dataclass(frozen=True)
class ProjectContext:
    """The page of a project. `texts` are markup by field name, `links` what other rooms link to the project."""

    kind_label: str
    years: str
    acknowledgement: Acknowledgement | None
    programme_logo: dict | None
    key_facts: list[Fact]
    funding_facts: list[Fact]
    topics: list[TopicLink]
    texts: dict[str, SafeString]
    has_general_knowledge: bool
    sections: list[StorySection]
    countries: list[Country]
    cities: list[City]
    lines: list[MapLine]
    timeline: list[story.Event]
    deliverables: list[story.Deliverable]
    methods: list[Card]
    before_and_after: list[NamedLink]
    links: list[Links]
    contact: ContactLink | None
    answers: list[PublishedAnswer]
    sources: list[dict]
    crumbs: list[dict]
    contents: tuple[ContentsEntry, ...] = ()


def project_page(page: ProjectPage, request: HttpRequest) -> ProjectContext:
    """Return what the page of a project shows."""
    language, project = page.language, page.original
    is_preview = getattr(request, "is_preview", False)
    relations = _relations_as_edited(project) if is_preview else _relations(project)
    partners = relations.partners
    texts = _texts(page, project)
    questions = unpacked_questions(relations.questions, language)
    cities, lines = map_of(project, partners, relations.home, page.title, language)
    context = ProjectContext(
        kind_label=capfirst(project.get_type_display()),
        years=years(project),
        acknowledgement=acknowledgement(project, language),
        programme_logo=logo_of(project),
        key_facts=key_facts(page, project, leads_of(partners, language), relations.links),
        funding_facts=funding_facts(page, project),
        topics=list(links_by_id(relations.topics, language).values()),
        texts=texts,
        sections=_story(project, texts, questions.open_rows, language),
        has_general_knowledge=any('class="general"' in text for text in texts.values()),
        countries=partners_by_country(partners, language),
        cities=cities,
        lines=lines,
        timeline=story.timeline(page, project),
        deliverables=story.deliverables(page, project, relations.links),
        methods=_methods(relations.methods, language),
        before_and_after=(
            _before_and_after(project, language)
            if is_preview
            else cached_for(("before and after", language), project.pk, lambda: _before_and_after(project, language))
        ),
        links=links_of(ProjectPage.kind, page, language),
        contact=contact_link(project.contact, language),
        answers=list(questions.answers),
        sources=with_link_notes(sources_shown(project.sources), relations.links),
        crumbs=[*index_crumbs(ProjectIndexPage, language), {"title": page.title}],
    )
    return replace(context, contents=_contents(context))


def _story(
    project: ProjectPage, texts: Mapping[str, SafeString], open_rows: Collection[str], language: str
) -> list[StorySection]:
    """Return what every project says, in the same order; unknown is said, not left out.

    What was done is what Mechelen did, where it is known to have had a role; else what the partners did.
    """
    has_role = project.home_city_role != HomeCityRole.UNKNOWN and project.is_certain("home_city_role")
    headings = STORY | ({"what_was_done": _("What Mechelen did")} if has_role else {})
    about = f"{ProjectPage.kind}:{project.key}"
    return [
        StorySection(
            id=name.replace("_", "-"),
            title=str(heading),
            text=texts[name],
            ask="" if texts[name] else ask_url(language, about, name),
            is_asked=name in open_rows,
        )
        for name, heading in headings.items()
    ]


def _texts(page: ProjectPage, project: ProjectPage) -> dict[str, SafeString]:
    """Return the texts of a page as markup by field name, with the numbers of the sources that they name."""
    shown = as_markup(getattr(page, name) for name in TEXTS)
    numbers = numbers_of(project.sources)
    return {name: with_references(text, numbers) for name, text in zip(TEXTS, shown, strict=True)}


@dataclass(frozen=True)
class _Relations:
    """What a project is joined to: the ids of its topics, its public partners, its methods as (key, relation).

    `home` is the home city, None when it is not public; `links` is what is known of its links to other sites,
    `questions` what is shown of the questions about it, packed.
    """

    topics: set[int]
    partners: list[ProjectPartner]
    methods: list[tuple[str, str]]
    home: Organisation | None
    links: LinkStates
    questions: tuple[str, ...] = ()


def _joined(project: ProjectPage) -> Mapping[str, tuple[tuple, ...]]:
    """Read what a project is joined to, with one query: topics, partners, methods, links and questions."""
    text = CharField()
    nothing, zero = Value("", output_field=text), Value(0, output_field=IntegerField())
    place = (Coalesce("sort_order", 0), "pk")

    def called(name: str) -> Value:
        return Value(name, output_field=text)

    partners = ProjectPartner.objects.filter(page=project.pk).order_by()
    methods = ProjectMethod.objects.filter(page=project.pk).order_by()
    topics = ProjectPage.topics.through.objects.filter(projectpage=project.pk)
    branches: list[QuerySet] = [
        partners.values_list(called("partners"), *place, "organisation_id", "role", nothing),
        methods.values_list(called("methods"), *place, "method__owned_by_id", "method__key", "relation"),
        topics.values_list(called("topics"), zero, zero, "topic_id", nothing, nothing),
        known_links(project.outside_links()).values_list(called("links"), zero, zero, "day", "address", "state"),
        packed_questions(f"{ProjectPage.kind}:{project.key}").values_list(
            called("questions"), zero, zero, zero, "packed", nothing
        ),
    ]
    by_name = defaultdict(list)
    for name, _place, _row, *columns in sorted(branches[0].union(*branches[1:], all=True), key=itemgetter(1, 2)):
        by_name[name].append(tuple(columns))
    return MappingProxyType({name: tuple(rows) for name, rows in by_name.items()})


def _relations(project: ProjectPage) -> _Relations:
    """Return what a project is joined to."""
    joined = cached_for(("relations of projects",), project.pk, lambda: _joined(project))
    names = ("partners", "methods", "topics", "links", "questions")
    partners, methods, topics, links, questions = (joined.get(name, ()) for name in names)
    # The owners of its methods too: their cards show them.
    organisations = organisations_by_id_or_key({HOME_CITY, *(pk for pk, *_codes in (*partners, *methods) if pk)})
    home = organisations.get(HOME_CITY)
    return _Relations(
        topics={pk for pk, *_codes in topics},
        partners=[
            ProjectPartner(organisation=organisations[pk], role=role)
            for pk, role, _nothing in partners
            if organisations[pk].live
        ],
        methods=[(key, relation) for _owner, key, relation in methods],
        home=home if home and home.live else None,
        links={address: (state, day) for day, address, state in links},
        questions=tuple(packed for _zero, packed, _nothing in questions),
    )


def _relations_as_edited(project: ProjectPage) -> _Relations:
    """Return what a project is joined to as it stands in the form, for a preview."""
    return _Relations(
        topics={topic.pk for topic in project.topics.all()},
        partners=public_partners(project),
        methods=[(link.method.key, link.relation) for link in project.method_links.select_related("method")],
        home=visible_records(Organisation).filter(key=HOME_CITY).first(),
        links={},
    )


def _contents(context: ProjectContext) -> tuple[ContentsEntry, ...]:
    """The sections that this project really has, in their order on the page."""
    sections = (
        *((section.id, section.title, True) for section in context.sections),
        ("challenge", _("Challenge"), context.texts["challenge"]),
        ("partners", _("Partners"), context.countries),
        ("timeline", _("Timeline"), context.timeline),
        ("deliverables", _("Outputs"), context.deliverables),
        ("methods", _("Methods"), context.methods),
        *((f"links-{number}", group.heading, group.cards) for number, group in enumerate(context.links, 1)),
        ("before-and-after", _("Related projects"), context.before_and_after),
        ("topics", _("Topics"), context.topics),
        ("funding", _("Funding"), context.funding_facts or context.acknowledgement or context.texts["funding_note"]),
        ("answers", _("Questions and answers"), context.answers),
        ("sources", _("Sources"), context.sources),
        ("cite", _("How to cite this page"), True),
    )
    return tuple(ContentsEntry(anchor, title) for anchor, title, content in sections if content)


def _methods(links: list[tuple[str, str]], language: str) -> list[Card]:
    """Return the methods of a project, those that were born in it first, each with its relation to the project."""
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
