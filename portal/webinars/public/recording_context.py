"""The typed context of a recording's page: recording_page.py fills it in, templates and structured data read it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.safestring import SafeString

from portal.core.cards import Links
from portal.organisations.contacts import ContactLink
from portal.topics.selectors import TopicLink
from portal.webinars.models import Recording, TakeDown
from portal.webinars.playback import Playback, SourceStatus
from portal.webinars.public.source_text import SourceText
from portal.webinars.schedule import EventDate
from portal.webinars.transcripts.paragraphs import Part
from portal.webinars.transcripts.selectors import ChapterTitle


@dataclass(frozen=True)
class Timestamp:
    """A second of a recording that a link leads to, with what is said then."""

    start_s: int
    label: str


@dataclass(frozen=True)
class Mention:
    """A public method or project that a passage of the transcript shows; `word` says which of the two it is."""

    start_s: int
    word: str
    title: str
    url: str
    language: str
    note: str


@dataclass(frozen=True)
class Match:
    """A line in which the words that a visitor looks for are said; `url` leads to it, on this page or another one."""

    start_s: float
    label: str
    html: str
    url: str
    is_best: bool


@dataclass(frozen=True)
class StretchLink:
    """A part of a long transcript, on a page of its own."""

    start_s: float
    end_s: float
    url: str
    is_shown: bool


@dataclass(frozen=True)
class LinkedPage:
    """A public method or project that a recording speaks of, and at which seconds."""

    title: str
    url: str
    language: str
    note: str = ""
    timestamps: tuple[Timestamp, ...] = ()


@dataclass(frozen=True)
class SeriesLink:
    """The series of a recording; `url` leads to its other recordings, empty while the archive is not public."""

    title: str
    language: str
    url: str


@dataclass(frozen=True)
class SpeakerLine:
    """A speaker who may be named, with the function and the organisation as far as they are known."""

    name: str
    part: str
    note: SafeString
    url: str


@dataclass(frozen=True)
class Player:
    """What the player component shows: a file of our own, or a link to a platform that may play it after a click.

    `medium` is that of the recording ("" while nobody said it); what is only heard has a small player.
    """

    medium: str
    platform: str
    platform_label: str
    title: str
    language: str
    url: str
    embed_url: str
    file_url: str
    file_type: str
    poster: dict | None
    captions: list[dict]


@dataclass(frozen=True)
class Transcript:
    """The transcript in one language; `is_chosen` is whether the visitor asked for that language."""

    language: str
    origin: str
    is_machine: bool
    made_on: date | None
    parts: list[Part]
    other_languages: list[str]
    is_chosen: bool


@dataclass(frozen=True, kw_only=True)
class TranscriptSection:
    """The chapters and the transcript, with the words that a visitor looked for in it and the files to take along.

    `stretches` are the pages of a long transcript, empty for one that is on this page whole. `mentions` are the methods
    and projects that stand beside what is said of them. `matches` are at most so many as a page lists, the best one
    first; `n_matches` counts all.
    """

    chapters: list[ChapterTitle]
    duration_s: int | None
    transcript: Transcript | None = None
    stretches: Sequence[StretchLink] = ()
    mentions: Sequence[Mention] = ()
    query: str = ""
    matches: Sequence[Match] = ()
    n_matches: int = 0
    is_exact_match: bool = True
    downloads: list[dict] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class RecordingPage(TranscriptSection):
    """The page of a recording in one language. `page_title`, `page_description` and `page_image` are for its head."""

    recording: Recording
    path: str
    crumbs: list[dict]
    title: str
    title_language: str
    abstract: str
    abstract_language: str
    abstract_at_source: SourceText | None
    citation: str
    authors: str
    medium: str
    by_whom: str
    event_date: EventDate | None
    series: SeriesLink | None
    state: str
    state_label: str
    is_upcoming: bool
    is_called_off: bool
    expects_video: bool
    take_down: TakeDown | None
    takedown_explanation: str
    poster: dict | None
    player: Player | None
    playback: Playback
    source_statuses: list[SourceStatus]
    watch_links: list[dict[str, str]]
    address_note: str
    calendar_url: str
    spoken_language_name: str
    has_no_speech: bool
    speakers: list[SpeakerLine]
    topics: list[TopicLink]
    methods: list[LinkedPage]
    projects: list[LinkedPage]
    links: list[Links]
    slides: list[dict]
    contact: ContactLink | None
    ask_for_recording_url: str
    ask_for_slides_url: str
    page_title: str
    page_description: str
    page_image: dict | None
