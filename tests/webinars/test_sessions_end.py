"""A session that is over invalidates the page cache (portal/webinars/jobs.py)."""

from datetime import timedelta

import pytest
from django.test import TestCase
from django.utils import timezone

from portal.core.page_cache.generation import generation
from portal.core.page_cache.invalidation import invalidate
from portal.webinars import jobs
from tests.webinars.factories import make_recording

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("fields", "passed"),
    [
        ({"start": -120, "end": -10}, True),
        ({"start": -120, "end": 10}, False),
        ({"start": -185}, True),  # without an end it counts as three hours
        ({"start": -120}, False),
        ({"start": -600, "end": -500}, False),
        ({"start": -120, "end": -10, "state": "recorded"}, False),
        ({"start": -120, "end": -10, "live": False}, False),
    ],
)
def test_a_session_passes_once(fields, passed):
    now = timezone.now()
    moments = {"event_start": now + timedelta(minutes=fields.pop("start"))}
    if "end" in fields:
        moments["event_end"] = now + timedelta(minutes=fields.pop("end"))
    make_recording(**({"state": "planned"} | moments | fields))
    assert bool(jobs.sessions_that_ended(now - timedelta(hours=1), now)) is passed


def test_the_page_cache_is_invalidated_only_when_a_session_passed():
    with TestCase.captureOnCommitCallbacks(execute=True):
        invalidate()
    before = generation()
    with TestCase.captureOnCommitCallbacks(execute=True):
        jobs.expire_sessions(None)
    assert generation() == before
    make_recording(state="planned", event_start=timezone.now() - timedelta(hours=2), event_end=timezone.now())
    with TestCase.captureOnCommitCallbacks(execute=True):
        jobs.expire_sessions(None)
    assert generation() > before
