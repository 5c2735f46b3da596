"""Background jobs of webinars: sessions that end, posters in their sizes, consent that ends, files to withhold."""

from datetime import UTC, datetime
from itertools import chain

from django.utils import timezone

from portal.core.page_cache.generation import generation
from portal.core.page_cache.invalidation import invalidate
from portal.core.publishing.visibility import visible_records
from portal.jobs.registry import job
from portal.webinars.consent.expiry import take_down_expired
from portal.webinars.consent.notices import send_consent_notices
from portal.webinars.consent.takedowns import withhold_new_files
from portal.webinars.models import Recording
from portal.webinars.public.lost_places import update_places
from portal.webinars.public.posters import make_missing_renditions
from portal.webinars.schedule import is_upcoming, upcoming_condition


@job("webinars.sessions_pass", every_s=60)
def expire_sessions(run):
    """Invalidate the cached pages once a session has ended since they were made, and have it indexed again."""
    since = datetime.fromtimestamp(generation() / 1e9, UTC)
    if ended := sessions_that_ended(since, timezone.now()):
        for session in ended:
            session.save(update_fields=["state"])  # nothing changes but the list in which search finds it
        invalidate()


@job("webinars.stay_away", every_s=60)
def withhold_files(run):
    """Withhold what recordings got since they were taken down: a size that was being made then, a new picture."""
    withhold_new_files()


@job("webinars.consent_ends", every_s=600)
def expire_consents(run):
    """Take down the recordings of which a consent has ended, and mail about consents that end or are due for review."""
    for number, recording in enumerate(chain(take_down_expired(), send_consent_notices()), start=1):
        run.progress(f"{number}: {recording}")


@job("webinars.posters", every_s=60)
def make_poster_renditions(run):
    """Make the sizes that new posters still lack."""
    number = 0
    try:
        for number, image in enumerate(make_missing_renditions(), start=1):
            run.progress(f"{number}: {image}")
    finally:
        if number:  # the cached pages name fewer sizes than there are now
            invalidate()


@job("webinars.places", every_s=3600)
def note_lost_places(run):
    """Note at which pages elsewhere a recording is not to be had any more, as the check of links found."""
    for source in update_places():
        run.progress(f"{source.recording}: {source.url[:150]} {source.state}")


def sessions_that_ended(since: datetime, now: datetime) -> list[Recording]:
    """The public sessions that were upcoming at `since` and are over now."""
    upcoming = visible_records(Recording).filter(upcoming_condition(since))
    return [session for session in upcoming if not is_upcoming(session, now)]
