"""Structured data of a recording for search engines: schema.org's VideoObject with Clips, or an upcoming Event.

Only what is known is in it; the page says all of it to people as well.
"""

import json
from datetime import datetime

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from portal.ui.addresses import moment
from portal.ui.times import iso_duration
from portal.webinars.public.recording_context import Player, RecordingPage

CONTEXT = "https://schema.org"
# What may not stand in a script element, in its JSON spelling (as Django's own `json_script`).
_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def structured_data(page: RecordingPage) -> SafeString:
    """JSON-LD for the page of a recording, "" when there is neither a video nor a session with a date."""
    if page.player:
        properties = _video(page, page.player)
    elif page.is_upcoming and page.recording.event_start:
        properties = _event(page, page.recording.event_start)
    else:
        return mark_safe("")
    known = {name: value for name, value in properties.items() if value not in (None, "", [])}
    return mark_safe(json.dumps({"@context": CONTEXT, **known}, ensure_ascii=False).translate(_ESCAPES))  # noqa: S308


def _video(page: RecordingPage, player: Player) -> dict:
    sources = page.recording.sources.all()
    published = [source.published_at for source in sources if source.published_at]
    return {
        "@type": "VideoObject",
        "name": page.title,
        "description": page.abstract,
        "inLanguage": page.recording.spoken_language,
        "thumbnailUrl": [_absolute(page.poster["url"])] if page.poster else [],
        "uploadDate": min(published).isoformat() if published else "",
        "duration": iso_duration(page.duration_s) if page.duration_s else "",
        "embedUrl": page.playback.embed_url,
        "contentUrl": _absolute(player.file_url) if player.file_url else "",
        "url": _absolute(page.path),
        "hasPart": _clips(page),
    }


def _clips(page: RecordingPage) -> list[dict]:
    """The chapters as clips; the last one ends with the recording, and without its length it has no end."""
    chapters = page.chapters
    ends = [chapter.start_s for chapter in chapters[1:]] + [page.duration_s]
    return [
        {
            "@type": "Clip",
            "name": chapter.title,
            "startOffset": chapter.start_s,
            **({"endOffset": end} if end else {}),
            "url": _absolute(moment(page.path, chapter.start_s)),
        }
        for chapter, end in zip(chapters, ends, strict=bool(chapters))
    ]


def _event(page: RecordingPage, starts: datetime) -> dict:
    ends = page.recording.event_end
    return {
        "@type": "Event",
        "name": page.title,
        "description": page.abstract,
        "startDate": starts.isoformat(),
        "endDate": ends.isoformat() if ends else "",
        "eventStatus": f"{CONTEXT}/EventScheduled",
        "eventAttendanceMode": f"{CONTEXT}/OnlineEventAttendanceMode",
        "location": {"@type": "VirtualLocation", "url": _absolute(page.path)},
    }


def _absolute(path: str) -> str:
    return f"{settings.WAGTAILADMIN_BASE_URL}{path}"
