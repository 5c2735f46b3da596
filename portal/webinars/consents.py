"""How far speakers agreed: what is known of a recording, and of which recordings somebody has to look."""

from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, Least
from django.utils import timezone

from portal.webinars.choices import NOBODY_SPEAKS, ConsentState
from portal.webinars.models import Consent, Recording, RecordingSpeaker

NEAR = timedelta(days=60)


def consents_of(recording: Recording) -> list[Consent]:
    """A consent for everybody together and one for each speaker; those that nobody wrote down yet are not stored."""
    known = {consent.speaker_id: consent for consent in recording.consents.select_related("speaker")}
    talks = RecordingSpeaker.objects.filter(recording=recording).select_related("speaker")
    speakers = {talk.speaker_id: talk.speaker for talk in talks}
    # Who is no speaker of it any more was asked all the same.
    speakers |= {consent.speaker_id: consent.speaker for consent in known.values() if consent.speaker}
    wanted = [(None, None), *speakers.items()]
    return [known.get(pk) or Consent(recording=recording, speaker=speaker) for pk, speaker in wanted]


def to_look_at(today: date | None = None) -> QuerySet:
    """The consents that are to be looked at within sixty days, or end within them, the first one first.

    Also those that were withdrawn while the recording is still there.
    """
    soon = (today or timezone.localdate()) + NEAR
    due = Q(review_on__lte=soon) | Q(until__lte=soon)
    withdrawn = Q(state=ConsentState.WITHDRAWN, recording__take_down=None)
    # Of two databases one takes the least of what is there, the other nothing where one of them is missing.
    ends = Coalesce(Least("review_on", "until"), "review_on", "until")
    consents = Consent.objects.exclude(recording__is_example=True).filter(due | withdrawn)
    return consents.select_related("recording", "speaker").order_by(
        ends.asc(nulls_first=True), F("review_on").asc(nulls_last=True), "pk"
    )


def not_asked() -> QuerySet:
    """The recordings of which somebody was not asked, or has not answered, the newest first.

    One consent for everybody stands for that of every speaker; a recording without either was not asked about at all.
    Where nobody speaks and no speaker is named, there is nobody to ask.
    """
    told = Consent.objects.filter(recording=OuterRef("pk")).exclude(state__in=_OPEN)
    for_everybody = told.filter(speaker=None)
    said = Consent.objects.filter(recording=OuterRef("recording"), speaker=OuterRef("speaker"))
    silent = RecordingSpeaker.objects.filter(~Exists(said.exclude(state__in=_OPEN)), recording=OuterRef("pk"))
    return (
        Recording.objects.filter(is_example=False, take_down=None)
        .filter(~Exists(for_everybody))
        .filter(Exists(silent) | (~Exists(told) & ~Q(spoken_language=NOBODY_SPEAKS)))
        .prefetch_related("sources")
        .order_by("-pk")
    )


_OPEN = (ConsentState.NOT_ASKED, ConsentState.ASKED)
