"""Structured data of a recording or a session (portal/core/content/structured_data.py).

A VideoObject needs a film that plays here and a poster that may be shown: our own, or one that was given. A thumbnail
that was fetched from a platform is neither. Speakers are named here by the rule of the page: those who agreed. Of an
example, and of what was taken down, nothing is said.
"""

from portal.core.content.partial_dates import PartialDate
from portal.core.content.records import text_in
from portal.core.content.structured_data import Description, Node, absolute, permanent, plain_text, without_unknown
from portal.core.models import ImageRights
from portal.topics.structured_data import defined_terms
from portal.ui.addresses import moment
from portal.ui.times import iso_duration
from portal.webinars.choices import Medium, RecordingState
from portal.webinars.models import Recording
from portal.webinars.public.recording_context import RecordingPage

MAY_BE_SHOWN = (ImageRights.OWN, ImageRights.PARTNER, ImageRights.OPEN)


def describe_recording(recording: Recording, page: RecordingPage, language: str) -> Description:
    if recording.is_example or page.take_down:
        return Description()
    if page.player or (page.watch_links and recording.state == RecordingState.RECORDED):
        return Description(main=without_unknown(_work(recording, page, language)))
    event = _event(recording, page, language)
    return Description(main=without_unknown(event) if event["startDate"] else None)


def _words(recording: Recording, page: RecordingPage) -> Node:
    """What a work and an event have in common."""
    return {
        "@id": permanent(Recording.kind, recording.key),
        "name": page.title,
        "description": plain_text(page.abstract),
        "inLanguage": recording.speech_language,
        "about": defined_terms(page.topics),
    }


def _work(recording: Recording, page: RecordingPage, language: str) -> Node:
    """What can be watched or heard, and where."""
    media = _media(page)
    plays_here = "embedUrl" in media or "contentUrl" in media
    series = _series(page)
    work = _words(recording, page) | {
        "url": absolute(page.path),
        "sameAs": [link["url"] for link in page.watch_links],
        "contributor": [{"@type": "Person", "name": speaker.name} for speaker in page.speakers],
        "creditText": text_in(recording, "organiser", language)[0],
        "license": {"@type": "CreativeWork", "name": recording.licence} if recording.licence else None,
        "hasPart": _clips(page),
    }
    if recording.medium == Medium.AUDIO:
        own = {"@type": "PodcastEpisode", "duration": media.get("duration"), "partOfSeries": series}
        return work | own | ({"associatedMedia": {"@type": "AudioObject", **media}} if plays_here else {})
    work["isPartOf"] = series
    if recording.medium == Medium.SLIDES:
        return work | {"@type": "PresentationDigitalDocument"}
    if plays_here and page.poster and _may_show_poster(recording):
        return work | media | {"@type": "VideoObject", "thumbnailUrl": [absolute(page.poster["url"])]}
    return work | {"@type": "CreativeWork"}


def _series(page: RecordingPage) -> Node | None:
    if page.series is None:
        return None
    return without_unknown({"@type": "CreativeWorkSeries", "name": page.series.title, "url": absolute(page.series.url)})


def _may_show_poster(recording: Recording) -> bool:
    return recording.poster is not None and recording.poster.rights in MAY_BE_SHOWN


def _media(page: RecordingPage) -> Node:
    """Where it plays in the page, how long it is, and the day of its publication where the page says it."""
    days = [source.published_at for source in page.recording.sources.all() if source.published_at]
    published = min(days, default=None)
    says_day = page.event_date is not None and page.event_date.at == published
    return without_unknown(
        {
            "embedUrl": page.playback.embed_url,
            "contentUrl": absolute(page.player.file_url) if page.player and page.player.file_url else "",
            "uploadDate": published.isoformat() if published and says_day else "",
            "duration": iso_duration(page.duration_s) if page.duration_s else "",
        }
    )


def _clips(page: RecordingPage) -> list[Node]:
    """The chapters as clips; the last one ends with the recording, and without its length it has no end.

    A chapter that begins beyond the end is a slip: no second of the recording is in it.
    """
    if not page.player:
        return []
    chapters = [chapter for chapter in page.chapters if not page.duration_s or chapter.start_s < page.duration_s]
    ends = [chapter.start_s for chapter in chapters[1:]] + [page.duration_s]
    return [
        {
            "@type": "Clip",
            "name": chapter.title,
            "startOffset": chapter.start_s,
            **({"endOffset": end} if end else {}),
            "url": absolute(moment(page.path, chapter.start_s)),
        }
        for chapter, end in zip(chapters, ends, strict=bool(chapters))
    ]


def _event(recording: Recording, page: RecordingPage, language: str) -> Node:
    """A session that is still to come, or that took place. Where it is held the page does not say."""
    status = "EventCancelled" if page.is_called_off else "EventScheduled" if page.is_upcoming else ""
    organiser = text_in(recording, "organiser", language)[0]
    return _words(recording, page) | {
        "@type": "Event",
        "url": absolute(page.path),
        "startDate": recording.event_start.isoformat() if recording.event_start else _day(recording.event_day),
        "endDate": recording.event_end.isoformat() if recording.event_end else _day(recording.event_last_day),
        "eventStatus": f"https://schema.org/{status}" if status else "",
        "organizer": {"@type": "Organization", "name": organiser} if organiser else None,
        "performer": [{"@type": "Person", "name": speaker.name} for speaker in page.speakers],
    }


def _day(text: str) -> str:
    """A day as far as it is known, of a session without an hour; "" for one that is only about then."""
    known = PartialDate.read(text)
    return known.iso if known and not known.about else ""
