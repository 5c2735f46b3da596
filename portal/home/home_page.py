"""The start page of a language."""

from dataclasses import dataclass, replace

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, Count, DateTimeField, F, IntegerField, Subquery, Value, When
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.models import Page

from portal.core.cards import Card
from portal.core.content.records import text_in
from portal.core.page_cache.cached_values import cached_until_publish
from portal.core.publishing.visibility import SOURCE_LANGUAGE, visible, visible_records
from portal.core.routing.structure import index_path
from portal.home import dossiers
from portal.home.models import DossierIndexPage, HomePage
from portal.methods.cards import newest_methods
from portal.methods.models import MethodIndexPage, MethodPage
from portal.organisations.city_index import CityMap, city_map
from portal.organisations.models import CityIndexPage
from portal.projects.models import ProjectIndexPage, ProjectPage
from portal.topics.models import Topic
from portal.webinars.choices import RecordingState
from portal.webinars.models import Recording, WebinarIndexPage
from portal.webinars.public.cards import cards_of as recording_cards
from portal.webinars.schedule import event_day, is_upcoming, upcoming_condition
from portal.webinars.selectors import listed_recordings, recordings_by_id

NEWEST_METHODS = 6
DOSSIERS_SHOWN = 6
RECORDINGS_SHOWN = 3
# Examples under the question box: topics of the thesaurus, so that they are in the visitor's language.
EXAMPLE_TOPICS = ("dual-diagnosis", "nuisance", "safe-space")
SECTIONS = {
    "methods": MethodIndexPage,
    "projects": ProjectIndexPage,
    "webinars": WebinarIndexPage,
    "dossiers": DossierIndexPage,
    "cities": CityIndexPage,
}


@dataclass(frozen=True)
class Door:
    """A way into a section, with how many things are in it."""

    name: str
    title: str
    text: str
    count: int
    url: str


@dataclass(frozen=True)
class ExampleQuestion:
    """A question to try, with the language it is in."""

    label: str
    language: str


@dataclass(frozen=True)
class HomeContext:
    """The start page. `sections` are the paths of the index pages by name; `tries` are questions to try."""

    sections: dict[str, str]
    doors: list[Door]
    tries: list[ExampleQuestion]
    dossiers: list[Card]
    map: CityMap
    to_come: bool
    recordings: list[Card]
    methods: list[Card]


@dataclass(frozen=True)
class _CachedPart:
    """What hardly ever changes, so that it is read once until something is published."""

    sections: dict[str, str]
    doors: list[Door]
    tries: list[ExampleQuestion]
    dossiers: list[Card]
    map: CityMap


def home_page(page: HomePage, request: HttpRequest) -> HomeContext:
    """Return what the start page shows. The same number of queries however much content there is."""
    language = page.language
    recordings = _next_or_latest()
    cached = cached_until_publish(("home", language), lambda: _cached_part(language))
    return HomeContext(
        sections=cached.sections,
        doors=cached.doors,
        tries=cached.tries,
        dossiers=cached.dossiers,
        map=cached.map,
        to_come=bool(recordings) and is_upcoming(recordings[0]),  # depends on the hour
        recordings=recording_cards(recordings, language),
        methods=[replace(card, over="") for card in newest_methods(NEWEST_METHODS, language)],
    )


def _cached_part(language: str) -> _CachedPart:
    sections = {name: path for name, model in SECTIONS.items() if (path := index_path(model, language))}
    return _CachedPart(
        sections=sections,
        doors=_doors(sections),
        tries=_example_questions(language),
        dossiers=dossiers.all_cards(language)[:DOSSIERS_SHOWN],
        map=city_map(language),
    )


def _doors(sections: dict[str, str]) -> list[Door]:
    """The three ways in; a section without a path has no door."""
    types = ContentType.objects.get_for_models(MethodPage, ProjectPage)
    pages = visible(Page, SOURCE_LANGUAGE).filter(content_type__in=[one.pk for one in types.values()]).order_by()
    listed = listed_recordings().order_by().annotate(all=Value(1)).values("all").annotate(number=Count("pk"))
    # The recordings are counted along with the pages: one query less.
    rows = list(pages.values("content_type").annotate(number=Count("pk"), recordings=Subquery(listed.values("number"))))
    counts = {row["content_type"]: row["number"] for row in rows}
    recordings = (rows[0]["recordings"] or 0) if rows else listed_recordings().count()
    doors = [
        Door(
            "methods",
            _("Methods"),
            _("Ways of working in Mechelen: what each one does, what you need, and what is not known yet."),
            counts.get(types[MethodPage].pk, 0),
            sections.get("methods", ""),
        ),
        Door(
            "projects",
            _("European projects"),
            _("European projects and networks: partners, funding and results."),
            counts.get(types[ProjectPage].pk, 0),
            sections.get("projects", ""),
        ),
        Door(
            "webinars",
            _("Webinars"),
            _("Watch or read. Search every transcript and jump to the right moment."),
            recordings,
            sections.get("webinars", ""),
        ),
    ]
    return [door for door in doors if door.url]


def _example_questions(language: str) -> list[ExampleQuestion]:
    labels = [f"{Topic.title_field}_{code}" for code, _name in settings.LANGUAGES]
    examples = visible_records(Topic).filter(key__in=EXAMPLE_TOPICS).values_list("key", *labels, named=True)
    topics = {topic.key: topic for topic in examples}
    return [
        ExampleQuestion(*text_in(topics[key], Topic.title_field, language)) for key in EXAMPLE_TOPICS if key in topics
    ]


def _next_or_latest() -> list[Recording]:
    """The sessions to come, the next one first; when there are none, the latest recordings, those to watch first.

    Examples are not offered here.
    """
    rank = Case(
        When(upcoming_condition(), then=Value(0)),
        When(state=RecordingState.RECORDED, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    ahead = Case(When(rank=0, then=F("event_start")), output_field=DateTimeField())
    recordings = listed_recordings().filter(is_example=False, take_down=None).annotate(rank=rank, day=event_day())
    first = recordings.order_by("rank", ahead.asc(nulls_last=True), F("day").desc(nulls_last=True), "-pk")
    ids = list(first.values_list("pk", flat=True)[:RECORDINGS_SHOWN])
    known = recordings_by_id(ids)
    shown = [known[pk] for pk in ids if pk in known]
    return [recording for recording in shown if is_upcoming(recording)] or shown
