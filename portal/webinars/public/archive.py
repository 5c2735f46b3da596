"""The archive: what can be watched by year, what is to come and what took place, as the visitor's filters narrow it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, Substr
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext as _

from portal.core.ask_links import ask_url
from portal.core.cards import Card
from portal.core.content.csv_table import csv_response
from portal.core.content.partial_dates import partial_date_sentence
from portal.core.content.records import text_in
from portal.core.facets import Facet, build_facet, latest_year_first, most_used_first
from portal.core.lists.form import CARDS, TABLE
from portal.core.lists.page import ChoiceLink, csv_of_cards
from portal.core.page_cache.cached_values import cached_until_publish
from portal.core.publishing.visibility import visible_records
from portal.topics.models import Topic
from portal.webinars.choices import (
    FILTERS,
    LIST_PARAMETER,
    NO_SPEECH,
    SINGLE_VALUE_FILTERS,
    SPOKEN_LANGUAGES,
    Medium,
    RecordingList,
    RecordingState,
)
from portal.webinars.consent.named_speakers import agreed_speakers, named_talks
from portal.webinars.lists import numbers
from portal.webinars.models import Caption, Recording, Series, WebinarIndexPage
from portal.webinars.platforms import platform_at
from portal.webinars.playback import is_web_address
from portal.webinars.public.cards import cards_of
from portal.webinars.public.checked_addresses import notes_on_addresses
from portal.webinars.public.nearest import nearest_card
from portal.webinars.recording_state import state_label
from portal.webinars.selectors import examples, newest_first, public_recordings, upcoming_sessions

PER_PAGE = 24
MOST_ROWS = 10_000  # of a file
MOST_BESIDE = 12  # of what took place, beside what can be watched; the rest is one click away
WATCH, TO_COME, TOOK_PLACE = RecordingList.WATCH, RecordingList.TO_COME, RecordingList.TOOK_PLACE
ANCHORS = {WATCH: "watch", TO_COME: "to-come", TOOK_PLACE: "took-place"}
# Keys, years and codes: no recording has another value.
_VALUE = re.compile(r"[\w-]{1,80}")
SHORT_S, LONG_S = 15 * 60, 60 * 60
WITH_TRANSCRIPT = "text"
SPOKEN = dict(SPOKEN_LANGUAGES)

Selection = dict[str, list[str]]  # the selected values of each filter


@dataclass(frozen=True)
class Year:
    """The recordings of one year under its heading; `year` is None for those without a date."""

    year: int | None
    title: str
    cards: list[Card]


@dataclass(frozen=True)
class Combination:
    """How many recordings of a list have one combination of values of the single-value filters."""

    of_list: str
    values: dict[str, str]
    number: int

    def passes(self, selected: Selection, without: str = "") -> bool:
        """Whether these recordings pass all single-value filters but `without`."""
        return all(
            name == without or not selected[name] or value in selected[name] for name, value in self.values.items()
        )


@dataclass(frozen=True)
class ListNumber:
    """One of the three lists with how many stand in it, whatever the filters; `url` leads to it."""

    name: str
    label: str
    number: int
    url: str


@dataclass(frozen=True)
class Channel:
    """A channel or page elsewhere, with what is known of it."""

    title: str
    url: str
    note: str


@dataclass(frozen=True)
class ArchivePage:
    """What the archive shows in one language.

    `shown_list` is the one that the filters narrow, what can be watched or what took place; `anchor` is of its heading,
    `total` and `years` are of it. Beside what can be watched, `took_place` are the latest of the other list and
    `took_place_total` is how many of it pass the filters. `nearest` is what to watch instead when nothing passes.
    """

    lists: list[ListNumber]
    shown_list: str
    anchor: str
    upcoming: list[Card]
    years: list[Year]
    page_obj: Page
    total: int
    groups: list[Facet]
    is_filtered: bool
    took_place: list[Card]
    took_place_total: int
    took_place_url: str
    nearest: Card | None
    examples: list[Card]
    view: str
    views: tuple[ChoiceLink, ...]
    channels: list[Channel]
    ask_url: str
    propose_url: str
    calendar_url: str
    feed_url: str


def archive_page(index: WebinarIndexPage, parameters: QueryDict) -> ArchivePage:
    """The sessions to come, and a page of the recordings that pass the filters in an address, newest first.

    Costs the same queries however many recordings there are.
    """
    language = index.language
    upcoming = list(upcoming_sessions())
    selected, shown = selected_filters(parameters), _shown_list(parameters)
    view = TABLE if parameters.get("view") == TABLE else CARDS
    listed = with_filter_values(public_recordings())
    combinations = _count_combinations(listed.filter(of_list__in=(WATCH, TOOK_PLACE)), selected)
    of_shown = [combination for combination in combinations if combination.of_list == shown]
    passing = filtered(listed.filter(of_list=shown), selected)
    totals = {name: _total(combinations, selected, name) for name in (WATCH, TOOK_PLACE)}
    paginator = Paginator(newest_first(passing), PER_PAGE)
    paginator.count = totals[shown]  # counted already
    page = paginator.get_page(parameters.get("page"))
    beside = []
    if shown == WATCH and totals[TOOK_PLACE] and page.number == 1:
        beside = list(newest_first(filtered(listed.filter(of_list=TOOK_PLACE), selected))[:MOST_BESIDE])
    cards = _cards(page.object_list, language)
    cards = [_with_series(card) for card in cards] if shown == WATCH else _under_their_heading(cards)
    return ArchivePage(
        lists=list_numbers(language),
        shown_list=shown,
        anchor=ANCHORS[shown],
        upcoming=cards_of(upcoming, language),
        years=_by_year(cards),
        page_obj=page,
        total=totals[shown],
        groups=_facets(listed.filter(of_list=shown), of_shown, selected, language),
        is_filtered=any(selected.values()),
        took_place=_under_their_heading(cards_of(beside, language)),
        took_place_total=totals[TOOK_PLACE],
        took_place_url=f"?{_query(selected, TOOK_PLACE)}",
        nearest=nearest_card(language, topics=selected["topic"]) if shown == WATCH and not totals[WATCH] else None,
        examples=cards_of(newest_first(examples())[:PER_PAGE], language),
        view=view,
        views=(
            ChoiceLink(_("Cards"), None, view == CARDS),
            ChoiceLink(_("Table"), TABLE, view == TABLE),
        ),
        channels=_channels(index.original),
        ask_url=ask_url(language),
        propose_url=ask_url(language, kind="session"),
        calendar_url=reverse("sessions_calendar", args=[language]),
        feed_url=feed_url(language, selected),
    )


def _channels(index: WebinarIndexPage) -> list[Channel]:
    return [
        Channel(str(platform_at(block.value["url"]).label), block.value["url"], _note_on_channel(block.value))
        for block in index.channels
        if is_web_address(block.value["url"])
    ]


def _note_on_channel(channel: Mapping[str, Any]) -> str:
    day = partial_date_sentence(channel["named_on"] or "")
    named = _("named in a presentation to the council on %(date)s") % {"date": day} if day else ""
    unconfirmed = "" if channel["is_confirmed"] else _("whose it is has not been confirmed")
    return ", ".join(part for part in (named, unconfirmed) if part)


def archive_file(index: WebinarIndexPage, request: HttpRequest) -> HttpResponse:
    """The recordings of a list that pass the filters in an address as CSV, those of all its pages."""
    listed = with_filter_values(public_recordings()).filter(of_list=_shown_list(request.GET))
    passing = newest_first(filtered(listed, selected_filters(request.GET)))[:MOST_ROWS]
    return csv_response(csv_of_cards(cards_of(passing, index.language), index.language), index.slug)


def _shown_list(parameters: QueryDict) -> RecordingList:
    return TOOK_PLACE if parameters.get(LIST_PARAMETER) == TOOK_PLACE else WATCH


def list_numbers(language: str) -> list[ListNumber]:
    """The three lists with their numbers, for every page that names them. Kept until something is published."""
    counts = cached_until_publish(("numbers of lists",), lambda: numbers(public_recordings()))
    index = WebinarIndexPage.path_of_index(language) or ""
    return [ListNumber(one.value, str(one.label), counts[one], f"{index}#{ANCHORS[one]}") for one in RecordingList]


def _cards(recordings: Iterable[Recording], language: str) -> list[Card]:
    """Cards that say, of a page elsewhere, when it was reached or read."""
    recordings = list(recordings)
    notes = notes_on_addresses(recordings)
    notes_by_key = {recording.key: notes.get(recording.pk, "") for recording in recordings}
    return [
        replace(card, foot=(*card.foot, note)) if (note := notes_by_key[card.key]) else card
        for card in cards_of(recordings, language)
    ]


def _under_their_heading(cards: Iterable[Card]) -> list[Card]:
    """Cards of what took place, without the words that the heading of the list says already."""
    said = state_label(RecordingState.NOT_FOUND)
    return [replace(card, over="", note="" if card.note == said else card.note) for card in cards]


def _with_series(card: Card) -> Card:
    parts = ((part,) for part in (card.over, card.extra["series"]) if part)
    return replace(card, over=format_html_join(" · ", "{}", parts))


def _total(combinations: Sequence[Combination], selected: Selection, name: str) -> int:
    return sum(one.number for one in combinations if one.of_list == name and one.passes(selected))


def selected_filters(parameters: QueryDict) -> Selection:
    """The values that an address selects of each filter, each once, without what no recording can have."""
    selected = {
        name: list(dict.fromkeys(value for value in parameters.getlist(name) if _VALUE.fullmatch(value)))
        for name in FILTERS
    }
    selected["language"] = [value for value in selected["language"] if value in SPOKEN]
    return selected


def with_filter_values(recordings: QuerySet) -> QuerySet:
    """`public_recordings` with their value of each single-value filter as `of_<name>`, "" for what is not known."""
    length = Case(
        When(duration_s__isnull=True, then=Value("")),
        When(duration_s__lte=SHORT_S, then=Value("short")),
        When(duration_s__lte=LONG_S, then=Value("middle")),
        default=Value("long"),
    )
    captions = Caption.objects.filter(recording=OuterRef("pk"), recording__take_down=None)
    return recordings.annotate(  # `of_medium` is there already
        of_series=Case(When(series__live=True, then=F("series__key")), default=Value(""), output_field=CharField()),
        of_language=F("spoken_language"),
        of_year=Coalesce(Substr("day", 1, 4), Value("")),
        of_length=length,
        of_transcript=Case(When(Exists(captions), then=Value(WITH_TRANSCRIPT)), default=Value("")),
    )


def filtered(recordings: QuerySet, selected: Selection, without: str = "") -> QuerySet:
    """Those of `with_filter_values` that pass all filters but `without`; of the values of one filter any will do."""
    if selected["topic"] and without != "topic":
        on_topic = Recording.topics.through.objects.filter(topic__key__in=selected["topic"])
        recordings = recordings.filter(pk__in=on_topic.values("recording_id"))
    if selected["speaker"] and without != "speaker":
        talks = named_talks().filter(speaker__key__in=selected["speaker"])
        recordings = recordings.filter(pk__in=talks.values("recording_id"))
    for name in SINGLE_VALUE_FILTERS:
        if selected[name]:
            recordings = recordings.filter(**{f"of_{name}__in": selected[name]})
    return recordings


def feed_url(language: str, selected: Selection) -> str:
    """The address of the feed of this selection."""
    query = _query(selected)
    return reverse("webinars_feed", args=[language]) + (f"?{query}" if query else "")


def _query(selected: Selection, name: str = "") -> str:
    """The query string of a selection, in a list that is not the first."""
    query = QueryDict(mutable=True)
    for filter_name, values in selected.items():
        if values:
            query.setlist(filter_name, values)
    if name:
        query[LIST_PARAMETER] = name
    return query.urlencode()


def _count_combinations(recordings: QuerySet, selected: Selection) -> list[Combination]:
    """Count the recordings with the selected topics and speakers by their single-value filters, in one query."""
    of_topics_and_speakers = filtered(recordings, selected | {name: [] for name in SINGLE_VALUE_FILTERS})
    names = ("of_list", *(f"of_{name}" for name in SINGLE_VALUE_FILTERS))
    rows = of_topics_and_speakers.order_by().values_list(*names).annotate(number=Count("pk"))
    return [
        Combination(name, dict(zip(SINGLE_VALUE_FILTERS, values, strict=True)), number)
        for name, *values, number in rows
    ]


def _counts(combinations: Sequence[Combination], selected: Selection, name: str) -> dict[str, int]:
    """How many recordings each value of a single-value filter would leave; selected values are there even with none."""
    counts = dict.fromkeys(selected[name], 0)
    for combination in combinations:
        value = combination.values[name]
        if value and combination.passes(selected, without=name):
            counts[value] = counts.get(value, 0) + combination.number
    return counts


def _by_year(cards: list[Card]) -> list[Year]:
    """Cards in their order under the year of each; those without a date have a heading of their own."""
    years: list[Year] = []
    for card in cards:
        year = card.extra["year"]
        if not years or years[-1].year != year:
            years.append(Year(year, str(year) if year else _("Without a date"), []))
        years[-1].cards.append(card)
    return years


def _facets(
    recordings: QuerySet, combinations: Sequence[Combination], selected: Selection, language: str
) -> list[Facet]:
    """The filters that have something to choose; the counts of each leave out its own selection."""
    counts = {name: _counts(combinations, selected, name) for name in SINGLE_VALUE_FILTERS}
    facets = [
        build_facet(
            "medium",
            _("Kind"),
            word_of=lambda medium: (str(dict(Medium.choices).get(medium, "")), ""),
            counts=counts["medium"],
            chosen=selected["medium"],
            scale=[medium for medium in Medium.values if medium in counts["medium"]],
        ),
        _topics(recordings, selected, language),
        _speakers(recordings, selected),
        _series(counts["series"], selected["series"], language),
        build_facet(
            "language",
            _("Spoken language"),
            word_of=lambda code: (str(SPOKEN.get(code, "")), code if code != NO_SPEECH else ""),
            counts=counts["language"],
            chosen=selected["language"],
            order=most_used_first,
        ),
        build_facet(
            "year",
            _("Year"),
            word_of=lambda year: (year, ""),
            counts=counts["year"],
            chosen=selected["year"],
            order=latest_year_first,
        ),
        _lengths(counts["length"], selected["length"]),
    ]
    facets = [facet for facet in facets if len(facet.options) > 1 or selected[facet.name]]
    total = sum(combination.number for combination in combinations)
    if selected["transcript"] or 0 < counts["transcript"].get(WITH_TRANSCRIPT, 0) < total:
        facets.append(
            build_facet(
                "transcript",
                _("Transcript"),
                word_of=lambda value: (_("with a transcript") if value == WITH_TRANSCRIPT else "", ""),
                counts=counts["transcript"],
                chosen=selected["transcript"],
                scale=[WITH_TRANSCRIPT],
            )
        )
    return facets


def _topics(recordings: QuerySet, selected: Selection, language: str) -> Facet:
    left = filtered(recordings, selected, without="topic").order_by().values("pk")
    topics = visible_records(Topic).annotate(count=Count("recordings", filter=Q(recordings__in=left), distinct=True))
    offered = {topic.key: topic for topic in topics.filter(Q(count__gt=0) | Q(key__in=selected["topic"]))}
    return build_facet(
        "topic",
        _("Topic"),
        word_of=lambda key: offered[key].title_in(language) if key in offered else ("", ""),
        counts={key: topic.count for key, topic in offered.items()},
        chosen=selected["topic"],
        order=most_used_first,
    )


def _speakers(recordings: QuerySet, selected: Selection) -> Facet:
    left = filtered(recordings, selected, without="speaker").order_by().values("pk")
    talks = named_talks().filter(recording__in=left).values("pk")
    speakers = agreed_speakers().annotate(count=Count("talks__recording", filter=Q(talks__in=talks), distinct=True))
    offered = {speaker.key: speaker for speaker in speakers.filter(Q(count__gt=0) | Q(key__in=selected["speaker"]))}
    return build_facet(
        "speaker",
        _("Speaker"),
        word_of=lambda key: (offered[key].name if key in offered else "", ""),
        counts={key: speaker.count for key, speaker in offered.items()},
        chosen=selected["speaker"],
        order=most_used_first,
    )


def _series(counts: dict[str, int], selected: list[str], language: str) -> Facet:
    # Staff make a series by hand, so they stay few.
    known = {series.key: series for series in cached_until_publish(("series",), lambda: list(visible_records(Series)))}
    return build_facet(
        "series",
        _("Series"),
        word_of=lambda key: text_in(known[key], "title", language) if key in known else ("", ""),
        counts=counts,
        chosen=selected,
        scale=[key for key in known if key in counts],
    )


def _lengths(counts: dict[str, int], selected: list[str]) -> Facet:
    words = {
        "short": _("up to 15 minutes"),
        "middle": _("15 minutes to an hour"),
        "long": _("more than an hour"),
    }
    return build_facet(
        "length",
        _("Length"),
        word_of=lambda code: (words.get(code, ""), ""),
        counts=counts,
        chosen=selected,
        scale=[code for code in words if code in counts],
    )
