"""What webinars offer: their pages, search, cards and links of other rooms, permanent identifiers, page cache."""

from functools import partial

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.core.ask_links import register_ask_subject
from portal.core.cards import register_card, register_links
from portal.core.content.structured_data import register_structured_data
from portal.core.languages import register_language_table
from portal.core.page_cache.registry import Visibility, register_cached_model
from portal.core.page_context import register_page_context, register_page_file, register_record_context
from portal.core.routing.address_ledger import register_identifier
from portal.core.routing.paths import path_of_record
from portal.core.searchable import register_dependents, register_kind
from portal.links.places import register_promised
from portal.topics.usage import register_topic_use
from portal.webinars.models import (
    Caption,
    Chapter,
    Consent,
    Cue,
    EarlierTranscript,
    FurtherSession,
    FurtherSessionMethod,
    FurtherSessionProject,
    Recording,
    RecordingMethod,
    RecordingProject,
    RecordingSource,
    RecordingSpeaker,
    Series,
    Speaker,
    TakeDown,
    WebinarIndexPage,
)
from portal.webinars.public import cards, further, lost_places, nearest
from portal.webinars.public.archive import ArchivePage, archive_file, archive_page
from portal.webinars.public.recording_page import RecordingPage, recording_page
from portal.webinars.public.search_documents import recording_documents
from portal.webinars.public.structured_data import describe_recording
from portal.webinars.transcripts import language_detection


def register() -> None:
    register_page_context(WebinarIndexPage, _archive_page)
    register_page_file(WebinarIndexPage, archive_file)
    register_record_context(Recording, _recording_page)
    register_structured_data(Recording, describe_recording)
    register_kind(Recording.kind, model=Recording, documents=recording_documents)
    register_dependents(Caption, "recording")
    register_dependents(Chapter, "recording")
    register_dependents(RecordingSource, "recording")
    register_dependents(TakeDown, "recording")
    register_dependents(Cue, "caption.recording")
    register_dependents(EarlierTranscript, "caption.recording")
    register_dependents(Consent, "recording", "speaker.organisation")
    register_dependents(RecordingSpeaker, "recording", "speaker.organisation")
    register_dependents(Speaker, "talks.recording", "consents.recording", "organisation")
    register_dependents(Series, "recordings")
    register_dependents(RecordingMethod, "recording", "method")
    register_dependents(RecordingProject, "recording", "project")
    register_dependents(FurtherSession)
    register_dependents(FurtherSessionMethod)
    register_dependents(FurtherSessionProject)
    register_dependents(Recording, "method_links.method", "project_links.project")
    register_card(Recording.kind, cards.recording_cards, of_the_hour=True)
    register_links("method", cards.recordings_of_method)
    register_links("project", cards.recordings_of_project)
    register_links("method", further.further_of_method)
    register_links("project", further.further_of_project)
    register_links("topic", cards.recordings_of_topic)
    register_links("organisation", cards.recordings_of_organisation)
    register_links(Recording.kind, nearest.nearest_to_watch)
    register_promised(lost_places.promised_addresses)
    register_ask_subject(
        Recording.kind,
        None,  # questions about a recording are for the city
        {"recording": _("Do you have the recording?"), "slides": _("Do you have the slides?")},
    )
    register_topic_use(cards.topics_of_public_recordings)
    register_identifier(Recording.kind, partial(path_of_record, Recording))
    register_language_table("portal/webinars/transcripts/language_detection.py", language_detection.LANGUAGES)
    register_cached_models()


def register_cached_models() -> None:
    """Tell the page cache when visitors can see a row of each model."""
    for model in (FurtherSession, Recording, Series, Speaker, WebinarIndexPage):
        register_cached_model(model, Visibility.WHEN_LIVE)
    for part in (
        *(RecordingSource, RecordingSpeaker, RecordingMethod, RecordingProject),
        *(Caption, Chapter, Consent, TakeDown),
    ):
        register_cached_model(part, Visibility.WITH_OWNER, owner="recording")
    for link in (FurtherSessionMethod, FurtherSessionProject):
        register_cached_model(link, Visibility.WITH_OWNER, owner="session")
    register_cached_model(Cue, Visibility.WITH_OWNER, owner="caption")
    register_cached_model(EarlierTranscript, Visibility.NEVER)


def _archive_page(page: WebinarIndexPage, request: HttpRequest) -> ArchivePage:
    return archive_page(page, request.GET)


def _recording_page(recording: Recording, language: str, request: HttpRequest) -> RecordingPage:
    return recording_page(recording, language, request.GET)
