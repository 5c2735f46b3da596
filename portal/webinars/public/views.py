"""Views outside the page trees: transcript files, calendars and the feed of recordings."""

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import feedgenerator, timezone, translation
from django.utils.html import escape
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from portal.core.publishing.visibility import visible, visible_records
from portal.ui.components.values import language_name
from portal.webinars.choices import Medium, RecordingList
from portal.webinars.consent.named_speakers import named_speakers
from portal.webinars.lists import list_of, medium_of
from portal.webinars.models import Caption, Recording, WebinarIndexPage
from portal.webinars.public import calendar
from portal.webinars.public.archive import feed_url, filtered, selected_filters, with_filter_values
from portal.webinars.public.by_whom import by_whom
from portal.webinars.recording_state import displayed_state, state_label
from portal.webinars.schedule import event_date
from portal.webinars.selectors import newest_first, public_recordings, upcoming_sessions
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
    """One session to add to a calendar, for every recording of which the start is known."""
    recording = get_object_or_404(visible_records(Recording).filter(event_start__isnull=False), key=key)
    return _calendar([recording], language, f"{key}.ics")


def sessions_calendar(request: HttpRequest, language: str) -> HttpResponse:
    """All upcoming sessions, to subscribe to."""
    sessions = upcoming_sessions().filter(event_start__isnull=False)
    return _calendar(sessions.prefetch_related("sources"), language, "webinars.ics")


def _calendar(recordings: Iterable[Recording], language: str, name: str) -> HttpResponse:
    with translation.override(language):
        events = [
            _event(recording, recording.event_start, language) for recording in recordings if recording.event_start
        ]
        content = calendar.calendar(events, _("Webinars"), language)
    response = HttpResponse(content, content_type=calendar.CONTENT_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Content-Language"] = language
    return response


def _event(recording: Recording, starts: datetime, language: str) -> calendar.CalendarEvent:
    changed = _changed(recording) or timezone.now()
    first = recording.first_published_at or changed
    return calendar.CalendarEvent(
        uid=f"recording-{recording.key}@{urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname}",
        title=recording.title_in(language)[0] or recording.key,
        text=recording.abstract_in(language)[0],
        url=settings.WAGTAILADMIN_BASE_URL + (recording.path_in(language) or _permanent(recording)),
        starts=starts,
        ends=recording.event_end,
        changed=changed,
        sequence=max(0, int((changed - first).total_seconds())),
    )


def webinars_feed(request: HttpRequest, language: str) -> HttpResponse:
    """The newest recordings and sessions as an Atom feed (RFC 4287), all or those that pass the archive's filters."""
    base = settings.WAGTAILADMIN_BASE_URL
    index = visible(WebinarIndexPage, language).first()
    path = WebinarIndexPage.path_of_index(language)
    if index is None or path is None:
        raise Http404
    selected = selected_filters(request.GET)
    own_url = base + feed_url(language, selected)
    with translation.override(language):
        feed = feedgenerator.Atom1Feed(
            title=index.title,
            link=base + path,
            description=index.lead,
            subtitle=index.lead,
            language=language,
            feed_url=own_url,
            feed_guid=own_url,
        )
        recordings = with_filter_values(public_recordings()).prefetch_related("sources")
        # Whoever follows the feed hears of it as well when a recording is taken away.
        recordings = recordings.filter(~Q(of_list="") | Q(take_down__isnull=False))
        for recording in newest_first(filtered(recordings, selected))[:NEWEST]:
            _add_entry(feed, recording, language)
        content = feed.writeString("utf-8")
    response = HttpResponse(content, content_type="application/atom+xml; charset=utf-8")
    response.headers["Content-Language"] = language
    return response


def _changed(recording: Recording) -> datetime | None:
    """When a recording was last published or taken down; readers and calendars take a later time for news."""
    times = [recording.last_published_at, recording.taken_down.taken_at if recording.taken_down else None]
    return max((time for time in times if time), default=None)


def _add_entry(feed: feedgenerator.Atom1Feed, recording: Recording, language: str) -> None:
    path = recording.path_in(language)
    state, listed = state_label(displayed_state(recording)), dict(RecordingList.choices).get(list_of(recording), "")
    medium = medium_of(recording)
    abstract = recording.abstract_in(language)[0]
    kind = capfirst(Medium(medium).label) if medium else ""
    sentences = (str(listed), kind, state, by_whom(recording, language))
    summary = " ".join([*(f"{sentence}." for sentence in sentences if sentence), abstract]).strip()
    if path:
        feed.add_item(
            title=recording.title_in(language)[0] or recording.key,
            link=settings.WAGTAILADMIN_BASE_URL + path,
            # Feed readers take a summary for markup, and this may be the text of a source.
            description=escape(summary),
            unique_id=settings.WAGTAILADMIN_BASE_URL + _permanent(recording),
            pubdate=recording.first_published_at,
            updateddate=_changed(recording),
            categories=[recording.series.title_in(language)[0]] if recording.series and recording.series.live else (),
        )
