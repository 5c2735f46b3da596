"""How far speakers agreed: what is known of a recording, and of which recordings somebody has to look.

A consent is *broken* while the recording is there although somebody withdrew, or agreed until a day that is over.
"""

from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, Least
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.webinars.choices import NO_SPEECH, ConsentState
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


def consents_needing_attention(today: date | None = None) -> QuerySet:
    """The consents that are to be looked at within sixty days, or end within them, the first one first.

    Also those that were withdrawn while the recording is still there. Of what was taken away, only those that ended in
    the last sixty days: so that everybody sees what the portal did by itself.
    """
    today = today or timezone.localdate()
    soon = today + NEAR
    there = Q(recording__take_down=None)
    due = there & (Q(review_on__lte=soon) | Q(until__lte=soon) | Q(state=ConsentState.WITHDRAWN))
    just_ended = Q(until__gte=today - NEAR, until__lt=today)
    # Of two databases one takes the least of what is there, the other nothing where one of them is missing.
    ends = Coalesce(Least("review_on", "until"), "review_on", "until")
    consents = Consent.objects.exclude(recording__is_example=True).filter(due | just_ended)
    return consents.select_related("recording__take_down", "speaker").order_by(
        ends.asc(nulls_first=True), F("review_on").asc(nulls_last=True), "pk"
    )


def expired_consents(today: date | None = None) -> QuerySet:
    """The consents that were given until a day that is over; the recording may be there or not."""
    return Consent.objects.filter(state__in=_AGREED, until__lt=today or timezone.localdate())


def expiring_consents(within: timedelta, today: date | None = None) -> QuerySet:
    """The consents that end within that time, of recordings that are public."""
    today = today or timezone.localdate()
    return _of_public_recordings().filter(state__in=_AGREED, until__gte=today, until__lte=today + within)


def consents_due_for_review(today: date | None = None) -> QuerySet:
    """The consents whose day to look again has come, of recordings that are public."""
    return _of_public_recordings().filter(review_on__lte=today or timezone.localdate())


def _of_public_recordings() -> QuerySet:
    return Consent.objects.filter(recording__live=True, recording__take_down=None, recording__is_example=False)


def is_breached(consent: Consent, today: date | None = None) -> bool:
    """Whether the recording may not be there any more by what this consent says."""
    over = consent.until is not None and consent.until < (today or timezone.localdate())
    return consent.state == ConsentState.WITHDRAWN or (consent.state in _AGREED and over)


def consent_warnings(recording: Recording, today: date | None = None) -> list[tuple[bool, str]]:
    """What whoever works on a recording has to know of its consents: (whether it is broken, a sentence) for each.

    Nothing of a recording that was taken away, or of an example. Costs one query.
    """
    if recording.taken_down or recording.is_example:
        return []
    today = today or timezone.localdate()
    told = [(is_breached(one, today), _warning(one, today)) for one in recording.consents.select_related("speaker")]
    return sorted(((broken, sentence) for broken, sentence in told if sentence), key=lambda one: not one[0])


def _warning(consent: Consent, today: date) -> str:
    """What is to be known of a consent; empty when nothing."""
    said = {"who": consent.speaker or _("Everybody together")}
    if consent.state == ConsentState.WITHDRAWN:
        return _("%(who)s: the consent is withdrawn, and the recording is still there.") % said
    if consent.state not in _AGREED:
        return ""
    if consent.until is not None and consent.until <= today + NEAR:
        said["day"] = date_format(consent.until, "DATE_FORMAT")
        if is_breached(consent, today):
            return _("%(who)s: agreed until %(day)s, and the recording is still there.") % said
        return _("%(who)s: agreed until %(day)s. The day after, the portal takes the recording away.") % said
    if consent.review_on is not None and consent.review_on <= today:
        said["day"] = date_format(consent.review_on, "DATE_FORMAT")
        return _("%(who)s: on %(day)s somebody would look whether the recording may stay.") % said
    if consent.limit:
        said["limit"] = consent.get_limit_display()
        return _("%(who)s: agreed within limits, %(limit)s.") % said
    return ""


def recordings_without_answer() -> QuerySet:
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
        .filter(Exists(silent) | (~Exists(told) & ~Q(spoken_language=NO_SPEECH)))
        .prefetch_related("sources")
        .order_by("-pk")
    )


_AGREED = (ConsentState.GIVEN, ConsentState.LIMITED)
_OPEN = (ConsentState.NOT_ASKED, ConsentState.ASKED)
