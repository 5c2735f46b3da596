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
from portal.webinars.transcripts.word_search import WordMatch


@dataclass(frozen=True)
class Timestamp:
    """A second of a recording that a link leads to, with what is said then."""

    start_s: int
    label: str


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
    """What the player component shows: a video of our own, or a link to a platform that may play it after a click."""

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
    """The chapters and the transcript, with the words that a visitor looked for in it and the files to take along."""

    chapters: list[ChapterTitle]
    duration_s: int | None
    timestamps: list[Timestamp]
    transcript: Transcript | None = None
    query: str = ""
    matches: Sequence[WordMatch] = ()
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
    page_title: str
    page_description: str
    page_image: dict | None
