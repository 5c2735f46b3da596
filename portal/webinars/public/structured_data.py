"""What search engines are told of a recording: schema.org's VideoObject with Clips, or an Event that is still to come.

Only what is known is said; the page says all of it to people as well.
"""

import json

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from portal.ui.addresses import moment
from portal.ui.times import iso_duration
from portal.webinars.models import Recording

CONTEXT = "https://schema.org"
# What may not stand in a script element, in its JSON spelling (as Django's own `json_script`).
_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def structured_data(recording: Recording, page: dict) -> SafeString:
    """JSON-LD for the page of a recording, "" when there is neither a video nor a session with a date.

    `page` is what `recording_page` gives: its words, player, chapters and path.
    """
    if page["player"]:
        thing = _video(recording, page)
    elif page["to_come"] and recording.event_start:
        thing = _event(recording, page)
    else:
        return mark_safe("")
    known = {name: value for name, value in thing.items() if value not in (None, "", [])}
    return mark_safe(json.dumps({"@context": CONTEXT, **known}, ensure_ascii=False).translate(_ESCAPES))  # noqa: S308


def _video(recording: Recording, page: dict) -> dict:
    player, poster = page["player"], page["player"]["poster"]
    published = [source.published_at for source in recording.sources.all() if source.published_at]
    return {
        "@type": "VideoObject",
        "name": page["title"],
        "description": page["abstract"],
        "inLanguage": recording.spoken_language,
        "thumbnailUrl": [_absolute(poster["url"])] if poster else [],
        "uploadDate": min(published).isoformat() if published else "",
        "duration": iso_duration(page["duration_s"]) if page["duration_s"] else "",
        "embedUrl": f"https://www.youtube-nocookie.com/embed/{player['embed_id']}" if player["embed_id"] else "",
        "contentUrl": _absolute(player["file_url"]) if player["file_url"] else "",
        "url": _absolute(page["path"]),
        "hasPart": _clips(page),
    }


def _clips(page: dict) -> list[dict]:
    """The chapters as clips; the last one ends with the recording, and without its length it has no end."""
    chapters = page["chapters"]
    ends = [chapter["start_s"] for chapter in chapters[1:]] + [page["duration_s"]]
    return [
        {
            "@type": "Clip",
            "name": chapter["title"],
            "startOffset": chapter["start_s"],
            **({"endOffset": end} if end else {}),
            "url": _absolute(moment(page["path"], chapter["start_s"])),
        }
        for chapter, end in zip(chapters, ends, strict=bool(chapters))
    ]


def _event(recording: Recording, page: dict) -> dict:
    return {
        "@type": "Event",
        "name": page["title"],
        "description": page["abstract"],
        "startDate": recording.event_start.isoformat(),
        "endDate": recording.event_end.isoformat() if recording.event_end else "",
        "eventStatus": f"{CONTEXT}/EventScheduled",
        "eventAttendanceMode": f"{CONTEXT}/OnlineEventAttendanceMode",
        "location": {"@type": "VirtualLocation", "url": _absolute(page["path"])},
    }


def _absolute(path: str) -> str:
    return f"{settings.WAGTAILADMIN_BASE_URL}{path}"
