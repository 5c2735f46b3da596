"""The runner: one process that does the jobs on one thread and the ticks on another, until it is told to stop."""

import contextlib
import logging
import threading
import time

from django.db import Error, close_old_connections, connection

from portal.jobs import heartbeat, queue, registry

logger = logging.getLogger(__name__)

TICK_S = 0.2
LOOK_S = 1
AFTER_FAILURE_S = 5
PATIENCE_S = 8


def run_forever(stop: threading.Event, say=None) -> None:
    """Do what is due and call the ticks until `stop` is set; `say(job)` hears how far each job is.

    Jobs have a thread of their own, so that a long one does not hold up the ticks (a change is findable within a
    second also while a language is being loaded). Returns when the job in hand has reached the end of a step, or
    after a few seconds: what is left then is taken up by the next runner.
    """
    registry.load()
    worker = threading.Thread(target=_work, args=(stop, say), name="jobs", daemon=True)
    worker.start()
    try:
        with heartbeat.living() as beat:
            _tick(stop, beat)
    finally:
        stop.set()
        worker.join(PATIENCE_S)
        connection.close()


def _tick(stop: threading.Event, beat) -> None:
    """Call every tick five times a second; one that fails is logged and left alone for some seconds."""
    resting: dict[str, float] = {}
    while not stop.is_set():
        beat()
        close_old_connections()  # a connection that broke is made anew (CONN_HEALTH_CHECKS)
        for name, function in registry.ticks().items():
            if resting.get(name, 0) > time.monotonic():
                continue
            try:
                function()
            except Error as error:
                logger.error("The tick %s rests for %s s, the database failed: %s", name, AFTER_FAILURE_S, error)
                _forget_connection()
                resting[name] = time.monotonic() + AFTER_FAILURE_S
            except Exception:  # a runner outlives whatever one of its ticks does
                logger.exception("The tick %s failed and rests for %s s", name, AFTER_FAILURE_S)
                resting[name] = time.monotonic() + AFTER_FAILURE_S
        stop.wait(TICK_S)


def _work(stop: threading.Event, say) -> None:
    """Do what is due, looking every second; a database that is away is waited for."""
    while not stop.is_set():
        try:
            close_old_connections()
            queue.run_due(stop=stop, say=say)
        except Error as error:
            logger.error("The job table cannot be read or written, trying again in %s s: %s", AFTER_FAILURE_S, error)
            _forget_connection()
            stop.wait(AFTER_FAILURE_S)
        except Exception:  # this thread does all the work there is: it outlives whatever goes wrong
            logger.exception("The jobs cannot be done, trying again in %s s", AFTER_FAILURE_S)
            _forget_connection()
            stop.wait(AFTER_FAILURE_S)
        stop.wait(LOOK_S)
    connection.close()


def _forget_connection() -> None:
    """Close this thread's connection, so that the next question makes one; it may be broken already."""
    with contextlib.suppress(Error):
        connection.close()
