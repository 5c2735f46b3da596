"""Recordings as cards in lists of every room, and what of them belongs to a method, project, topic or organisation."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from django.db.models import Q
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from portal.core.cards import Card, Links
from portal.core.content.records import text_in
from portal.ui.addresses import moment
from portal.ui.components.values import marked
from portal.ui.times import clock, duration
from portal.webinars.consent.named_speakers import named_talks
from portal.webinars.models import Recording, RecordingMethod, RecordingProject
from portal.webinars.posters import poster_of
from portal.webinars.recording_state import displayed_state, state_label
from portal.webinars.schedule import event_date, is_upcoming
from portal.webinars.selectors import newest_first, public_recordings
from portal.webinars.transcripts.selectors import transcripts_of

MOST_OF_A_TOPIC = 24
MOST_WORDS = 40
# Not after a number: "vom 14. September" is one sentence.
_BETWEEN_SENTENCES = re.compile(r"(?<=[.!?])(?<!\d\.)\s+(?=[^\W\d_])")


def recording_cards(keys: Iterable[str], language: str) -> list[Card]:
    """The cards of the public recordings among these keys."""
    return cards_of(public_recordings().filter(key__in=list(keys)), language)


def cards_of(recordings: Iterable[Recording], language: str) -> list[Card]:
    """Recordings of `public_recordings` as cards in a language, in the order given; without an address no card."""
    return [card for recording in recordings if (card := _card(recording, language)).url]


def _card(recording: Recording, language: str) -> Card:
    title, title_language = recording.title_in(language)
    abstract, abstract_language = recording.abstract_in(language)
    known, series = event_date(recording), recording.series
    lines = (
        # A session whose own date is not known has that of its announcement, which must not be taken for it.
        (f"{known.word} {known.words}" if recording.announced_at and not recording.event_start else known.words)
        if known
        else "",
        duration(recording.duration_s) if recording.duration_s else "",
        _("example, not a real webinar") if recording.is_example else "",
    )
    return Card(
        kind=Recording.kind,
        key=recording.key,
        title=title or recording.key,
        url=recording.path_in(language) or "",
        # A card has one language: an abstract in another one is read on the recording's own page.
        lead=_first_sentence(abstract) if abstract_language == title_language else "",
        language=title_language,
        over=_("Upcoming session") if is_upcoming(recording) else _("Recording"),
        foot=tuple(line for line in lines if line),
        languages=tuple(transcripts_of(recording)),
        image=poster_of(recording, "640x360"),
        note=state_label(displayed_state(recording)),
        extra={
            "year": timezone.localtime(known.at).year if known else None,
            "series": marked(*text_in(series, "title", language)) if series and series.live else "",
        },
    )


def _first_sentence(text: str) -> str:
    """The beginning of an abstract, for a list that is read in two seconds."""
    return Truncator(_BETWEEN_SENTENCES.split(text.strip(), maxsplit=1)[0]).words(MOST_WORDS)


def recordings_of_method(method, language: str) -> Links | None:
    """The recordings that speak of a method, one card for each moment."""
    links = RecordingMethod.objects.filter(method=getattr(method, "original", method))
    return _links_at_timestamps(links, language)


def recordings_of_project(project, language: str) -> Links | None:
    """The recordings that speak of a project, one card for each moment."""
    links = RecordingProject.objects.filter(project=getattr(project, "original", project))
    return _links_at_timestamps(links, language)


def recordings_of_topic(topic, language: str) -> Links | None:
    """The newest recordings on a topic."""
    recordings = newest_first(public_recordings().filter(topics=topic))[:MOST_OF_A_TOPIC]
    return _links(cards_of(recordings, language))


def recordings_of_organisation(organisation, language: str) -> Links | None:
    """The recordings in which somebody of an organisation speaks and agreed to be named; a city's services count."""
    own = Q(speaker__organisation=organisation) | Q(speaker__organisation__city=organisation)
    talks = named_talks().filter(own)
    recordings = newest_first(public_recordings().filter(pk__in=talks.values("recording")))[:MOST_OF_A_TOPIC]
    return _links(cards_of(recordings, language))


def _links_at_timestamps(links, language: str) -> Links | None:
    recordings = list(newest_first(public_recordings().filter(pk__in=links.values("recording"))))
    if not recordings:
        return None
    links_of = defaultdict(list)
    taken = {recording.key for recording in recordings if recording.taken_down}
    keys = {recording.pk: recording.key for recording in recordings}
    for link in links.filter(recording__in=keys).order_by("at_s", "pk"):
        links_of[keys[link.recording_id]].append(link)
    found: list[Card] = []
    for card in cards_of(recordings, language):
        # Of what was taken away no moment can be watched or read: it stands there once.
        own = [card] if card.key in taken else [_card_at_timestamp(card, link, language) for link in links_of[card.key]]
        found += own
    return _links(found)


def _card_at_timestamp(card: Card, link, language: str) -> Card:
    """The card of a recording as it stands under a method: it leads to the moment and says what is said there."""
    said = marked(*text_in(link, "note", language))
    if link.at_s is None:
        return replace(card, note=_joined(card.note, said))
    at = _("From %(time)s") % {"time": clock(link.at_s)}
    return replace(card, url=moment(card.url, link.at_s), note=_joined(at, said))


def _links(cards: Iterable[Card]) -> Links | None:
    cards = tuple(replace(card, over="") if card.over == _("Recording") else card for card in cards)
    return Links(_("Webinars"), cards) if cards else None


def _joined(*parts: str) -> str:
    return format_html_join(" · ", "{}", ((part,) for part in parts if part))
