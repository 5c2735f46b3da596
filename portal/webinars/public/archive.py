"""The archive: the sessions to come, and the recordings that the filters of an address leave, by year."""

from dataclasses import replace

from django.core.paginator import Paginator
from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Coalesce, ExtractYear
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.core.content.records import text_in
from portal.core.page_cache.cached_values import cached_until_publish
from portal.core.publishing.visibility import visible_records
from portal.topics.models import Topic
from portal.topics.selectors import entry
from portal.ui.components.values import differs
from portal.webinars.choices import FILTERS, MARKS, NOBODY_SPEAKS, SPOKEN_LANGUAGES
from portal.webinars.models import Caption, Recording, Series, Speaker
from portal.webinars.public.cards import cards_of
from portal.webinars.schedule import newest_first, public_recordings, sessions_to_come
from portal.webinars.transcripts.selectors import named_talks

PER_PAGE = 24
SHORT_S, LONG_S = 15 * 60, 60 * 60
WITH_TEXT = "text"
SPOKEN = dict(SPOKEN_LANGUAGES)


def archive(language: str, query: QueryDict) -> dict:
    """The sessions to come, and the recordings that the filters of an address leave, newest first, a page at a time.

    Costs the same queries however many recordings there are.
    """
    to_come = list(sessions_to_come())
    chosen = chosen_in(query)
    past = with_marks(public_recordings().exclude(pk__in=[session.pk for session in to_come]))
    tally = _tally(past, chosen)
    paginator = Paginator(newest_first(narrowed(past, chosen)), PER_PAGE)
    paginator.count = sum(number for *own, number in tally if _passes(own, chosen))
    page = paginator.get_page(query.get("page"))
    return {
        "to_come": cards_of(to_come, language),
        "years": _by_year([replace(card, over=card.extra["series"]) for card in cards_of(page.object_list, language)]),
        "page_obj": page,
        "total": paginator.count,
        "groups": _groups(past, tally, chosen, language),
        "narrowed": any(chosen.values()),
        "calendar_url": reverse("sessions_calendar", args=[language]),
        "feed_url": feed_url(language, chosen),
    }


def chosen_in(query: QueryDict) -> dict[str, list[str]]:
    """The values that an address chooses of each filter, each once; a language that nobody speaks here is left out."""
    chosen = {name: list(dict.fromkeys(value for value in query.getlist(name) if value)) for name in FILTERS}
    chosen["language"] = [value for value in chosen["language"] if value in SPOKEN]
    return chosen


def with_marks(recordings: QuerySet) -> QuerySet:
    """`public_recordings` with the value of each mark as the filters name it, "" for what is not known."""
    length = Case(
        When(duration_s__isnull=True, then=Value("")),
        When(duration_s__lte=SHORT_S, then=Value("short")),
        When(duration_s__lte=LONG_S, then=Value("middle")),
        default=Value("long"),
    )
    return recordings.annotate(
        of_series=Case(When(series__live=True, then=F("series__key")), default=Value(""), output_field=CharField()),
        of_language=F("spoken_language"),
        of_year=Coalesce(Cast(ExtractYear("day"), CharField()), Value("")),
        of_length=length,
        of_transcript=Case(
            When(
                Exists(Caption.objects.filter(recording=OuterRef("pk"), recording__take_down=None)),
                then=Value(WITH_TEXT),
            ),
            default=Value(""),
        ),
    )


def narrowed(recordings: QuerySet, chosen: dict[str, list[str]], without: str = "") -> QuerySet:
    """Those of `with_marks` that answer to all filters but `without`; of the values of one filter any will do."""
    if chosen["topic"] and without != "topic":
        on_topic = Recording.topics.through.objects.filter(topic__key__in=chosen["topic"])
        recordings = recordings.filter(pk__in=on_topic.values("recording_id"))
    if chosen["speaker"] and without != "speaker":
        talks = named_talks().filter(speaker__key__in=chosen["speaker"])
        recordings = recordings.filter(pk__in=talks.values("recording_id"))
    for name in MARKS:
        if chosen[name]:
            recordings = recordings.filter(**{f"of_{name}__in": chosen[name]})
    return recordings


def _named() -> QuerySet:
    """The speakers who agreed to be named."""
    return visible_records(Speaker).filter(consent=True)


def _tally(recordings: QuerySet, chosen: dict[str, list[str]]) -> list[tuple]:
    """How many recordings with the chosen topics and speakers there are of each combination of marks."""
    free = chosen | {name: [] for name in MARKS}
    rows = narrowed(recordings, free).order_by().values_list(*(f"of_{name}" for name in MARKS))
    return list(rows.annotate(number=Count("pk")))


def _passes(own: list, chosen: dict[str, list[str]], without: str = "") -> bool:
    return all(
        name == without or not chosen[name] or value in chosen[name] for name, value in zip(MARKS, own, strict=True)
    )


