"""How often a source is pulled, and which sources are due (docs/feed-rules.md 5.3.1 and 5.3.3)."""

import random
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from portal.feeds.adapters.registry import pulled_adapters
from portal.feeds.models import Source

DAY = timedelta(days=1)
JITTER = 0.1
LONGEST_INTERVAL = timedelta(days=35)  # the longest interval that a source may have, with its ten per cent


def due_sources(now: datetime | None = None) -> list[Source]:
    """Return the sources to pull now, the longest overdue first."""
    now = now or timezone.now()
    # No pull is planned for later than this: such a time was written while the clock was wrong.
    due = Q(next_run_at=None) | Q(next_run_at__lte=now) | Q(next_run_at__gt=now + LONGEST_INTERVAL)
    pulled = [adapter.kind for adapter in pulled_adapters()]
    return list(Source.objects.filter(due, enabled=True, kind__in=pulled).order_by("next_run_at", "pk"))


def next_run(source: Source, now: datetime, *, retry_after_s: int | None = None, max_age_s: int = 0) -> datetime:
    """Return when to pull again: after the interval, doubled for each failure in a row up to a day.

    It is never before the source allows, and varies by ten per cent, so that sources are not pulled all at once.
    """
    interval = timedelta(seconds=max(source.interval_s, max_age_s))
    if source.consecutive_failures:
        interval = min(max(DAY, interval), interval * 2 ** min(source.consecutive_failures, 16))
    interval *= random.uniform(1 - JITTER, 1 + JITTER)
    return now + max(interval, timedelta(seconds=retry_after_s or 0))
