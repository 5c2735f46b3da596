"""The outbox: from a change in the database to a document in the index.

A change adds a row to the outbox in its own transaction. The job runner drains the outbox five times a second with one
long-lived writer. Only when no runner is alive does the process that changed something drain it after its commit, under
the same lock. Rows are deleted after the index was written: what is interrupted is done again, and doing it twice
changes nothing.
"""

import logging
import time
from collections.abc import Iterable

from django.db import transaction

from portal.core import searchable
from portal.core.page_cache.generation import generation
from portal.core.page_cache.invalidation import invalidate
from portal.jobs.queue import runner_alive
from search.engines import current_engine
from search.engines.contract import Engine, EngineUnavailable
from search.indexing.last_published import all_public_documents, public_documents
from search.models import Outbox

logger = logging.getLogger(__name__)

BATCH = 200
RETRY_AFTER_S = 30.0

# Rows that were written to an index that is being replaced. They stay for the new one, and are not written again.
_written_during_rebuild: set[int] = set()
# Kinds whose room failed to make its documents, and until when they are left alone.
_paused_until: dict[str, float] = {}
# The generation of the page cache when the index was last known to hold everything that pages list.
_indexed_generation = 0


def add(stale: Iterable[tuple[str, str]]) -> None:
    """Note that the documents of these (kind, key) are out of date, in the caller's transaction."""
    rows = [Outbox(kind=kind, key=key) for kind, key in sorted(stale)]
    if not rows:
        return
    Outbox.objects.bulk_create(rows)
    transaction.on_commit(drain_if_nobody_else, robust=True)  # the second of one transaction finds nothing to do


def drain_if_nobody_else() -> None:
    """Write what changed to the index in this process, when no runner is alive and there is an index."""
    if runner_alive():
        return
    engine = current_engine()
    try:
        if not engine.generation():
            return  # a rebuild has to come first, and will read everything
        while drain(engine):
            pass
    except EngineUnavailable as error:
        logger.warning("The index could not be written; the changes wait in the outbox: %s", error)
    finally:
        engine.close()


def drain(engine: Engine) -> int:
    """Write one batch of rows to the index and return how many are done. Raises EngineUnavailable."""
    rows = _next_rows(engine)
    if not rows:
        return 0
    before = engine.generation()
    keys: dict[str, dict[str, None]] = {}
    for _pk, kind, key in rows:
        keys.setdefault(kind, {})[key] = None
    documents: list[searchable.SearchDocument] = []
    removed: list[str] = []
    failed: set[str] = set()
    for kind, wanted in keys.items():
        try:
            found = _documents(kind, list(wanted))
        except Exception:  # an error of one room must not keep the changes of the others out of the index
            logger.exception("The documents of %s could not be made; tried again in %s s", kind, RETRY_AFTER_S)
            _paused_until[kind] = time.monotonic() + RETRY_AFTER_S
            failed.add(kind)
            continue
        documents += found
        removed += [f"{kind}:{key}" for key in wanted.keys() - {document.key for document in found}]
    engine.write(documents, removed)
    _invalidate_pages_that_list_what_is_found()
    done = [pk for pk, kind, _key in rows if kind not in failed]
    if engine.is_being_rebuilt() or engine.generation() != before:
        _written_during_rebuild.update(done)  # the new index may have been filled before these changes
    else:
        Outbox.objects.filter(pk__in=done).delete()
    return len(done)


def _invalidate_pages_that_list_what_is_found() -> None:
    """Invalidate the pages that may have been cached between a publication and its place in the index.

    Pages that list what search finds would otherwise go on without it until the next publication. A changed draft is
    written to the index too, and invalidates nothing.
    """
    if generation() != _indexed_generation:
        invalidate()
        transaction.on_commit(_note_indexed_generation)  # the generation moves at the commit


def _note_indexed_generation() -> None:
    global _indexed_generation
    _indexed_generation = generation()


def _next_rows(engine: Engine) -> list[tuple[int, str, str]]:
    if _written_during_rebuild and not engine.is_being_rebuilt():
        _written_during_rebuild.clear()
    paused = [kind for kind, until in _paused_until.items() if until > time.monotonic()]
    rows = Outbox.objects.exclude(kind__in=paused) if paused else Outbox.objects.all()
    if _written_during_rebuild:
        rows = rows.exclude(pk__in=_written_during_rebuild)
    return list(rows.order_by("pk").values_list("pk", "kind", "key")[:BATCH])


def _documents(kind: str, keys: list[str] | None) -> list[searchable.SearchDocument]:
    """Return the documents of a kind that are public now; none for a kind that no room offers any more."""
    registered = searchable.searchable_kinds().get(kind)
    return list(public_documents(registered, keys)) if registered else []


def rebuild(engine: Engine) -> int:
    """Rebuild the index from everything that is public and return how many documents it has.

    Changes during the rebuild stay in the outbox for the new index. Raises EngineUnavailable (BusyWriting when another
    process is rebuilding) and leaves the index in use as it was.
    """
    with engine.rebuilding():
        before = list(Outbox.objects.values_list("pk", flat=True))
        count = engine.rebuild(all_public_documents())
    invalidate()
    for start in range(0, len(before), 500):
        Outbox.objects.filter(pk__in=before[start : start + 500]).delete()
    return count
