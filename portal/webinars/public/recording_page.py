"""What the page of one recording shows."""

from django.conf import settings
from django.db.models import Q, prefetch_related_objects
from django.http import QueryDict
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from wagtail.models import Page

from portal.core.cards import links_of
from portal.core.content.records import text_in
from portal.core.page_cache.cached_values import cached_until_publish
from portal.core.publishing.visibility import ShownPage, shown_in, visible_records
from portal.organisations.models import Contact
from portal.topics.selectors import chips
from portal.ui.components.values import language_name, marked
from portal.webinars.choices import NOBODY_SPEAKS, Platform, RecordingState, SourceState
from portal.webinars.consent.takedowns import taken_because
from portal.webinars.models import Caption, Recording, WebinarIndexPage
from portal.webinars.playback import CAN_BE_WATCHED, Watched, places, said_at_source, was_live, watched
from portal.webinars.posters import poster_of
from portal.webinars.public.source_text import source_text
from portal.webinars.public.structured_data import linked_data
from portal.webinars.schedule import is_to_come, state_shown, state_words, when
from portal.webinars.transcripts import selectors
from portal.webinars.transcripts.exports import FORMATS
from portal.webinars.transcripts.paragraphs import with_anchors
from portal.webinars.transcripts.word_search import LONGEST_QUESTION, find

# What cannot be watched, so that whoever has it or needs it is told whom to ask.
NOT_THERE = (RecordingState.NOT_FOUND, RecordingState.UNAVAILABLE)


def recording_page(recording: Recording, language: str, query: QueryDict) -> dict:
    """What the page of a recording shows in a language.

    `query` may choose the language of the transcript (`transcript`) and look for words in it (`q`). The moment `t` is
    left to the browser, because the page is the same for every moment and its copy answers for all of them.
    """
    if recording.pk:
        prefetch_related_objects([recording], "sources", "captions", "poster__renditions")
    title, title_language = recording.title_in(language)
    abstract, abstract_language = recording.abstract_in(language)
    taken = recording.taken_down
    sources = list(recording.sources.all()) if recording.pk and not taken else []
    path = recording.path_in(language) or ""
    talks = selectors.agreed_speakers(recording)
    transcripts = selectors.transcripts_of(recording)
    poster = poster_of(recording, "1280x720")
    joined = _joined(recording, language)
    shown_state = state_shown(recording)
    player = watched(recording, sources)
    said = said_at_source(recording, sources, player)
    known_day = when(recording)
    page = {
        "recording": recording,
        "title": title or recording.key,
        "title_language": title_language,
        "abstract": abstract,
        "abstract_language": abstract_language,
        "abstract_at_source": source_text(abstract)
        if abstract and not text_in(recording, "abstract", language)[0]
        else None,
        "page_title": title or recording.key,
        "page_description": abstract,
        "page_image": poster,
        "state": shown_state,
        "state_words": state_words(shown_state),
        "taken": taken,
        "taken_because": taken_because(taken) if taken else "",
        "to_come": is_to_come(recording) and not was_live(recording, sources) and not taken,
        "said_at_source": said,
        "called_off": is_to_come(recording) and any(one.state == SourceState.CALLED_OFF for one in sources),
        "when": known_day,
        "cite": ", ".join(part for part in (title, known_day.day if known_day else "") if part),
        "path": path,
        "crumbs": [
            {"title": _("Webinars"), "url": WebinarIndexPage.path_of_index(language)},
            {"title": title or recording.key, "lang": title_language},
        ],
        "series": _series(recording, language),
        "spoken": language_name(recording.speech) if recording.speech else "",
        "nobody_speaks": recording.spoken_language == NOBODY_SPEAKS,
        "player": _player(recording, title, player, transcripts, poster, language),
        "expects_video": recording.state in CAN_BE_WATCHED and not taken,
        "places": places(sources),
        "calendar_url": "" if taken else _calendar_url(recording, language),
        "speakers": [_speaker(talk, language) for talk in talks],
        "topics": chips(recording.topics.all(), language),
        **joined,
        "links": links_of(Recording.kind, recording, language),
        "slides": [] if taken else _slides(recording),
        "contact": _contact(language) if taken or shown_state in NOT_THERE else None,
        **_transcript(recording, language, query, transcripts, talks, [*joined["methods"], *joined["projects"]]),
    }
    return page | {"linked_data": linked_data(recording, page)}


def _series(recording: Recording, language: str) -> dict | None:
    if recording.series is None or not recording.series.live:
        return None
    title, title_language = text_in(recording.series, "title", language)
    index = WebinarIndexPage.path_of_index(language) or ""
    url = f"{index}?series={recording.series.key}" if index else ""
    return {"title": title, "language": title_language, "url": url}


def _player(recording, title, place: Watched, transcripts: dict[str, Caption], poster, language: str) -> dict | None:
    """What the player component wants; None when there is nothing to play."""
    if not place.platform:
        return None
    return {
        "platform": place.platform,
        "title": title,
        "language": recording.title_in(language)[1],
        "url": place.url,
        "embed_id": place.embed_id,
        "file_url": place.file_url,
        "file_type": place.file_type,
        "poster": poster,
        "captions": [
            {
                "language": code,
                "label": language_name(code),
                "url": _caption_url(recording, code, "vtt"),
                "default": code == language,
            }
            for code in (transcripts if place.platform == Platform.FILE else ())
        ],
    }


