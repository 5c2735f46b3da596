"""The end of a consent: told beforehand, and held by the portal itself on the day after (docs/decisions.md 41)."""

import logging
from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from django.conf import settings
from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.core.admin.notices import Message, mail_is_configured, send_each, users_with_permission
from portal.webinars.choices import TakeDownReason
from portal.webinars.consent.selectors import ended, ends_soon, to_review
from portal.webinars.consent.takedowns import take_down
from portal.webinars.models import Consent, Recording

logger = logging.getLogger(__name__)

TOLD_BEFORE = timedelta(days=14)
WHO = "webinars.publish_recording"  # the right of who may take a recording away


def hold_consents(today: date | None = None) -> Iterator[Recording]:
    """Take away what is public although somebody agreed until a day that is over; gives each such recording.

    Raises OSError at the end when the files of one could not be moved; the others are away.
    """
    refusals, done = [], set()
    public = ended(today).filter(recording__live=True, recording__take_down=None, recording__is_example=False)
    for consent in public.select_related("recording", "speaker").order_by("until", "pk"):
        if consent.recording_id in done:
            continue
        done.add(consent.recording_id)
        with translation.override(settings.LANGUAGE_CODE):
            note = _("%(who)s: agreed until %(day)s. Taken away by the portal itself.") % {
                "who": consent.speaker or _("Everybody together"),
                "day": date_format(consent.until, "DATE_FORMAT"),
            }
        try:
            take_down(consent.recording, TakeDownReason.OTHER, None, note=note)
        except OSError as error:
            logger.exception("the files of recording %s could not be taken away", consent.recording.key)
            refusals.append(error)
        else:
            logger.info("recording %s was taken away: a consent ended", consent.recording.key)
            yield consent.recording
    if refusals:
        raise refusals[0]


def tell_of_ends(today: date | None = None) -> Iterator[Recording]:
    """Tell who may take recordings away, once each: a fortnight before a consent ends, when it has ended, and on a day
    on which it was to be looked at again.

    Without a mail server nothing is sent. Raises OSError when it refused something.
    """
    if not mail_is_configured():
        return
    told = (
        (consent.recording, f"webinars.consent {consent.pk} {stage} {day}", partial(_message, consent, stage, day))
        for consent, stage, day in _to_tell(today or timezone.localdate())
    )
    yield from send_each(told, users_with_permission(WHO))


def _to_tell(today: date) -> list[tuple[Consent, str, date]]:
    """The consents of which somebody is told, each with the stage it is at and the day that counts."""
    held = ended(today).filter(
        recording__take_down__reason=TakeDownReason.OTHER, recording__take_down__taken_at__date__gt=F("until")
    )
    found = [(consent, "ended", consent.until) for consent in _with_names(held)]
    found += [(consent, "ends", consent.until) for consent in _with_names(ends_soon(TOLD_BEFORE, today))]
    found += [(consent, "review", consent.review_on) for consent in _with_names(to_review(today))]
    return found


def _with_names(consents: QuerySet) -> QuerySet:
    return consents.select_related("recording", "speaker").order_by("pk")


def _message(consent: Consent, stage: str, day: date) -> Message:
    said = {
        "recording": str(consent.recording),
        "who": str(consent.speaker or _("Everybody together")),
        "day": date_format(day, "DATE_FORMAT"),
    }
    if stage == "ended":
        headline = _("“%(recording)s” was taken away: a consent has ended")
        text = _("%(who)s: agreed until %(day)s. Nobody can watch or read the recording any more.")
        what = _("With a later date, once it is agreed, the recording can be given back.")
    elif stage == "ends":
        headline = _("“%(recording)s” will be taken away: a consent ends")
        text = _("%(who)s: agreed until %(day)s. The day after, the portal takes the recording away.")
        what = _("If it may stay longer, write the new date down before that.")
    else:
        headline = _("“%(recording)s” is to be looked at again")
        text = _("%(who)s: on %(day)s somebody would look whether the recording may stay.")
        what = _("Write down a new day, or take the recording away. Nothing happens by itself.")
    return Message.about(
        headline % said,
        [text % said, what],
        reverse("recording_consent", args=[consent.recording_id]),
        _("You get this message once, because you may take recordings away."),
    )
