"""Asking for work, taking it and doing it; safe with several runners on SQLite and PostgreSQL.

A job is *taken* by one conditional UPDATE that writes a lease: who has it and until when. While the work is done the
lease is renewed; a runner that is killed stops renewing, the lease runs out and any runner takes the job again. So a
job may be run twice after a crash and has to bear that: each of its steps in one atomic block, steps that were done
are found done. What fails is written down and tried again later, ever more rarely, and never given up silently.
"""

import logging
import secrets
import threading
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import Error, close_old_connections, connection
from django.db.models import F, Q
from django.db.models.functions import Greatest
from django.utils import timezone

from portal.jobs import registry
from portal.jobs.heartbeat import runner_alive
from portal.jobs.models import Job

__all__ = [
    "GivenUp",
    "Interrupted",
    "Run",
    "claim",
    "enqueue",
    "ensure_recurring",
    "execute",
    "run_due",
    "runner_alive",
]

logger = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)
RENEW_EVERY_S = 15
FIRST_RETRY_S = 30
LONGEST_RETRY_S = 3600


class Interrupted(Exception):
    """The runner is stopping, or the job is no longer ours: the job is left for another run."""


class GivenUp(Exception):
    """Trying again is no use, for the reason that is given; the job ends and staff read why."""


class Run:
    """One run of one job, handed to its function: what was asked, and how to say how far it is."""

    def __init__(self, job: Job, stop: threading.Event | None = None, say=None):
        self.job = job
        self.name, self.key, self.payload = job.name, job.key, job.payload
        self._stop = stop or threading.Event()
        self._say = say

    def progress(self, text: str) -> None:
        """Write down how far the job is (at most 200 characters) and keep the job ours; call it between steps.

        Raises Interrupted when the runner was asked to stop or another runner has taken the job over; let it pass.
        """
        text = str(text)[:200]
        if not _ours(self.job).update(locked_until=timezone.now() + LEASE, progress=text):
            raise Interrupted(f"{self.job} was taken over by another runner")
        self.job.progress = text
        if self._say:
            self._say(self.job)
        if self.stop_asked():
            raise Interrupted(f"{self.job} was left, the runner is stopping")

    def stop_asked(self) -> bool:
        """Whether the runner wants to stop; a job of many steps may leave at its next step."""
        return self._stop.is_set()


def enqueue(name: str, payload: dict | None = None, key: str = "", run_at: datetime | None = None) -> Job:
    """Ask for the job `name` about `key`, at `run_at` (an aware moment; now when left out), and return its row.

    Asked for twice, it is done once; asked for again while it runs, it runs again afterwards. Takes part in the
    transaction of the caller: what is rolled back was never asked for. The payload must be JSON.
    """
    run_at = run_at or timezone.now()
    wanted = {"payload": payload or {}, "run_at": run_at, "done_at": None}
    job, created = Job.objects.get_or_create(name=name, key=key, defaults=wanted)
    if not created:
        Job.objects.filter(pk=job.pk).update(
            **wanted, requests=F("requests") + 1, attempts=0, last_error="", progress=""
        )
        job.refresh_from_db()
    return job


def ensure_recurring() -> None:
    """Give every recurring job its row; a changed interval takes effect at once, a running clock is not reset."""
    for work in registry.recurring():
        job, created = Job.objects.get_or_create(name=work.name, key="", defaults={"every_s": work.every_s})
        if not created and job.every_s != work.every_s:
            soonest = timezone.now() + timedelta(seconds=work.every_s)
            Job.objects.filter(pk=job.pk).update(every_s=work.every_s, done_at=None, run_at=min(job.run_at, soonest))


def claim(now: datetime | None = None) -> Job | None:
    """Take the job that has been due longest, or return None when nothing is due or others were quicker."""
    now = now or timezone.now()
    due = Job.objects.filter(Q(locked_until=None) | Q(locked_until__lt=now), done_at=None, run_at__lte=now)
    lease = secrets.token_hex(16)
    for pk in due.filter(name__in=registry.names()).order_by("run_at", "pk").values_list("pk", flat=True)[:10]:
        taken = due.filter(pk=pk).update(
            lease=lease, locked_until=now + LEASE, last_run_at=now, attempts=F("attempts") + 1
        )
        if taken:
            return Job.objects.get(pk=pk)
    return None


def execute(job: Job, stop: threading.Event | None = None, say=None) -> bool:
    """Do a job that was taken with `claim` and write down how it went; True when it succeeded.

    `say(job)` hears each progress, and the last one once more when the job is done (`done_at`). Whatever the job raises
    is logged and kept with the job, which is tried again later (30 s, 60 s … 1 h).
    """
    run = Run(job, stop, say)
    try:
        with _renewing(job):
            registry.get(job.name).function(run)
    except Interrupted as reason:
        logger.info("%s", reason)
        _ours(job).update(lease="", locked_until=None, attempts=Greatest(F("attempts") - 1, 0))
        return False
    except GivenUp as reason:
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
        if say and job.progress:
            say(job)
    return True


def retry_delay(attempts: int, every_s: int | None = None) -> timedelta:
    """How long to wait after that many failures in a row: 30 s doubled each time, to an hour or the job's interval."""
    longest = min(LONGEST_RETRY_S, every_s or LONGEST_RETRY_S)
    return timedelta(seconds=min(FIRST_RETRY_S * 2 ** min(attempts - 1, 20), longest))


def run_due(now: datetime | None = None, stop: threading.Event | None = None, say=None) -> int:
    """Do everything that is due at `now`, one job after another until `stop`; returns how many jobs were run."""
    registry.load()
    ensure_recurring()
    count = 0
    while not (stop and stop.is_set()) and (job := claim(now)):
        execute(job, stop, say)
        count += 1
    return count


def forget_done(older_than: timedelta) -> int:
    """Remove the rows of work that was done longer ago than that; returns how many."""
    return Job.objects.filter(every_s=None, done_at__lt=timezone.now() - older_than).delete()[0]


def _ours(job: Job):
    """The row of a job as long as the lease is the one that this run took."""
    return Job.objects.filter(pk=job.pk, lease=job.lease)


def _end(job: Job, **outcome) -> None:
    """Write how a run went and give the job free; what was asked for meanwhile stays due."""
    free = {"lease": "", "locked_until": None}
    if _ours(job).filter(requests=job.requests).update(**free, **outcome):
        return
    if not _ours(job).update(**free, attempts=0):
        logger.warning("%s took longer than its lease and was taken over by another runner", job)


@contextmanager
def _renewing(job: Job):
    """Keep the lease of a job while it is being done, however long one of its steps takes."""
    finished = threading.Event()

    def renew():
        try:
            while not finished.wait(RENEW_EVERY_S):
                try:
                    _ours(job).update(locked_until=timezone.now() + LEASE)
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
