"""The job queue: enqueue, claim and execute jobs; safe with several runners on SQLite and PostgreSQL.

A runner *claims* a job by one conditional UPDATE that writes a lease: who has it and until when. While the job runs,
the lease is renewed; a runner that is killed stops renewing, the lease runs out and any runner claims the job again. So
a job may run twice after a crash and has to bear that: each of its steps in one atomic block, and a step that was done
is skipped. A job that fails is stored with its error and tried again later, ever more rarely, and never given up
silently.
"""

import logging
import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.db import Error, close_old_connections, connection
from django.db.models import F, Q
from django.db.models.functions import Greatest
from django.utils import timezone

from portal.jobs import registry
from portal.jobs.heartbeat import runner_alive
from portal.jobs.models import Job
from portal.jobs.run import LEASE, JobInterrupted, PermanentJobError, Run, leased

__all__ = [
    "JobInterrupted",
    "PermanentJobError",
    "Run",
    "claim",
    "enqueue",
    "ensure_recurring",
    "execute",
    "run_due",
    "runner_alive",
]

logger = logging.getLogger(__name__)

OnProgress = Callable[[Job], None]

RENEW_EVERY_S = 15
FIRST_RETRY_S = 30
LONGEST_RETRY_S = 3600


def enqueue(name: str, payload: dict | None = None, key: str = "", run_at: datetime | None = None) -> Job:
    """Request the job `name` about `key`, at `run_at` (an aware datetime; now by default), and return its row.

    Requested twice, it runs once; requested again while it runs, it runs again afterwards. Takes part in the
    transaction of the caller: a request that is rolled back was never made. The payload must be JSON.
    """
    run_at = run_at or timezone.now()
    fields = {"payload": payload or {}, "run_at": run_at, "done_at": None}
    job, created = Job.objects.get_or_create(name=name, key=key, defaults=fields)
    if not created:
        Job.objects.filter(pk=job.pk).update(
            **fields, requests=F("requests") + 1, attempts=0, last_error="", progress=""
        )
        job.refresh_from_db()
    return job


def ensure_recurring() -> None:
    """Give every recurring job its row; a changed interval takes effect at once, a due date is not put off."""
    for registered in registry.recurring():
        job, created = Job.objects.get_or_create(name=registered.name, key="", defaults={"every_s": registered.every_s})
        if not created and job.every_s != registered.every_s:
            soonest = timezone.now() + timedelta(seconds=registered.every_s or 0)
            run_at = min(job.run_at, soonest)
            Job.objects.filter(pk=job.pk).update(every_s=registered.every_s, done_at=None, run_at=run_at)


def claim(now: datetime | None = None) -> Job | None:
    """Claim the job that has been due longest; None when nothing is due or other runners were quicker."""
    now = now or timezone.now()
    due = Job.objects.filter(Q(locked_until=None) | Q(locked_until__lt=now), done_at=None, run_at__lte=now)
    lease = secrets.token_hex(16)
    for pk in due.filter(name__in=registry.names()).order_by("run_at", "pk").values_list("pk", flat=True)[:10]:
        claimed = due.filter(pk=pk).update(
            lease=lease, locked_until=now + LEASE, last_run_at=now, attempts=F("attempts") + 1
        )
        if claimed:
            return Job.objects.get(pk=pk)
    return None


def execute(job: Job, stop: threading.Event | None = None, on_progress: OnProgress | None = None) -> bool:
    """Run a job that was claimed and store how it went; True when it succeeded.

    `on_progress(job)` is called with each progress, and once more when the job is done (`done_at`). Whatever the job
    raises is logged and stored with the job, which is tried again later (after 30 s, 60 s … 1 h).
    """
    run = Run(job, stop, on_progress)
    try:
        with _renewing(job):
            registry.get(job.name).function(run)
    except JobInterrupted as reason:
        logger.info("%s", reason)
        leased(job).update(lease="", locked_until=None, attempts=Greatest(F("attempts") - 1, 0))
        return False
    except PermanentJobError as reason:
        logger.error("The job %s was given up: %s", job, reason)
        _end(job, last_error=str(reason)[:2000], done_at=timezone.now())
        return False
    except Exception as error:  # a runner outlives whatever one of its jobs does
        logger.exception("The job %s failed (attempt %s)", job, job.attempts)
        delay = retry_delay(job.attempts, job.every_s)
        message = f"{type(error).__name__}: {error}"
        _end(job, last_error=message[:2000], run_at=timezone.now() + delay)
        return False
    now = timezone.now()
    if job.every_s:
        _end(job, attempts=0, last_error="", run_at=now + timedelta(seconds=job.every_s))
    else:
        _end(job, attempts=0, last_error="", done_at=now)
        job.done_at = now
        if on_progress and job.progress:
            on_progress(job)
    return True


def retry_delay(attempts: int, every_s: int | None = None) -> timedelta:
    """How long to wait after that many failures in a row: 30 s doubled each time, to an hour or the job's interval."""
    longest = min(LONGEST_RETRY_S, every_s or LONGEST_RETRY_S)
    return timedelta(seconds=min(FIRST_RETRY_S * 2 ** min(attempts - 1, 20), longest))


def run_due(
    now: datetime | None = None, stop: threading.Event | None = None, on_progress: OnProgress | None = None
) -> int:
    """Run everything that is due at `now`, one job after another until `stop`; return how many jobs were run."""
    registry.load()
    ensure_recurring()
    count = 0
    while not (stop and stop.is_set()) and (job := claim(now)):
        execute(job, stop, on_progress)
        count += 1
    return count


def delete_done(older_than: timedelta) -> int:
    """Delete the rows of jobs that were done longer ago than that; return how many."""
    return Job.objects.filter(every_s=None, done_at__lt=timezone.now() - older_than).delete()[0]


def _end(job: Job, **outcome: Any) -> None:
    """Store how a run went and release the job; a request that came meanwhile stays due."""
    released = {"lease": "", "locked_until": None}
    if leased(job).filter(requests=job.requests).update(**released, **outcome):
        return
    if not leased(job).update(**released, attempts=0):
        logger.warning("%s took longer than its lease and was taken over by another runner", job)


@contextmanager
def _renewing(job: Job) -> Iterator[None]:
    """Renew the lease of a job while it runs, however long one of its steps takes."""
    finished = threading.Event()

    def renew() -> None:
        try:
            while not finished.wait(RENEW_EVERY_S):
                try:
                    leased(job).update(locked_until=timezone.now() + LEASE)
                except Error as error:  # e.g. SQLite is being written by the job itself; the next turn may pass
                    logger.info("The lease of %s could not be renewed: %s", job, error)
                    close_old_connections()
        finally:
            connection.close()

    thread = threading.Thread(target=renew, name=f"lease of {job.name}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        finished.set()
