"""What the job runner does for search: drain the outbox, build a missing index, and delete old questions."""

import logging
import threading
import time

from django.db import connection
from django.utils import timezone

from portal.jobs.queue import Run
from portal.jobs.registry import job, tick
from search.engines import current_engine
from search.engines.contract import BusyWriting, Engine, EngineUnavailable
from search.indexing import outbox
from search.reports import question_log

logger = logging.getLogger(__name__)

RETRY_REBUILD_AFTER_S = 30.0
RETRY_AFTER_S = 5.0

_rebuild: threading.Thread | None = None
_last_rebuild = 0.0
_paused_until = 0.0  # after the engine could not be reached or written


@tick("search.outbox")
def drain_outbox() -> threading.Thread | None:
    """Write what changed to the index. Without an index, start a thread that builds one, and return it."""
    global _paused_until
    if time.monotonic() < _paused_until:
        return None
    engine = current_engine()
    try:
        if not engine.generation():
            return _start_rebuild(engine)
        while outbox.drain(engine):
            pass
    except BusyWriting as error:
        logger.info("The index is being written by another process: %s", error)
    except EngineUnavailable as error:
        logger.warning(
            "The index cannot be written, changes wait in the outbox (again in %s s): %s", RETRY_AFTER_S, error
        )
        _paused_until = time.monotonic() + RETRY_AFTER_S
    return None


def _start_rebuild(engine: Engine) -> threading.Thread | None:
    """Build the index in a thread of its own: with a large archive it takes minutes, and the ticks must go on."""
    global _rebuild, _last_rebuild
    if (_rebuild and _rebuild.is_alive()) or time.monotonic() - _last_rebuild < RETRY_REBUILD_AFTER_S:
        return _rebuild
    _last_rebuild = time.monotonic()
    _rebuild = threading.Thread(target=_rebuild_now, args=(engine,), name="search rebuild", daemon=True)
    _rebuild.start()
    return _rebuild


def _rebuild_now(engine: Engine) -> None:
    try:
        logger.info("There is no index: %s documents indexed", outbox.rebuild(engine))
    except BusyWriting:
        logger.info("Another process is making the index")
    except EngineUnavailable as error:
        logger.error("The index could not be made; tried again in %s s: %s", RETRY_REBUILD_AFTER_S, error)
    except Exception:
        logger.exception("The index could not be made; tried again in %s s", RETRY_REBUILD_AFTER_S)
    finally:
        connection.close()


@job("search.forget_questions", every_s=24 * 3600)
def forget_questions(run: Run) -> None:
    """Delete questions that nobody asks any more."""
    run.progress(f"{question_log.forget_old_questions(timezone.localdate())}")
