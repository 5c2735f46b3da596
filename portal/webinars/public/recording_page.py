"""The page of one recording: gathers what it shows."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Q, prefetch_related_objects
from django.http import QueryDict
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from wagtail.models import Page

from portal.core.ask_links import ask_url
from portal.core.cards import links_of
from portal.core.content.records import text_in
from portal.core.page_cache.cached_values import cached_until_publish
from portal.core.publishing.visibility import ShownPage, shown_in
from portal.organisations.contacts import ContactLink, reachable_contacts
from portal.topics.selectors import topic_links
from portal.ui import addresses
from portal.ui.components.values import language_name, marked
from portal.webinars.choices import NO_SPEECH, CaptionOrigin, MechelenPart, Medium, RecordingState, SourceState
from portal.webinars.consent.named_speakers import named_speakers
from portal.webinars.consent.takedowns import takedown_explanation
from portal.webinars.models import (
    Caption,
    Recording,
    RecordingMethod,
    RecordingProject,
    RecordingSpeaker,
    WebinarIndexPage,
)
from portal.webinars.platforms import Platform
from portal.webinars.playback import (
    WATCHABLE_STATES,
    Playback,
    has_ended_at_source,
    playback_of,
    source_statuses,
    watch_links,
)
from portal.webinars.public.by_whom import by_whom
from portal.webinars.public.checked_addresses import notes_on_addresses
from portal.webinars.public.posters import poster_of
from portal.webinars.public.recording_context import (
    LinkedPage,
    Match,
    Mention,
    Player,
    RecordingPage,
    SeriesLink,
    SpeakerLine,
    StretchLink,
    Timestamp,
    Transcript,
    TranscriptSection,
)
from portal.webinars.public.source_text import source_text
from portal.webinars.recording_state import displayed_state, state_label
from portal.webinars.schedule import event_date, is_upcoming, session_days
from portal.webinars.transcripts import selectors
from portal.webinars.transcripts.exports import FORMATS
from portal.webinars.transcripts.paging import Stretch, stretch_at, stretches
from portal.webinars.transcripts.paragraphs import with_anchors
from portal.webinars.transcripts.word_search import MAX_QUERY_LENGTH, WordMatch, find_words

# States in which there is nothing to watch: the page then says whom to ask.
NOTHING_TO_WATCH = (RecordingState.NOT_FOUND, RecordingState.UNAVAILABLE)
MAX_MATCHES = 50  # that a page lists; a word like "the" is in every line


def recording_page(recording: Recording, language: str, parameters: QueryDict) -> RecordingPage:
    """What the page of a recording shows in a language.

    `parameters` may choose the language of the transcript (`transcript`) and look for words in it (`q`). The second `t`
    chooses a part of a transcript that is too long for one page. Otherwise it is left to the browser: the page is the
    same for every second, so that one cached page answers for all of them.
    """
    if recording.pk:
        prefetch_related_objects([recording], "sources", "captions", "poster__renditions")
    title, title_language = recording.title_in(language)
    abstract, abstract_language = recording.abstract_in(language)
    take_down = recording.taken_down
    sources = list(recording.sources.all()) if recording.pk and not take_down else []
    speakers = named_speakers(recording)
    transcripts = selectors.transcripts_of(recording)
    poster = poster_of(recording, "1280x720")
    methods, projects = _linked_pages(recording, language)
    state = displayed_state(recording)
    playback = playback_of(recording, sources)
    date = event_date(recording)
    mentions = [*_mentions(methods, _("Method in this passage")), *_mentions(projects, _("Project in this passage"))]
    section = _transcript_section(recording, language, parameters, transcripts, speakers, mentions)
    organiser = text_in(recording, "organiser", language)[0]
    whom = by_whom(recording, language)
    return RecordingPage(
        **vars(section),
        recording=recording,
        path=recording.path_in(language) or "",
        crumbs=[
            {"title": _("Webinars"), "url": WebinarIndexPage.path_of_index(language)},
            {"title": title or recording.key, "lang": title_language},
        ],
        title=title or recording.key,
        title_language=title_language,
        abstract=abstract,
        abstract_language=abstract_language,
        abstract_at_source=source_text(abstract)
        if abstract and not text_in(recording, "abstract", language)[0]
        else None,
        citation=", ".join(part for part in (title, date.day if date else "") if part),
        authors=", ".join(talk.speaker.name for talk in speakers) or organiser,
        medium=recording.medium,
        by_whom=_("By %(who)s") % {"who": whom} if organiser else whom,
        event_date=date,
        series=_series(recording, language),
        state=state,
        state_label=state_label(state),
        is_upcoming=is_upcoming(recording) and not has_ended_at_source(recording, sources) and not take_down,
        is_called_off=is_upcoming(recording) and any(source.state == SourceState.CALLED_OFF for source in sources),
        expects_video=recording.state in WATCHABLE_STATES and not take_down,
        take_down=take_down,
        takedown_explanation=takedown_explanation(take_down) if take_down else "",
        poster=poster,
        player=_player(recording, playback, transcripts, poster, language),
        playback=playback,
        source_statuses=source_statuses(recording, sources, playback),
        watch_links=watch_links(sources),
        address_note=notes_on_addresses([recording]).get(recording.pk, "") if sources else "",
        calendar_url="" if take_down else _calendar_url(recording, language),
        spoken_language_name=language_name(recording.speech_language) if recording.speech_language else "",
        has_no_speech=recording.spoken_language == NO_SPEECH,
        speakers=[_speaker(talk, language) for talk in speakers],
        topics=topic_links(recording.topics.all(), language),
        methods=methods,
        projects=projects,
        links=links_of(Recording.kind, recording, language),
        slides=[] if take_down else _slides(recording),
        contact=_contact(language) if take_down or state in NOTHING_TO_WATCH else None,
        ask_for_recording_url=_ask_url(recording, language) if state in NOTHING_TO_WATCH and not take_down else "",
        ask_for_slides_url=_ask_url(recording, language) if _may_have_slides(recording, state) else "",
        page_title=title or recording.key,
        page_description=abstract,
        page_image=poster,
    )


def _series(recording: Recording, language: str) -> SeriesLink | None:
    if recording.series is None or not recording.series.live:
        return None
    title, title_language = text_in(recording.series, "title", language)
    index = WebinarIndexPage.path_of_index(language) or ""
    return SeriesLink(title, title_language, f"{index}?series={recording.series.key}" if index else "")


def _may_have_slides(recording: Recording, state: str) -> bool:
    """Whether a visitor may know of slides: not those of what is only heard, nor of a session of others."""
    is_own = recording.mechelen_part != MechelenPart.NONE
    return state == RecordingState.RECORDED and is_own and recording.medium in ("", Medium.VIDEO)


def _ask_url(recording: Recording, language: str) -> str:
    return ask_url(language, about=f"{recording.kind}:{recording.key}")


def _player(
    recording: Recording, playback: Playback, transcripts: dict[str, Caption], poster: dict | None, language: str
) -> Player | None:
    """The player of a recording; None when there is nothing to play."""
    if playback.platform is None:
        return None
    title, title_language = recording.title_in(language)
    return Player(
        medium=recording.medium,
        platform=playback.platform,
        platform_label=_platform_label(playback),
        title=title,
        language=title_language,
        url=playback.url,
        embed_url=playback.player_url,
        file_url=playback.file_url,
        file_type=playback.file_type,
        poster=poster,
        captions=[
            {
                "language": code,
                "label": language_name(code),
                "url": _caption_url(recording, code, "vtt"),
                "default": code == language,
            }
            for code in (transcripts if playback.platform == Platform.FILE else ())
        ],
    )


def _platform_label(playback: Playback) -> str:
    """The name of a platform; of another website its host, which says more than that it is another one."""
    if playback.platform == Platform.WEB:
        return (urlsplit(playback.url).hostname or "").removeprefix("www.")
    return str(playback.platform.label) if playback.platform else ""


def _caption_url(recording: Recording, language: str, ending: str) -> str:
    return reverse("caption", args=[recording.key, language, ending])


def _calendar_url(recording: Recording, language: str) -> str:
    has_day = recording.event_start is not None or session_days(recording) is not None
    if not has_day or not recording.key or not is_upcoming(recording):
        return ""
    return reverse("session_calendar", args=[language, recording.key])


def _speaker(talk: RecordingSpeaker, language: str) -> SpeakerLine:
    speaker = talk.speaker
    role = marked(*text_in(speaker, "role", language))
    organisation = speaker.organisation if speaker.organisation and speaker.organisation.live else None
    organisation_name = marked(*organisation.title_in(language)) if organisation else ""
    return SpeakerLine(
        name=speaker.name,
        part=talk.get_role_display(),
        note=format_html_join(", ", "{}", ((part,) for part in (role, organisation_name) if part)),
        url=(organisation.path_in(language) or "") if organisation else "",
    )


def _linked_pages(recording: Recording, language: str) -> tuple[list[LinkedPage], list[LinkedPage]]:
    """The public methods and the public projects that a recording speaks of.

    The links point at Dutch pages; the pages of both kinds, in both languages, are read with one query. No second is
    named of a recording that was taken down.
    """
    methods = [(link.method_id, link) for link in recording.method_links.all()]
    projects = [(link.project_id, link) for link in recording.project_links.all()]
    page_ids = {page_id for page_id, _link in (*methods, *projects)}
    found = shown_in(language, Page.objects.all(), Q(pk__in=page_ids)) if page_ids else []
    pages = {shown.original.pk: shown for shown in found}
    has_timestamps = not recording.taken_down
    return (
        _merged_links(methods, pages, language, has_timestamps=has_timestamps),
        _merged_links(projects, pages, language, has_timestamps=has_timestamps),
    )


def _merged_links(
    links: Iterable[tuple[int, RecordingMethod | RecordingProject]],
    pages: dict[int, ShownPage],
    language: str,
    *,
    has_timestamps: bool,
) -> list[LinkedPage]:
    """The pages of some links, each once with all its timestamps; a link without one gives the note."""
    links_of_page: dict[int, list[RecordingMethod | RecordingProject]] = {}
    for page_id, link in links:
        if page_id in pages:
            links_of_page.setdefault(page_id, []).append(link)
    linked = []
    for page_id, own_links in links_of_page.items():
        shown = pages[page_id]
        notes = [_note(link, language) for link in own_links if link.at_s is None] if has_timestamps else []
        timestamps = [Timestamp(link.at_s, _note(link, language)) for link in own_links if link.at_s is not None]
        linked.append(
            LinkedPage(
                title=shown.page.title,
                url=shown.page.get_url() or "",
                language=shown.language,
                note=next(filter(None, notes), ""),
                timestamps=tuple(timestamps) if has_timestamps else (),
            )
        )
    return linked


def _note(link: RecordingMethod | RecordingProject, language: str) -> str:
    return text_in(link, "note", language)[0]


def _slides(recording: Recording) -> list[dict]:
    """The slides as a download: a list of one, or an empty one."""
    file = recording.slides
    if file is None:
        return []
    return [
        {
            "title": file.title,
            "url": file.url,
            "kind": file.file_extension.upper(),
            "size": file.get_file_size(),
            "language": file.language,
        }
    ]


def _contact(language: str) -> ContactLink | None:
    """The first public contact that can be reached, to write to about a recording; read once until it changes."""
    return cached_until_publish(("whom to tell", language), lambda: next(reachable_contacts(language, "pk"), None))


def _mentions(pages: Iterable[LinkedPage], word: str) -> list[Mention]:
    return [
        Mention(timestamp.start_s, word, page.title, page.url, page.language, timestamp.label)
        for page in pages
        for timestamp in page.timestamps
    ]


def _transcript_section(
    recording: Recording,
    language: str,
    parameters: QueryDict,
    transcripts: dict[str, Caption],
    speakers: list[RecordingSpeaker],
    mentions: list[Mention],
) -> TranscriptSection:
    """The chapters, and the transcript in the visitor's language or the nearest there is.

    `mentions` are those that a linked method or project is about.
    """
    chapters = [] if recording.taken_down else selectors.chapters_of(recording)
    chosen = parameters.get("transcript", "")
    caption = selectors.transcript_to_show(
        transcripts, chosen, language, recording.speech_language, settings.LANGUAGE_CODE
    )
    names = [talk.speaker.name for talk in speakers]
    lines, seconds = selectors.lines_and_seconds(caption, names) if caption else ([], set())
    end_s = max([recording.duration_s or 0, *(line.end_s for line in lines)])
    if end_s:  # What begins after the end is a slip of the pen, and leads nowhere.
        chapters = [chapter for chapter in chapters if chapter.start_s < end_s]
    page_chapters = selectors.chapter_titles(chapters, language)
    if caption is None or not lines:
        return TranscriptSection(chapters=page_chapters, duration_s=recording.duration_s)
    query = parameters.get("q", "").strip()[:MAX_QUERY_LENGTH]
    found = find_words(selectors.in_parts(lines, selectors.chapter_titles(chapters, caption.language)), query)
    seconds |= {chapter.start_s for chapter in chapters} | {mention.start_s for mention in mentions}
    pages = stretches(with_anchors(found.text, seconds))
    best = next((match.second for match in found.matches if match.is_best), None)
    shown = stretch_at(pages, _second(parameters, best or 0))
    transcript = Transcript(
        language=caption.language,
        origin=caption.get_origin_display(),
        is_machine=caption.origin == CaptionOrigin.MACHINE,
        made_on=caption.made_on,
        parts=list(shown.parts),
        other_languages=[code for code in transcripts if code != caption.language],
        is_chosen=chosen in transcripts,
    )
    path = recording.path_in(language) or ""
    path = addresses.in_transcript(path, caption.language if transcript.is_chosen else "")
    return TranscriptSection(
        chapters=page_chapters,
        duration_s=recording.duration_s or int(end_s),
        transcript=transcript,
        stretches=_stretch_links(pages, shown, path) if len(pages) > 1 else (),
        mentions=[mention for mention in mentions if stretch_at(pages, mention.start_s) is shown],
        query=query,
        matches=_matches(found.matches, pages, shown, addresses.in_search(path, query)),
        n_matches=len(found.matches),
        is_exact_match=found.is_exact,
        downloads=[_transcript_files(recording, code) for code in transcripts],
    )


def _second(parameters: QueryDict, default: int) -> int:
    """The second that an address asks for."""
    asked = parameters.get("t", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 8 else default


def _stretch_links(pages: list[Stretch], shown: Stretch, path: str) -> list[StretchLink]:
    ends = [following.start_s for _page, following in pairwise(pages)] + [pages[-1].end_s]
    return [
        StretchLink(page.start_s, end, addresses.moment(path, page.start_s), is_shown=page is shown)
        for page, end in zip(pages, ends, strict=True)
    ]


def _matches(matches: Sequence[WordMatch], pages: list[Stretch], shown: Stretch, path: str) -> list[Match]:
    """The best match, then the others in their order, each with the way to it."""
    listed = sorted(matches, key=lambda match: not match.is_best)[:MAX_MATCHES]
    return [
        Match(
            start_s=match.start_s,
            label=match.label,
            html=match.html,
            url=f"#t-{match.second}"
            if stretch_at(pages, match.second) is shown
            else addresses.moment(path, match.start_s),
            is_best=match.is_best,
        )
        for match in listed
    ]


def _transcript_files(recording: Recording, language: str) -> dict:
    """The files of a transcript in a language, to take along."""
    return {
        "title": language_name(language),
        "language": language,
        "files": [{"kind": ending.upper(), "url": _caption_url(recording, language, ending)} for ending in FORMATS],
    }
