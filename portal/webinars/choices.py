"""The choices of recordings and what belongs to them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

# ISO 639-2 for "no linguistic content". Empty means that the spoken language is not known.
NO_SPEECH = "zxx"
SPOKEN_LANGUAGES = [*settings.LANGUAGES, (NO_SPEECH, _("no speech"))]


class RecordingState(models.TextChoices):
    PLANNED = "planned", _("to come")
    LIVE = "live", _("live now")
    RECORDED = "recorded", _("recorded")
    NOT_FOUND = "not_found", _("held, recording not found yet")
    UNAVAILABLE = "unavailable", _("not available any more")


class Medium(models.TextChoices):
    """What a visitor gets to see or hear; empty while nobody said it."""

    VIDEO = "video", _("video")
    AUDIO = "audio", _("audio")
    FILM = "film", _("film")
    SLIDES = "slides", _("slides")


class RecordingList(models.TextChoices):
    """The three lists of the archive. In which a recording stands is computed (lists.py), never stored."""

    WATCH = "watch", _("Watch or listen")
    TO_COME = "to_come", _("To come")
    TOOK_PLACE = "took_place", _("Took place, no recording found")


class MechelenPart(models.TextChoices):
    """What the city of Mechelen did in a session; empty while that is not known."""

    SPEAKER = "speaker", _("spoke")
    HOST = "host", _("was the host")
    ORGANISER = "organiser", _("organised it")
    FEATURED = "featured", _("is shown in it")
    NONE = "none", _("took no part")


class SourceState(models.TextChoices):
    """The state of a recording at a source, as far as the source says; empty when nothing is wrong."""

    UPCOMING = "upcoming", _("to come")
    LIVE = "live", _("live now")
    ENDED = "ended", _("was live")
    SUSPECTED = "unavailable_suspected", _("perhaps not there any more")
    UNAVAILABLE = "unavailable", _("not there any more")
    NOT_EMBEDDABLE = "not_embeddable", _("may only be watched there")
    REGION = "region_blocked", _("not in every country")
    CALLED_OFF = "called_off", _("does not take place")


class TakeDownReason(models.TextChoices):
    """Why a recording was taken down. Visitors read it, so no choice names who asked."""

    SPEAKER = "speaker", _("A speaker asks for it")
    PARTICIPANT = "participant", _("Somebody else who is seen or heard in it asks for it")
    RIGHTS = "rights", _("It shows work of others without their permission")
    CONTENT = "content", _("It holds something that may not be public")
    OTHER = "other", _("Another reason")


class ConsentState(models.TextChoices):
    """How far somebody agreed to a recording being public (docs/legal.md, image rights)."""

    NOT_ASKED = "not_asked", _("not asked")
    ASKED = "asked", _("asked, no answer yet")
    GIVEN = "given", _("agreed")
    LIMITED = "limited", _("agreed within limits")
    WITHDRAWN = "withdrawn", _("withdrawn")


class ConsentLimit(models.TextChoices):
    AUDIO = "audio", _("sound only, no picture")
    OUR_SITE = "our_site", _("only on this site")
    NO_TEXT = "no_text", _("no transcript")
    OTHER = "other", _("as the note says")


class CaptionOrigin(models.TextChoices):
    HUMAN = "human", _("written by a person")
    MACHINE = "machine", _("made by machine")
    CORRECTED = "corrected", _("made by machine, corrected by a person")


class TranscriptChange(models.TextChoices):
    """What was done to a transcript, so that its lines became an earlier version."""

    CORRECTED = "corrected", _("corrected")
    IMPORTED = "imported", _("another file brought in")
    PUT_BACK = "put_back", _("an earlier version put back")


class SpeakerRole(models.TextChoices):
    SPEAKER = "speaker", _("speaker")
    HOST = "host", _("host")
    GUEST = "guest", _("guest")


# The filters of the archive, by their parameter in its address. Those of which a recording has at most one value are
# counted in one query; of the others it may have several.
SINGLE_VALUE_FILTERS = ("medium", "series", "language", "year", "length", "transcript")
MULTI_VALUE_FILTERS = ("topic", "speaker")
FILTERS = (*MULTI_VALUE_FILTERS, *SINGLE_VALUE_FILTERS)
# The parameter that opens the list of what took place in place of what can be watched.
LIST_PARAMETER = "list"
