"""Models of the webinars room; import them from here, whichever module they are in."""

from portal.webinars.models.consent import Consent, TakeDown
from portal.webinars.models.further_session import FurtherSession, FurtherSessionMethod, FurtherSessionProject
from portal.webinars.models.index_page import WebinarIndexPage
from portal.webinars.models.links import RecordingMethod, RecordingProject
from portal.webinars.models.recording import Chapter, Recording, Series
from portal.webinars.models.source import RecordingSource
from portal.webinars.models.speaker import RecordingSpeaker, Speaker
from portal.webinars.models.transcript import Caption, Cue, EarlierTranscript

__all__ = [
    "Caption",
    "Chapter",
    "Consent",
    "Cue",
    "EarlierTranscript",
    "FurtherSession",
    "FurtherSessionMethod",
    "FurtherSessionProject",
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
