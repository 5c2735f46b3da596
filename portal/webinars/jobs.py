"""What happens here by itself: sessions pass, posters get their widths, and a consent that ends is held."""

from datetime import UTC, datetime
from itertools import chain

from django.db.models import Q
from django.utils import timezone

from portal.core.page_cache import cache
from portal.core.publishing.visibility import visible_records
from portal.jobs.registry import job
from portal.webinars.consent.expiry import send_consent_notices, take_down_expired
from portal.webinars.consent.takedowns import withhold_new_files
from portal.webinars.models import Recording
from portal.webinars.posters import make_missing_renditions
from portal.webinars.schedule import ASSUMED_DURATION, UPCOMING_STATES


@job("webinars.sessions_pass", every_s=60)
def expire_sessions(run):
    """Make the published copies old once a session is over since they were made."""
    if session_has_ended(datetime.fromtimestamp(cache.generation() / 1e9, UTC), timezone.now()):
        cache.outdate()


@job("webinars.stay_away", every_s=60)
def withhold_files(run):
    """Put aside what came back of recordings that were taken away: a size being made then, a new picture."""
    withhold_new_files()


@job("webinars.consent_ends", every_s=600)
def expire_consents(run):
    """Take away what somebody agreed to until yesterday, and tell who may take away what ended or soon ends."""
    for number, recording in enumerate(chain(take_down_expired(), send_consent_notices()), start=1):
        run.progress(f"{number}: {recording}")


@job("webinars.posters", every_s=60)
def make_poster_renditions(run):
    """Make the widths of posters that came since."""
    number = 0
    try:
        for number, image in enumerate(make_missing_renditions(), start=1):
            run.progress(f"{number}: {image}")
    finally:
        if number:  # the published copies name fewer widths than there are now
            cache.outdate()


def session_has_ended(since: datetime, now: datetime) -> bool:
    """Whether a public session ended between two moments."""
    planned = visible_records(Recording).filter(state__in=UPCOMING_STATES)
    ended = Q(event_end__gt=since, event_end__lte=now)
    ended |= Q(
        event_end__isnull=True, event_start__gt=since - ASSUMED_DURATION, event_start__lte=now - ASSUMED_DURATION
    )
    return planned.filter(ended).exists()