def _caption_url(recording: Recording, language: str, ending: str) -> str:
    return reverse("caption", args=[recording.key, language, ending])


def _calendar_url(recording: Recording, language: str) -> str:
    if recording.event_start is None or not recording.key or not is_to_come(recording):
        return ""
    return reverse("session_calendar", args=[language, recording.key])


def _speaker(talk, language: str) -> dict:
    """A speaker who agreed to be named, with the function and the organisation as far as they are known."""
    speaker = talk.speaker
    role = marked(*text_in(speaker, "role", language))
    organisation = speaker.organisation if speaker.organisation and speaker.organisation.live else None
    name = marked(*organisation.title_in(language)) if organisation else ""
    return {
        "name": speaker.name,
        "part": talk.get_role_display(),
        "note": format_html_join(", ", "{}", ((part,) for part in (role, name) if part)),
        "url": (organisation.path_in(language) or "") if organisation else "",
    }


def _joined(recording: Recording, language: str) -> dict[str, list[dict]]:
    """The public methods and projects that a recording speaks of, as {"methods": […], "projects": […]}.

    Each has title, url, language, note and its moments (start_s, label). The pages of both, in both languages, are
    read with one query; the links point at Dutch pages. Of a recording that was taken away no moment is named.
    """
    links = {
        "methods": [(link.method_id, link) for link in recording.method_links.all()],
        "projects": [(link.project_id, link) for link in recording.project_links.all()],
    }
    numbers = {number for own in links.values() for number, _link in own}
    found = shown_in(language, Page.objects.all(), Q(pk__in=numbers)) if numbers else []
    pages = {one.original.pk: one for one in found}
    shown = not recording.taken_down
    return {name: _things(own, pages, language, with_moments=shown) for name, own in links.items()}


def _things(links: list[tuple], pages: dict[int, ShownPage], language: str, *, with_moments: bool) -> list[dict]:
    things: dict[int, dict] = {}
    for number, link in links:
        if number not in pages:
            continue
        page = pages[number].page
        thing = things.setdefault(
            number,
            {
                "title": page.title,
                "url": page.get_url() or "",
                "language": pages[number].language,
                "note": "",
                "moments": [],
            },
        )
        if not with_moments:
            continue
        if link.at_s is None:
            thing["note"] = thing["note"] or _note(link, language)
        else:
            thing["moments"].append({"start_s": link.at_s, "label": _note(link, language)})
    return list(things.values())


def _note(link, language: str) -> str:
    return text_in(link, "note", language)[0]


def _slides(recording: Recording) -> list[dict]:
    """The slides as a download; a list of one, or empty."""
    file = recording.slides
    if file is None:
        return []
    kind = file.file_extension.upper()
    return [
        {"title": file.title, "url": file.url, "kind": kind, "size": file.get_file_size(), "language": file.language}
    ]


def _contact(language: str) -> dict | None:
    """Whom to tell about a recording: the first public contact that can be reached; read once until it changes."""
    return cached_until_publish(("whom to tell", language), lambda: _read_contact(language))


def _read_contact(language: str) -> dict | None:
    for contact in visible_records(Contact).order_by("pk"):
        if url := contact.url or (f"mailto:{contact.email}" if contact.email else ""):
            role, role_language = text_in(contact, "role", language)
            return {"title": role, "language": role_language, "url": url}
    return None


def _transcript(recording, language: str, query: QueryDict, transcripts: dict[str, Caption], talks, joined) -> dict:
    """The transcript in the visitor's language or the nearest there is, with what was looked for in it."""
    wishes = (query.get("transcript", ""), language, recording.speech, settings.LANGUAGE_CODE)
    caption = selectors.transcript_to_show(transcripts, *wishes)
    own_chapters = [] if recording.taken_down else selectors.chapters_of(recording)
    page_chapters = selectors.titled(own_chapters, language)
    moments = [moment for thing in joined for moment in thing["moments"]]
    strip = [{"start_s": chapter["start_s"], "label": chapter["title"]} for chapter in page_chapters]
    known = {
        "chapters": page_chapters,
        "duration_s": recording.duration_s,
        "strip": sorted([*strip, *moments], key=lambda one: one["start_s"]),
        "transcript": None,
    }
    if caption is None:
        return known
    lines, seconds = selectors.lines_and_seconds(caption, [talk.speaker.name for talk in talks])
    if not lines:
        return known
    chapters = selectors.titled(own_chapters, caption.language)
    question = query.get("q", "").strip()[:LONGEST_QUESTION]
    found = find(selectors.read(lines, chapters), question)
    pointed_at = seconds | {one["start_s"] for one in known["strip"]}
    return known | {
        "duration_s": recording.duration_s or int(max(line.end_s for line in lines)),
        "transcript": {
            "language": caption.language,
            "origin": caption.get_origin_display(),
            "is_machine": caption.origin == "machine",
            "made_on": caption.made_on,
            "parts": with_anchors(found.text, pointed_at),
            "others": [code for code in transcripts if code != caption.language],
            "chosen": query.get("transcript", "") in transcripts,
        },
        "question": question,
        "moments": found.moments,
        "together": found.together,
        "downloads": [
            {
                "title": language_name(code),
                "language": code,
                "files": [{"kind": ending.upper(), "url": _caption_url(recording, code, ending)} for ending in FORMATS],
            }
            for code in transcripts
        ],
    }
