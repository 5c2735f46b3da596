"""Cards of recordings for the lists of every room, and the recordings that methods, projects, topics or organisations
link to."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.models import Page

from portal.core.cards import Card, CardLine, Links, PagedLinks
from portal.core.content.records import text_in
from portal.core.content.sentences import first_sentence
from portal.organisations.models import Organisation
from portal.topics.models import Topic
from portal.ui.addresses import moment
from portal.ui.components.values import language_name, marked
from portal.ui.times import clock, duration
from portal.webinars.choices import Medium, RecordingList
from portal.webinars.consent.named_speakers import named_talks
from portal.webinars.lists import list_of, medium_of
from portal.webinars.models import Recording, RecordingMethod, RecordingProject
from portal.webinars.public.by_whom import by_whom
from portal.webinars.public.posters import poster_of
from portal.webinars.recording_state import displayed_state, state_label
from portal.webinars.schedule import event_date, is_upcoming
from portal.webinars.selectors import listed_recordings, newest_first, public_recordings, recordings_by_id
from portal.webinars.transcripts.selectors import transcripts_of

MAX_WORDS = 40


def recording_cards(keys: Iterable[str], language: str) -> list[Card]:
    """The cards of the public recordings among these keys."""
    return cards_of(public_recordings().filter(key__in=list(keys)), language)


def cards_of(recordings: Iterable[Recording], language: str, *, with_posters: bool = True) -> list[Card]:
    """Recordings of `public_recordings` as cards in a language, in their order; without an address there is no card."""
    return [card for recording in recordings if (card := _card(recording, language, with_posters)).url]


def _card(recording: Recording, language: str, with_poster: bool) -> Card:
    title, title_language = recording.title_in(language)
    abstract, abstract_language = recording.abstract_in(language)
    date, series, medium = event_date(recording), recording.series, medium_of(recording)
    # The date of an announcement says that it is that, so that nobody takes it for the date of the session.
    day = (f"{date.word} {date.words}" if date.is_announcement else date.words) if date else ""
    length = duration(recording.duration_s) if recording.duration_s else ""
    kind_and_length = (str(Medium(medium).label) if medium else "", length)
    spoken = recording.speech_language
    spoken_words = language_name(spoken) if spoken else str(recording.get_spoken_language_display())
    return Card(
        kind=Recording.kind,
        key=recording.key,
        title=title or recording.key,
        url=recording.path_in(language) or "",
        lead=first_sentence(abstract, MAX_WORDS, full_stop=True),
        lead_language=abstract_language,
        language=title_language,
        over=_over(recording, medium),
        lines=(
            CardLine(_("By whom"), by_whom(recording, language)),
            CardLine(_("When"), day),
            CardLine(_("Kind"), ", ".join(filter(None, kind_and_length))),
            CardLine(_("Language"), spoken_words, spoken),
        ),
        says_language=True,
        foot=(_("example, not a real webinar"),) if recording.is_example else (),
        languages=tuple(transcripts_of(recording)),
        image=poster_of(recording, "640x360") if with_poster else None,
        note=state_label(displayed_state(recording)),
        extra={
            "year": timezone.localtime(date.at).year if date else None,
            "series": marked(*text_in(series, "title", language)) if series and series.live else "",
            "list": list_of(recording),
            "medium": medium,
        },
    )


def _over(recording: Recording, medium: str) -> str:
    """What stands over the title: what there is to watch or hear, or what became of the session."""
    if is_upcoming(recording):
        return _("Upcoming session")
    if list_of(recording) == RecordingList.TOOK_PLACE:
        return _("Took place")
    return capfirst(str(Medium(medium).label)) if medium else _("Recording")


def recordings_of_method(method: Page, language: str) -> Links | None:
    """The recordings that speak of a method, with a card for each timestamp."""
    links = RecordingMethod.objects.filter(method=getattr(method, "original", method))
    return _links_at_timestamps(links, language)


def recordings_of_project(project: Page, language: str) -> Links | None:
    """The recordings that speak of a project, with a card for each timestamp."""
    links = RecordingProject.objects.filter(project=getattr(project, "original", project))
    return _links_at_timestamps(links, language)


def recordings_of_topic(topic: Topic, language: str) -> PagedLinks:
    """The recordings on a topic, newest first."""
    return _paged(public_recordings().filter(topics=topic), language)


def topics_of_public_recordings() -> list[QuerySet]:
    """A query of the ids of the topics that a public recording has."""
    public = listed_recordings().order_by().values("pk")
    return [Recording.topics.through.objects.filter(recording__in=public).values("topic_id")]


def recordings_of_organisation(organisation: Organisation, language: str) -> PagedLinks:
    """The recordings in which somebody of an organisation speaks and may be named; a city's services count for it."""
    of_organisation = Q(speaker__organisation=organisation) | Q(speaker__organisation__city=organisation)
    talks = named_talks().filter(of_organisation)
    return _paged(public_recordings().filter(pk__in=talks.values("recording")), language)


def _links_at_timestamps(links: QuerySet, language: str) -> Links | None:
    """The recordings of some links, newest first, with a card for each link in the order of time.

    The cards have no poster: several of one recording would show the same, and reading them costs a query.
    """
    linked_recordings = defaultdict(list)
    for link in links.order_by("at_s", "pk"):
        linked_recordings[link.recording_id].append(link)
    if not linked_recordings:  # as for most methods and projects; asking for recordings costs ten times as much
        return None
    found = recordings_by_id(linked_recordings, with_posters=False)
    recordings = sorted(found.values(), key=_newest_first, reverse=True)
    links_of = {recording.key: linked_recordings[recording.pk] for recording in recordings}
    taken_down = {recording.key for recording in recordings if recording.taken_down}
    linked: list[Card] = []
    for card in cards_of(recordings, language, with_posters=False):
        # A recording that was taken down is listed once, because no second of it can be watched or read.
        is_listed_once = card.key in taken_down
        linked += [card] if is_listed_once else [_card_at(card, link, language) for link in links_of[card.key]]
    return _links(linked)


def _newest_first(recording: Any) -> tuple:
    """The order of `newest_first` from the end, for recordings that were read already."""
    start = recording.event_start
    return (bool(recording.day), recording.day or "", bool(start), start.timestamp() if start else 0, recording.pk)


def _card_at(card: Card, link: RecordingMethod | RecordingProject, language: str) -> Card:
    """The card of a recording as a link to one second of it, with the note of that link."""
    note = marked(*text_in(link, "note", language))
    if link.at_s is None:
        return replace(card, note=_joined(card.note, note))
    time = _("From %(time)s") % {"time": clock(link.at_s)}
    return replace(card, url=moment(card.url, link.at_s), note=_joined(time, note))


def _links(cards: Iterable[Card]) -> Links | None:
    cards = tuple(_without_kind(cards))
    return Links(_("Webinars"), cards) if cards else None


def _paged(recordings: QuerySet[Recording], language: str) -> PagedLinks:
    return PagedLinks(_("Webinars"), newest_first(recordings), lambda some: _without_kind(cards_of(some, language)))


def _without_kind(cards: Iterable[Card]) -> list[Card]:
    return [replace(card, over="") if card.over == _("Recording") else card for card in cards]


def _joined(*parts: str) -> str:
    return format_html_join(" · ", "{}", ((part,) for part in parts if part))