def _by_year(cards: list) -> list[dict]:
    """Cards in their order under the year of each; what has no date stands under its own heading."""
    years: list[dict] = []
    for card in cards:
        year = card.extra["year"]
        if not years or years[-1]["year"] != year:
            years.append({"year": year, "title": str(year) if year else _("Without a date"), "cards": []})
        years[-1]["cards"].append(card)
    return years


def feed_url(language: str, chosen: dict[str, list[str]]) -> str:
    """The feed of what is chosen."""
    query = QueryDict(mutable=True)
    for name, values in chosen.items():
        if values:
            query.setlist(name, values)
    return reverse("webinars_feed", args=[language]) + (f"?{query.urlencode()}" if query else "")


def _groups(recordings: QuerySet, tally: list[tuple], chosen: dict[str, list[str]], language: str) -> list[dict]:
    """The filters that have something to choose, with counts that leave out the filter's own choice."""
    counts = {name: _counted(tally, chosen, name) for name in MARKS}
    groups = [
        {"name": "topic", "label": _("Topic"), "options": _topics(recordings, chosen, language)},
        {"name": "speaker", "label": _("Speaker"), "options": _speakers(recordings, chosen)},
        {"name": "series", "label": _("Series"), "options": _series(counts["series"], chosen, language)},
        {"name": "language", "label": _("Spoken language"), "options": _languages(counts["language"], chosen)},
        {"name": "year", "label": _("Year"), "options": _years(counts["year"], chosen)},
        {"name": "length", "label": _("Length"), "options": _lengths(counts["length"], chosen)},
    ]
    groups = [group for group in groups if len(group["options"]) > 1 or chosen[group["name"]]]
    with_text, all_of_them = counts["transcript"].get(WITH_TEXT, 0), sum(number for *_own, number in tally)
    if chosen["transcript"] or 0 < with_text < all_of_them:
        option = _option(chosen["transcript"], WITH_TEXT, _("with a transcript"), with_text)
        groups.append({"name": "transcript", "label": _("Transcript"), "options": [option]})
    return groups


def _topics(recordings: QuerySet, chosen: dict, language: str) -> list[dict]:
    own = Q(recordings__in=narrowed(recordings, chosen, without="topic").order_by().values("pk"))
    topics = visible_records(Topic).annotate(count=Count("recordings", filter=own, distinct=True))
    offered = topics.filter(Q(count__gt=0) | Q(key__in=chosen["topic"]))
    entries = [entry(topic, language, topic.count) for topic in offered]
    return _most_first(_option(chosen["topic"], one.key, one.title, one.count, one.lang) for one in entries)


def _speakers(recordings: QuerySet, chosen: dict) -> list[dict]:
    left = narrowed(recordings, chosen, without="speaker").order_by().values("pk")
    own = Q(talks__in=named_talks().filter(recording__in=left).values("pk"))
    speakers = _named().annotate(count=Count("talks__recording", filter=own, distinct=True))
    offered = speakers.filter(Q(count__gt=0) | Q(key__in=chosen["speaker"]))
    return _most_first(_option(chosen["speaker"], one.key, one.name, one.count) for one in offered)


def _most_first(options) -> list[dict]:
    return sorted(options, key=lambda one: (not one["selected"], -one["count"], one["label"].casefold()))


def _series(counts: dict[str, int], chosen: dict, language: str) -> list[dict]:
    options = []
    # Staff make a series by hand, so they stay few.
    for one in cached_until_publish(("series",), lambda: list(visible_records(Series))):
        if one.key in counts:
            title, title_language = text_in(one, "title", language)
            lang = title_language if title_language != language else ""
            options.append(_option(chosen["series"], one.key, title, counts[one.key], lang))
    return options


def _languages(counts: dict[str, int], chosen: dict) -> list[dict]:
    options = [
        _option(chosen["language"], code, SPOKEN[code], count, differs(code) if code != NOBODY_SPEAKS else "")
        for code, count in counts.items()
    ]
    return sorted(options, key=lambda one: (-one["count"], one["label"]))


def _years(counts: dict[str, int], chosen: dict) -> list[dict]:
    return [_option(chosen["year"], year, year, counts[year]) for year in sorted(counts, reverse=True)]


def _lengths(counts: dict[str, int], chosen: dict) -> list[dict]:
    words = {
        "short": _("up to 15 minutes"),
        "middle": _("15 minutes to an hour"),
        "long": _("more than an hour"),
    }
    return [_option(chosen["length"], code, word, counts[code]) for code, word in words.items() if code in counts]


def _counted(tally: list[tuple], chosen: dict[str, list[str]], name: str) -> dict[str, int]:
    """How many recordings each value of a mark would leave; what is chosen is there even when that is none."""
    counts = dict.fromkeys(chosen[name], 0)
    place = MARKS.index(name)
    for *own, number in tally:
        if own[place] and _passes(own, chosen, without=name):
            counts[own[place]] = counts.get(own[place], 0) + number
    return counts


def _option(chosen: list[str], value: str, label: str, count: int, lang: str = "") -> dict:
    option = {"value": value, "label": label, "count": count, "selected": value in chosen}
    return option | ({"lang": lang} if lang else {})
