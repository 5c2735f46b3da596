"""Consent of the speakers: what is known of a recording, and which consents somebody has to look at.

A consent is *breached* while the recording is public although it was withdrawn, or given until a day that is over.
Which speakers may be named is another question: named_speakers.py.
"""

from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, Least
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.webinars.choices import NO_SPEECH, ConsentState
from portal.webinars.models import Consent, Recording, RecordingSpeaker

ATTENTION_PERIOD = timedelta(days=60)
_AGREED = (ConsentState.GIVEN, ConsentState.LIMITED)
_UNANSWERED = (ConsentState.NOT_ASKED, ConsentState.ASKED)


def consents_of(recording: Recording) -> list[Consent]:
    """The consent of everybody together and that of each speaker; those that nobody wrote down yet are unsaved."""
    saved = {consent.speaker_id: consent for consent in recording.consents.select_related("speaker")}
    talks = RecordingSpeaker.objects.filter(recording=recording).select_related("speaker")
    speakers = {talk.speaker_id: talk.speaker for talk in talks}
    # Also whoever was asked and is no speaker of the recording any more.
    speakers |= {consent.speaker.pk: consent.speaker for consent in saved.values() if consent.speaker}
    return [
        saved.get(pk) or Consent(recording=recording, speaker=speaker)
        for pk, speaker in ((None, None), *speakers.items())
    ]


def is_expired(consent: Consent, today: date | None = None) -> bool:
    """Whether a consent was given until a day that is over. `expired_consents` is the same rule for a query."""
    is_over = consent.until is not None and consent.until < (today or timezone.localdate())
    return consent.state in _AGREED and is_over


def expired_consents(today: date | None = None) -> QuerySet[Consent]:
    """The consents that were given until a day that is over, whether their recording is public or not."""
    return Consent.objects.filter(state__in=_AGREED, until__lt=today or timezone.localdate())


def is_breached(consent: Consent, today: date | None = None) -> bool:
    """Whether this consent forbids that its recording stays public."""
    return consent.state == ConsentState.WITHDRAWN or is_expired(consent, today)


def expiring_consents(within: timedelta, today: date | None = None) -> QuerySet[Consent]:
    """The consents of public recordings that end within that time."""
    today = today or timezone.localdate()
    return _of_public_recordings().filter(state__in=_AGREED, until__gte=today, until__lte=today + within)


def consents_due_for_review(today: date | None = None) -> QuerySet[Consent]:
    """The consents of public recordings of which the day for a new look has come."""
    return _of_public_recordings().filter(review_on__lte=today or timezone.localdate())


def _of_public_recordings() -> QuerySet[Consent]:
    return Consent.objects.filter(recording__live=True, recording__take_down=None, recording__is_example=False)


def consents_needing_attention(today: date | None = None) -> QuerySet[Consent]:
    """The consents that are due for review or end within sixty days, or are breached, the most urgent first.

    Of recordings that were taken down, only the consents that ended in the last sixty days: so that everybody sees what
    the portal did by itself.
    """
    today = today or timezone.localdate()
    soon = today + ATTENTION_PERIOD
    is_due = Q(review_on__lte=soon) | Q(until__lte=soon) | Q(state=ConsentState.WITHDRAWN)
    has_just_ended = Q(until__gte=today - ATTENTION_PERIOD, until__lt=today)
    consents = Consent.objects.exclude(recording__is_example=True)
    # Where one of the two is missing, Least gives the other one in PostgreSQL and nothing in SQLite.
    first_day = Coalesce(Least("review_on", "until"), "review_on", "until")
    return (
        consents.filter(Q(is_due, recording__take_down=None) | has_just_ended)
        .select_related("recording__take_down", "speaker")
        .order_by(first_day.asc(nulls_first=True), F("review_on").asc(nulls_last=True), "pk")
    )


def consent_warnings(recording: Recording, today: date | None = None) -> list[tuple[bool, str]]:
    """What whoever edits a recording has to know of its consents, as (is it breached, sentence), the breached first.

    Empty for a recording that was taken down, and for an example. Costs one query.
    """
    if recording.taken_down or recording.is_example:
        return []
    today = today or timezone.localdate()
    consents = recording.consents.select_related("speaker")
    warnings = [(is_breached(consent, today), _warning(consent, today)) for consent in consents]
    return sorted(
        ((breached, sentence) for breached, sentence in warnings if sentence), key=lambda warning: not warning[0]
    )


def _warning(consent: Consent, today: date) -> str:
    """What has to be known of a consent; empty when nothing has."""
    values = {"who": consent.speaker or _("Everybody together")}
    if consent.state == ConsentState.WITHDRAWN:
        return _("%(who)s: the consent was withdrawn, but the recording is still public.") % values
    if consent.state not in _AGREED:
        return ""
    if consent.until is not None and consent.until <= today + ATTENTION_PERIOD:
        values["day"] = date_format(consent.until, "DATE_FORMAT")
        if is_expired(consent, today):
            return _("%(who)s: agreed until %(day)s, but the recording is still public.") % values
        return _("%(who)s: agreed until %(day)s. The day after, the portal takes the recording away.") % values
    if consent.review_on is not None and consent.review_on <= today:
        values["day"] = date_format(consent.review_on, "DATE_FORMAT")
        return _("%(who)s: the consent was due for review on %(day)s.") % values
    if consent.limit:
        values["limit"] = consent.get_limit_display()
        return _("%(who)s: agreed within limits, %(limit)s.") % values
    return ""


def recordings_without_answer() -> QuerySet[Recording]:
    """The recordings of which a speaker was not asked, or has not answered, the newest first.

    A consent of everybody together stands for that of every speaker; a recording without either was not asked about.
    Where nobody speaks and no speaker is named, there is nobody to ask.
    """
    answers = Consent.objects.exclude(state__in=_UNANSWERED)
    of_recording = answers.filter(recording=OuterRef("pk"))
    of_speaker = answers.filter(recording=OuterRef("recording"), speaker=OuterRef("speaker"))
    silent_speakers = RecordingSpeaker.objects.filter(~Exists(of_speaker), recording=OuterRef("pk"))
    has_nobody_answered = ~Exists(of_recording) & ~Q(spoken_language=NO_SPEECH)
    return (
        Recording.objects.filter(is_example=False, take_down=None)
        .filter(~Exists(of_recording.filter(speaker=None)))
        .filter(Exists(silent_speakers) | has_nobody_answered)
        .prefetch_related("sources")
        .order_by("-pk")
    )
