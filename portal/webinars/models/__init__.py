"""Models of the webinars room; import them from here."""

from portal.webinars.models.recording import (
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

__all__ = [
    "Caption",
    "Chapter",
    "Consent",
    "Cue",
    "EarlierTranscript",
    "Recording",
    "RecordingMethod",
    "RecordingProject",
    "RecordingSource",
    "RecordingSpeaker",
    "Series",
    "Speaker",
    "TakeDown",
    "WebinarIndexPage",
]
