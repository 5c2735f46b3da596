"""The archive: upcoming sessions, and the recordings that pass the visitor's filters, by year."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.core.paginator import Page, Paginator
from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Coalesce, ExtractYear
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.core.cards import Card
from portal.core.content.records import text_in
from portal.core.facets import Facet, build_facet, latest_year_first, most_used_first
from portal.core.page_cache.cached_values import cached_until_publish
from portal.core.publishing.visibility import visible_records
from portal.topics.models import Topic
from portal.webinars.choices import FILTERS, NO_SPEECH, SINGLE_VALUE_FILTERS, SPOKEN_LANGUAGES
from portal.webinars.consent.named_speakers import agreed_speakers, named_talks
from portal.webinars.models import Caption, Recording, Series
from portal.webinars.public.cards import cards_of
from portal.webinars.selectors import newest_first, public_recordings, upcoming_sessions

PER_PAGE = 24
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
    """How many recordings have one combination of values of the single-value filters."""

    values: dict[str, str]
    number: int

    def passes(self, selected: Selection, without: str = "") -> bool:
        """Whether these recordings pass all single-value filters but `without`."""
        return all(
            name == without or not selected[name] or value in selected[name] for name, value in self.values.items()
        )


@dataclass(frozen=True)
class ArchivePage:
    """What the archive shows in one language."""

    upcoming: list[Card]
    years: list[Year]
    page_obj: Page
    total: int
    groups: list[Facet]
    is_filtered: bool
    calendar_url: str
    feed_url: str


def archive_page(language: str, parameters: QueryDict) -> ArchivePage:
    """The upcoming sessions, and a page of the recordings that pass the filters in an address, newest first.

    Costs the same queries however many recordings there are.
    """
    upcoming = list(upcoming_sessions())
    selected = selected_filters(parameters)
    past = with_filter_values(public_recordings().exclude(pk__in=[session.pk for session in upcoming]))
    combinations = _count_combinations(past, selected)
    paginator = Paginator(newest_first(filtered(past, selected)), PER_PAGE)
    total = sum(combination.number for combination in combinations if combination.passes(selected))
    paginator.count = total  # counted already
    page = paginator.get_page(parameters.get("page"))
    cards = [replace(card, over=card.extra["series"]) for card in cards_of(page.object_list, language)]
    return ArchivePage(
        upcoming=cards_of(upcoming, language),
        years=_by_year(cards),
        page_obj=page,
        total=total,
        groups=_facets(past, combinations, selected, language),
        is_filtered=any(selected.values()),
        calendar_url=reverse("sessions_calendar", args=[language]),
        feed_url=feed_url(language, selected),
    )


def selected_filters(parameters: QueryDict) -> Selection:
    """The values that an address selects of each filter, each once, without languages that no recording can have."""
    selected = {name: list(dict.fromkeys(value for value in parameters.getlist(name) if value)) for name in FILTERS}
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
    return recordings.annotate(
        of_series=Case(When(series__live=True, then=F("series__key")), default=Value(""), output_field=CharField()),
        of_language=F("spoken_language"),
        of_year=Coalesce(Cast(ExtractYear("day"), CharField()), Value("")),
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
    query = QueryDict(mutable=True)
    for name, values in selected.items():
        if values:
            query.setlist(name, values)
    return reverse("webinars_feed", args=[language]) + (f"?{query.urlencode()}" if query else "")


def _count_combinations(recordings: QuerySet, selected: Selection) -> list[Combination]:
    """Count the recordings with the selected topics and speakers by their single-value filters, in one query."""
    of_topics_and_speakers = filtered(recordings, selected | {name: [] for name in SINGLE_VALUE_FILTERS})
    rows = of_topics_and_speakers.order_by().values_list(*(f"of_{name}" for name in SINGLE_VALUE_FILTERS))
    return [
        Combination(dict(zip(SINGLE_VALUE_FILTERS, values, strict=True)), number)
        for *values, number in rows.annotate(number=Count("pk"))
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
