"""What happens here by itself: sessions pass, posters get their widths, and a consent that ends is held."""

from datetime import UTC, datetime
from itertools import chain

from django.db.models import Q
from django.utils import timezone

from portal.core.page_cache.generation import generation
from portal.core.page_cache.invalidation import invalidate
from portal.core.publishing.visibility import visible_records
from portal.jobs.registry import job
from portal.webinars.consent.expiry import hold_consents, tell_of_ends
from portal.webinars.consent.takedowns import withhold_again
from portal.webinars.models import Recording
from portal.webinars.posters import make_missing_widths
from portal.webinars.schedule import TO_COME, USUAL_LENGTH


@job("webinars.sessions_pass", every_s=60)
def sessions_pass(run):
    """Invalidate the cached pages once a session is over since they were made."""
    if a_session_passed(datetime.fromtimestamp(generation() / 1e9, UTC), timezone.now()):
        invalidate()


@job("webinars.stay_away", every_s=60)
def stay_away(run):
    """Put aside what came back of recordings that were taken away: a size being made then, a new picture."""
    withhold_again()


@job("webinars.consent_ends", every_s=600)
def consents_end(run):
    """Take away what somebody agreed to until yesterday, and tell who may take away what ended or soon ends."""
    for number, recording in enumerate(chain(hold_consents(), tell_of_ends()), start=1):
        run.progress(f"{number}: {recording}")


@job("webinars.posters", every_s=60)
def posters(run):
    """Make the widths of posters that came since."""
    number = 0
    try:
        for number, image in enumerate(make_missing_widths(), start=1):
            run.progress(f"{number}: {image}")
    finally:
        if number:  # cached pages name fewer widths than there are now
            invalidate()


def a_session_passed(since: datetime, now: datetime) -> bool:
    """Whether a public session ended between two moments."""
    planned = visible_records(Recording).filter(state__in=TO_COME)
    ended = Q(event_end__gt=since, event_end__lte=now)
    ended |= Q(event_end__isnull=True, event_start__gt=since - USUAL_LENGTH, event_start__lte=now - USUAL_LENGTH)
    return planned.filter(ended).exists()
