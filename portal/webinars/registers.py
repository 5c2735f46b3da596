"""What webinars offer to search, to cards of other rooms, to permanent identifiers and to the page cache."""

from portal.core.cards import register_card, register_links
from portal.core.page_cache.registry import Visibility, register_cached_model
from portal.core.publishing.visibility import visible_records
from portal.core.routing import address_ledger
from portal.core.searchable import register_kind
from portal.webinars.models import (
    Caption,
    Chapter,
    Consent,
    Cue,
    EarlierTranscript,
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
from portal.webinars.public import cards
from portal.webinars.public.search_documents import recording_documents


def register():
    register_kind(Recording.kind, model=Recording, documents=recording_documents)
    register_card(Recording.kind, "ui/components/card.html", cards.recording_cards)
    register_links("method", cards.recordings_of_method)
    register_links("project", cards.recordings_of_project)
    register_links("topic", cards.recordings_of_topic)
    register_links("organisation", cards.recordings_of_organisation)
    address_ledger.register_identifier(Recording.kind, recording_address)
    register_cached_models()


def register_cached_models() -> None:
    """Tell the page cache when visitors can see a row of each model."""
    for model in (Recording, Series, Speaker, WebinarIndexPage):
        register_cached_model(model, Visibility.WHEN_LIVE)
    for model in (
        *(RecordingSource, RecordingSpeaker, RecordingMethod, RecordingProject),
        *(Caption, Chapter, Consent, TakeDown),
    ):
        register_cached_model(model, Visibility.WITH_OWNER, owner="recording")
    register_cached_model(Cue, Visibility.WITH_OWNER, owner="caption")
    register_cached_model(EarlierTranscript, Visibility.NEVER)


def recording_address(key: str, language: str) -> str | None:
    """The path of a recording's page in a language; None when it is not public."""
    recording = visible_records(Recording).filter(key=key).first()
    return recording.path_in(language) if recording else None
