"""Which speakers may be named in public (legal duties, image rights): the one rule for pages, files, lists and search.

A speaker is named in a recording when she agreed to publication and is public herself, nobody withdrew consent for that
recording (she, or everybody together), and the recording was not taken down.
"""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from portal.core.publishing.visibility import visible_records
from portal.webinars.choices import ConsentState
from portal.webinars.models import Consent, Recording, RecordingSpeaker, Speaker, TakeDown


def agreed_speakers() -> QuerySet[Speaker]:
    """The public speakers who agreed to publication, whatever the recording."""
    return visible_records(Speaker).filter(consent=True)


def named_talks() -> QuerySet[RecordingSpeaker]:
    """Who speaks in which recording, where the speaker may be named."""
    allowed = _allowed_in(OuterRef("recording"), OuterRef("speaker"))
    return RecordingSpeaker.objects.filter(allowed, speaker__in=agreed_speakers())


def named_speakers(recording: Recording) -> list[RecordingSpeaker]:
    """The speakers of a recording who may be named, in their order; a draft has those that it was written with."""
    talks = list(recording.speakers.select_related("speaker__organisation").all())
    if not talks:
        return []
    allowed = agreed_speakers().filter(_allowed_in(recording.pk, OuterRef("pk")))
    named = set(allowed.filter(pk__in=[talk.speaker_id for talk in talks]).values_list("pk", flat=True))
    return [talk for talk in talks if talk.speaker_id in named]


def _allowed_in(recording: Any, speaker: OuterRef) -> Q:
    """The condition that nothing of a recording forbids naming this speaker in it. `recording` is a key or OuterRef."""
    withdrawn = Consent.objects.filter(
        Q(speaker=speaker) | Q(speaker=None), recording=recording, state=ConsentState.WITHDRAWN
    )
    return ~Q(Exists(withdrawn)) & ~Q(Exists(TakeDown.objects.filter(recording=recording)))
