"""The one next step that the start page offers: the next session, else the newest recording by or with the city.

Without either it is to propose a session.
"""

from dataclasses import dataclass

from django.urls import reverse

from portal.core.ask_links import ask_url
from portal.core.cards import Card
from portal.core.page_cache.cached_values import cached_until_publish
from portal.webinars.choices import RecordingList
from portal.webinars.lists import TOOK_PART
from portal.webinars.models import Recording
from portal.webinars.playback import can_be_watched
from portal.webinars.public.archive import ListNumber, list_numbers
from portal.webinars.public.cards import cards_of
from portal.webinars.schedule import event_date, session_days
from portal.webinars.selectors import in_list, newest_first, recordings_by_id, upcoming_sessions

LOOKED_AT = 20  # recordings, the newest first, until one can be watched


@dataclass(frozen=True)
class NextStep:
    """A session to come with its date in words, or a recording; `propose_url` is where to propose a session.

    `lists` are the three lists of the archive with the number of each. `calendar_url` adds the session to a calendar;
    it is empty while its start is not known.
    """

    session: Card | None
    day: str
    calendar_url: str
    recording: Card | None
    propose_url: str
    lists: list[ListNumber]


def next_step(language: str) -> NextStep:
    """Return the next step in a language. Which session is the next depends on the hour, so that is asked each time."""
    session, recording = _next_session(), None
    if session is None:
        recording = cached_until_publish(("newest to watch", language), lambda: _newest_to_watch(language))
    date = event_date(session) if session else None
    return NextStep(
        session=_card(session, language) if session else None,
        day=date.words if date else "",
        calendar_url=reverse("session_calendar", args=[language, session.key])
        if session and (session.event_start or session_days(session))
        else "",
        recording=recording,
        propose_url=ask_url(language, kind="session"),
        lists=list_numbers(language),
    )


def _card(recording: Recording, language: str) -> Card | None:
    return next(iter(cards_of([recording], language)), None)


def _next_session() -> Recording | None:
    pk = upcoming_sessions().values_list("pk", flat=True).first()
    return recordings_by_id([pk]).get(pk) if pk else None


def _newest_to_watch(language: str) -> Card | None:
    """The card of the newest recording in which the city had a part and that plays for everybody."""
    recorded = in_list(RecordingList.WATCH).filter(mechelen_part__in=TOOK_PART)
    for recording in newest_first(recorded).prefetch_related("sources")[:LOOKED_AT]:
        if can_be_watched(recording, list(recording.sources.all())) and (card := _card(recording, language)):
            return card
    return None
