"""Views outside the page trees: transcript files, calendars and the feed of recordings."""

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Greatest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.html import escape
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from portal.core.http.atom import Entry, atom_response
from portal.core.http.requests import PortalRequest
from portal.core.publishing.visibility import visible, visible_records
from portal.ui.components.values import language_name
from portal.webinars.choices import FILTERS, Medium, RecordingList
from portal.webinars.consent.named_speakers import named_speakers
from portal.webinars.lists import list_of, medium_of
from portal.webinars.models import Caption, Recording, WebinarIndexPage
from portal.webinars.public import calendar
from portal.webinars.public.archive import feed_url, filtered, selected_filters, with_filter_values
from portal.webinars.public.by_whom import by_whom
from portal.webinars.recording_state import displayed_state, state_label
from portal.webinars.schedule import event_date, session_days
from portal.webinars.selectors import public_recordings, upcoming_sessions
from portal.webinars.transcripts import exports, selectors

NEWEST = 50


def caption(request: HttpRequest, key: str, language: str, ending: str) -> HttpResponse:
    """A transcript as a file. `language` is that of the transcript, whatever language the visitor reads the site in."""
    recording = get_object_or_404(visible_records(Recording), key=key)
    transcript = selectors.transcripts_of(recording).get(language)
    if transcript is None:
        raise Http404
    lines = selectors.lines_of_caption(transcript, [talk.speaker.name for talk in named_speakers(recording)])
    if ending == "vtt":
        content = exports.vtt(lines)
    elif ending == "srt":
        content = exports.srt(lines)
    else:
        text = selectors.in_parts(lines, selectors.chapter_titles(selectors.chapters_of(recording), language))
        content = exports.txt(text, _head(recording, transcript))
    response = HttpResponse(content, content_type=exports.FORMATS[ending])
    disposition = "inline" if ending == "vtt" else "attachment"
    response.headers["Content-Disposition"] = f'{disposition}; filename="{key}.{language}.{ending}"'
    response.headers["Content-Language"] = language
    return response


def _head(recording: Recording, transcript: Caption) -> list[str]:
    """The head of a plain text transcript: title, date, how it was made, and its permanent address."""
    language = transcript.language if transcript.language in settings.CONTENT_LANGUAGES else settings.LANGUAGE_CODE
    with translation.override(language):
        date = event_date(recording)
        return [
            recording.title_in(language)[0],
            f"{date.word} {date.day}" if date else "",
            _("Transcript (%(language)s), %(origin)s")
            % {"language": language_name(transcript.language), "origin": transcript.get_origin_display()},
            settings.WAGTAILADMIN_BASE_URL + _permanent(recording),
        ]


def _permanent(recording: Recording) -> str:
    return reverse("permanent_identifier", args=[Recording.kind, recording.key])


def session_calendar(request: HttpRequest, language: str, key: str) -> HttpResponse:
    """One session to add to a calendar, for every recording of which the start or the day is known."""
    recording = get_object_or_404(visible_records(Recording), key=key)
    if recording.event_start is None and session_days(recording) is None:
        raise Http404
    return _calendar([recording], language, f"{key}.ics")


def sessions_calendar(request: HttpRequest, language: str) -> HttpResponse:
    """All upcoming sessions, to subscribe to."""
    return _calendar(upcoming_sessions().prefetch_related("sources"), language, "webinars.ics")


def _calendar(recordings: Iterable[Recording], language: str, name: str) -> HttpResponse:
    with translation.override(language):
        events = [event for recording in recordings if (event := _event(recording, language))]
        content = calendar.calendar(events, _("Webinars"), language)
    response = HttpResponse(content, content_type=calendar.CONTENT_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Content-Language"] = language
    return response


def _event(recording: Recording, language: str) -> calendar.CalendarEvent | None:
    """A session as an event; None for one of which not even the day is known."""
    days = session_days(recording)
    starts, ends = days if days else (recording.event_start, recording.event_end)
    if starts is None:
        return None
    changed = _changed(recording) or timezone.now()
    first = recording.first_published_at or changed
    return calendar.CalendarEvent(
        uid=f"recording-{recording.key}@{urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname}",
        title=recording.title_in(language)[0] or recording.key,
        text=recording.abstract_in(language)[0],
        url=settings.WAGTAILADMIN_BASE_URL + (recording.path_in(language) or _permanent(recording)),
        starts=starts,
        ends=ends,
        changed=changed,
        sequence=max(0, int((changed - first).total_seconds())),
    )


def webinars_feed(request: PortalRequest, language: str) -> HttpResponse:
    """The recordings and sessions that changed last as an Atom feed, all or those that pass the archive's filters."""
    index = visible(WebinarIndexPage, language).first()
    path = WebinarIndexPage.path_of_index(language)
    if index is None or path is None:
        raise Http404
    request.parameters = frozenset(FILTERS)
    selected = selected_filters(request.GET)
    recordings = with_filter_values(public_recordings()).prefetch_related("sources")
    # Whoever follows the feed hears of it as well when a recording is taken away.
    recordings = recordings.filter(~Q(of_list="") | Q(take_down__isnull=False))
    latest = filtered(recordings, selected).order_by(
        _CHANGED.desc(nulls_last=True), F("day").desc(nulls_last=True), "-pk"
    )[:NEWEST]
    with translation.override(language):
        return atom_response(
            [entry for recording in latest if (entry := _entry(recording, language))],
            title=index.title,
            subtitle=index.lead,
            page_path=path,
            feed_path=feed_url(language, selected),
            language=language,
        )


# When a recording was last published or taken down; readers and calendars take a later time for news.
_CHANGED = Coalesce(Greatest("last_published_at", "take_down__taken_at"), "last_published_at", "take_down__taken_at")


def _changed(recording: Recording) -> datetime | None:
    """The same as `_CHANGED`, of one recording."""
    times = [recording.last_published_at, recording.taken_down.taken_at if recording.taken_down else None]
    return max((time for time in times if time), default=None)


def _entry(recording: Recording, language: str) -> Entry | None:
    """Return a recording as an entry of a feed; None while it has no address in the language."""
    path = recording.path_in(language)
    if not path:
        return None
    title, title_language = recording.title_in(language)
    state, listed = state_label(displayed_state(recording)), dict(RecordingList.choices).get(list_of(recording), "")
    medium = medium_of(recording)
    kind = capfirst(Medium(medium).label) if medium else ""
    sentences = (str(listed), kind, state, by_whom(recording, language))
    abstract = recording.abstract_in(language)[0]
    return Entry(
        kind=Recording.kind,
        key=recording.key,
        title=title or recording.key,
        path=path,
        language=title_language,
        changed=_changed(recording),
        # Feed readers take a summary for markup, and this may be the text of a source.
        summary=escape(" ".join([*(f"{sentence}." for sentence in sentences if sentence), abstract]).strip()),
        published=recording.first_published_at,
        categories=(recording.series.title_in(language)[0],) if recording.series and recording.series.live else (),
    )
