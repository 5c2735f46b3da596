"""Consent that ends: on the day after, the portal takes the recording down by itself (docs/decisions.md 41).

The mail about it is in notices.py.
"""

import logging
from collections.abc import Iterator
from datetime import date

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.webinars.choices import TakeDownReason
from portal.webinars.consent.selectors import expired_consents
from portal.webinars.consent.takedowns import take_down
from portal.webinars.models import Consent, Recording

logger = logging.getLogger(__name__)


def take_down_expired(today: date | None = None) -> Iterator[Recording]:
    """Take down the public recordings of which a consent has ended, and yield each of them.

    Raises OSError at the end when the files of one could not be moved; the others are down.
    """
    errors: list[OSError] = []
    handled = set()
    consents = expired_consents(today).filter(
        recording__live=True, recording__take_down=None, recording__is_example=False
    )
    for consent in consents.select_related("recording", "speaker").order_by("until", "pk"):
        if consent.recording_id in handled:
            continue
        handled.add(consent.recording_id)
        try:
            take_down(consent.recording, TakeDownReason.OTHER, None, note=_note(consent))
        except OSError as error:
            logger.exception("the files of recording %s could not be taken away", consent.recording.key)
            errors.append(error)
        else:
            logger.info("recording %s was taken away: a consent ended", consent.recording.key)
            yield consent.recording
    if errors:
        raise errors[0]


def _note(consent: Consent) -> str:
    """The note for the staff, in Dutch, because a job has no reader with a language."""
    assert consent.until is not None
    with translation.override(settings.LANGUAGE_CODE):
        return _("%(who)s: agreed until %(day)s. Taken away by the portal itself.") % {
            "who": consent.speaker or _("Everybody together"),
            "day": date_format(consent.until, "DATE_FORMAT"),
        }
