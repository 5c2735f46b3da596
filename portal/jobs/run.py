"""One run of a job: what its function is given, and the exceptions by which it says how the run ended."""

import threading
from collections.abc import Callable
from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from portal.jobs.models import Job

LEASE = timedelta(seconds=60)


class JobInterrupted(Exception):
    """The runner is stopping, or another runner took the job over: the job is left for another run."""


class PermanentJobError(Exception):
    """The job cannot succeed by trying again, for the reason that is given; it ends, and staff read why."""


class Run:
    """One run of one job, handed to its function: the payload, and a way to report progress."""

    def __init__(self, job: Job, stop: threading.Event | None = None, on_progress: Callable[[Job], None] | None = None):
        self.job = job
        self.name, self.key, self.payload = job.name, job.key, job.payload
        self._stop = stop or threading.Event()
        self._on_progress = on_progress

    def progress(self, text: str) -> None:
        """Store how far the job is (at most 200 characters) and renew its lease; call it between steps.

        Raises JobInterrupted when the runner was asked to stop or another runner has taken the job over; let it pass.
        """
        text = str(text)[:200]
        if not leased(self.job).update(locked_until=timezone.now() + LEASE, progress=text):
            raise JobInterrupted(f"{self.job} was taken over by another runner")
        self.job.progress = text
        if self._on_progress:
            self._on_progress(self.job)
        if self.stop_requested():
            raise JobInterrupted(f"{self.job} was left, the runner is stopping")

    def stop_requested(self) -> bool:
        """Whether the runner wants to stop; a job of many steps may leave at its next step."""
        return self._stop.is_set()


def leased(job: Job) -> QuerySet[Job]:
    """The row of a job as long as its lease is the one that this run took."""
    return Job.objects.filter(pk=job.pk, lease=job.lease)
