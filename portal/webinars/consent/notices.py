"""E-mail to the staff about a consent that ends, has ended or is due for review (docs/decisions.md 41)."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.core.admin.notices import Message, mail_is_configured, send_each, users_with_permission
from portal.webinars.choices import TakeDownReason
from portal.webinars.consent.selectors import consents_due_for_review, expired_consents, expiring_consents
from portal.webinars.models import Consent, Recording
from portal.webinars.permissions import TAKE_DOWN_RECORDING

NOTICE_PERIOD = timedelta(days=14)  # before a consent ends
# The stages of a consent; they are part of what the portal remembers of each message that it sent.
ENDED, ENDS, REVIEW = "ended", "ends", "review"


def send_consent_notices(today: date | None = None) -> Iterator[Recording]:
    """Mail whoever may take recordings down, once each: a fortnight before a consent ends, once it has ended and the
    recording is down, and on the day of a review. Yields the recordings.

    Without a mail server nothing is sent. Raises OSError when it refused a message.
    """
    if not mail_is_configured():
        return
    messages = (
        (consent.recording, f"webinars.consent {consent.pk} {stage} {day}", partial(_message, consent, stage, day))
        for consent, stage, day in _due(today or timezone.localdate())
    )
    yield from send_each(messages, users_with_permission(TAKE_DOWN_RECORDING))


def _due(today: date) -> list[tuple[Consent, str, date]]:
    """The consents to write about, each with its stage and the day that the message names."""
    taken_down = expired_consents(today).filter(
        recording__take_down__reason=TakeDownReason.OTHER, recording__take_down__taken_at__date__gt=F("until")
    )
    stages = (
        (ENDED, taken_down, "until"),
        (ENDS, expiring_consents(NOTICE_PERIOD, today), "until"),
        (REVIEW, consents_due_for_review(today), "review_on"),
    )
    return [
        (consent, stage, getattr(consent, field))
        for stage, consents, field in stages
        for consent in _with_names(consents)
    ]


def _with_names(consents: QuerySet[Consent]) -> QuerySet[Consent]:
    return consents.select_related("recording", "speaker").order_by("pk")


def _message(consent: Consent, stage: str, day: date) -> Message:
    values = {
        "recording": str(consent.recording),
        "who": str(consent.speaker or _("Everybody together")),
        "day": date_format(day, "DATE_FORMAT"),
    }
    if stage == ENDED:
        headline = _("“%(recording)s” was taken away: a consent has ended")
        text = _("%(who)s: agreed until %(day)s. Nobody can watch or read the recording any more.")
        what_to_do = _("Once a later date is agreed and entered, the recording can be given back.")
    elif stage == ENDS:
        headline = _("“%(recording)s” will be taken away: a consent ends")
        text = _("%(who)s: agreed until %(day)s. The day after, the portal takes the recording away.")
        what_to_do = _("If the recording may stay longer, enter the new date before then.")
    else:
        headline = _("“%(recording)s”: a consent is due for review")
        text = _("%(who)s: the consent was due for review on %(day)s.")
        what_to_do = _("Enter a new review date, or take the recording away. Nothing happens automatically.")
    return Message.about(
        headline % values,
        [text % values, what_to_do],
        reverse("recording_consent", args=[consent.recording_id]),
        _("You get this message once, because you may take recordings away."),
    )
