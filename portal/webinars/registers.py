"""What webinars offer to search, to cards of other rooms and to permanent identifiers."""

from portal.core.cards import register_card, register_links
from portal.core.publishing.visibility import visible_records
from portal.core.routing import address_ledger
from portal.core.searchable import register_dependents, register_kind
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
)
from portal.webinars.public import cards
from portal.webinars.public.search_documents import recording_documents


def register():
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
    register_dependents(Recording, "method_links.method", "project_links.project")
    register_card(Recording.kind, "ui/components/card.html", cards.recording_cards)
    register_links("method", cards.recordings_of_method)
    register_links("project", cards.recordings_of_project)
    register_links("topic", cards.recordings_of_topic)
    register_links("organisation", cards.recordings_of_organisation)
    address_ledger.register_identifier(Recording.kind, recording_address)


def recording_address(key: str, language: str) -> str | None:
    """The path of a recording's page in a language; None when it is not public."""
    recording = visible_records(Recording).filter(key=key).first()
    return recording.path_in(language) if recording else None
