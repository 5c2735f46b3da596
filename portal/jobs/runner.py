"""The job runner: one process that runs jobs on one thread and ticks on another, until it is told to stop."""

import contextlib
import logging
import threading
import time
from collections.abc import Callable

from django.db import Error, close_old_connections, connection

from portal.jobs import heartbeat, queue, registry

logger = logging.getLogger(__name__)

TICK_S = 0.2
LOOK_S = 1
AFTER_FAILURE_S = 5
PATIENCE_S = 8


def run_forever(stop: threading.Event, on_progress: queue.OnProgress | None = None) -> None:
    """Run due jobs and ticks until `stop` is set; `on_progress(job)` is called with the progress of each job.

    Jobs have a thread of their own, so that a long one does not hold up the ticks (a change can be found within a
    second also while a language is being loaded). Returns when the running job has reached the end of a step, or
    after a few seconds: the next runner continues what is left.
    """
    registry.load()
    worker = threading.Thread(target=_run_jobs, args=(stop, on_progress), name="jobs", daemon=True)
    worker.start()
    try:
        with heartbeat.beating() as beat:
            _run_ticks(stop, beat)
    finally:
        stop.set()
        worker.join(PATIENCE_S)
        connection.close()


def _run_ticks(stop: threading.Event, beat: Callable[[], None]) -> None:
    """Call every tick five times a second; one that fails is logged and left alone for some seconds."""
    resting_until: dict[str, float] = {}
    while not stop.is_set():
        beat()
        close_old_connections()  # a broken connection is replaced (CONN_HEALTH_CHECKS)
        for name, function in registry.ticks().items():
            if resting_until.get(name, 0) > time.monotonic():
                continue
            try:
                function()
            except Error as error:
                logger.error("The tick %s rests for %s s, the database failed: %s", name, AFTER_FAILURE_S, error)
                _close_connection()
                resting_until[name] = time.monotonic() + AFTER_FAILURE_S
            except Exception:  # a runner outlives whatever one of its ticks does
                logger.exception("The tick %s failed and rests for %s s", name, AFTER_FAILURE_S)
                resting_until[name] = time.monotonic() + AFTER_FAILURE_S
        stop.wait(TICK_S)


def _run_jobs(stop: threading.Event, on_progress: queue.OnProgress | None) -> None:
    """Run what is due, looking every second; a database that is away is waited for."""
    while not stop.is_set():
        try:
            close_old_connections()
            queue.run_due(stop=stop, on_progress=on_progress)
        except Error as error:
            logger.error("The job table cannot be read or written, trying again in %s s: %s", AFTER_FAILURE_S, error)
            _close_connection()
            stop.wait(AFTER_FAILURE_S)
        except Exception:  # every job runs on this thread, so it outlives whatever goes wrong
            logger.exception("The jobs cannot be run, trying again in %s s", AFTER_FAILURE_S)
            _close_connection()
            stop.wait(AFTER_FAILURE_S)
        stop.wait(LOOK_S)
    connection.close()


def _close_connection() -> None:
    """Close this thread's connection, so that the next query opens one; it may be broken already."""
    with contextlib.suppress(Error):
        connection.close()
