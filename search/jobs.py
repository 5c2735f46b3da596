"""What the job runner does for search: it drains the outbox, makes a missing index, and forgets old questions."""

import logging
import threading
import time

from django.db import connection
from django.utils import timezone

from portal.jobs.registry import job, tick
from search.engines import current_engine
from search.engines.contract import BusyWriting, EngineUnavailable
from search.indexing import outbox
from search.reports import question_log

logger = logging.getLogger(__name__)

TRY_REBUILD_AGAIN_S = 30.0
REST_S = 5.0

_rebuild: threading.Thread | None = None
_last_try = 0.0
_rests_until = 0.0  # after the engine could not be reached or written


@tick("search.outbox")
def drain_outbox() -> threading.Thread | None:
    """Write what changed to the index; without an index, begin to make one beside the ticks and return that thread."""
    global _rests_until
    if time.monotonic() < _rests_until:
        return None
    engine = current_engine()
    try:
        if not engine.generation():
            return _begin_rebuild(engine)
        while outbox.drain(engine):
            pass
    except BusyWriting as error:
        logger.info("The index is being written by another process: %s", error)
    except EngineUnavailable as error:
        logger.warning("The index cannot be written, changes wait in the outbox (again in %s s): %s", REST_S, error)
        _rests_until = time.monotonic() + REST_S
    return None


def _begin_rebuild(engine) -> threading.Thread | None:
    """Make the index in a thread of its own: with a large archive it takes minutes, and the ticks must go on."""
    global _rebuild, _last_try
    if (_rebuild and _rebuild.is_alive()) or time.monotonic() - _last_try < TRY_REBUILD_AGAIN_S:
        return _rebuild
    _last_try = time.monotonic()
    _rebuild = threading.Thread(target=_rebuild_now, args=(engine,), name="search rebuild", daemon=True)
    _rebuild.start()
    return _rebuild


def _rebuild_now(engine) -> None:
    try:
        logger.info("There is no index: %s documents indexed", outbox.rebuild(engine))
    except BusyWriting:
        logger.info("Another process is making the index")
    except EngineUnavailable as error:
        logger.error("The index could not be made; tried again in %s s: %s", TRY_REBUILD_AGAIN_S, error)
    except Exception:
        logger.exception("The index could not be made; tried again in %s s", TRY_REBUILD_AGAIN_S)
    finally:
        connection.close()


@job("search.forget_questions", every_s=24 * 3600)
def forget_questions(run) -> None:
    """Remove questions that nobody asks any more."""
    run.progress(f"{question_log.forget(timezone.localdate())}")
