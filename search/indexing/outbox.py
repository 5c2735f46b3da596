"""The outbox: from a row in the database to an entry in the index.

The job runner drains it five times a second with one long-lived writer. Only while no runner lives does the process
that changed something drain it after its commit, under the same lock. Rows go after the index was written: what is
interrupted is done again, and doing it twice changes nothing.
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
REST_S = 30.0

# Rows written to an index that is being replaced: they stay for the new one, but need not be written twice a second.
_written_meanwhile: set[int] = set()
# Kinds whose room failed to give its documents, and until when they are left alone.
_resting: dict[str, float] = {}
# The generation of the page cache when the index was last known to have all that they show.
_listed = 0


def note(things: Iterable[tuple[str, str]]) -> None:
    """Write down that the index entries of these (kind, key) are old; takes part in the caller's transaction."""
    rows = [Outbox(kind=kind, key=key) for kind, key in sorted(things)]
    if not rows:
        return
    Outbox.objects.bulk_create(rows)
    transaction.on_commit(drain_if_nobody_else, robust=True)  # the second of one transaction finds nothing to do


def drain_if_nobody_else() -> None:
    """Write what changed to the index in this process, when no runner lives and there is an index."""
    if runner_alive():
        return
    engine = current_engine()
    try:
        if not engine.generation():
            return  # a rebuild has to come first and will see everything
        while drain(engine):
            pass
    except EngineUnavailable as error:
        logger.warning("The index could not be written; the changes wait in the outbox: %s", error)
    finally:
        engine.close()


def drain(engine: Engine) -> int:
    """Write one batch of rows to the index; returns how many rows are done. Raises EngineUnavailable."""
    rows = _waiting(engine)
    if not rows:
        return 0
    before = engine.generation()
    keys: dict[str, dict[str, None]] = {}
    for _pk, kind, key in rows:
        keys.setdefault(kind, {})[key] = None
    documents, removed, failed = [], [], set()
    for kind, wanted in keys.items():
        try:
            found = _documents(kind, list(wanted))
        except Exception:  # one room's error must not keep the others' changes out of the index
            logger.exception("The documents of %s could not be made; tried again in %s s", kind, REST_S)
            _resting[kind] = time.monotonic() + REST_S
            failed.add(kind)
            continue
        documents += found
        removed += [f"{kind}:{key}" for key in wanted.keys() - {document.key for document in found}]
    engine.write(documents, removed)
    _invalidate_pages_listed_before()
    done = [pk for pk, kind, _key in rows if kind not in failed]
    if engine.is_being_rebuilt() or engine.generation() != before:
        _written_meanwhile.update(done)  # the new index may have been filled before these changes
    else:
        Outbox.objects.filter(pk__in=done).delete()
    return len(done)


def _invalidate_pages_listed_before() -> None:
    """Invalidate pages that may have been rendered between a publication and its place in the index.

    Pages that list what search finds would otherwise go on without it until the next publication. Changes of drafts
    are written to the index too and invalidate nothing.
    """
    global _listed
    if generation() != _listed:
        invalidate()
        _listed = generation()


def _waiting(engine: Engine) -> list[tuple[int, str, str]]:
    if _written_meanwhile and not engine.is_being_rebuilt():
        _written_meanwhile.clear()
    resting = [kind for kind, until in _resting.items() if until > time.monotonic()]
    rows = Outbox.objects.exclude(kind__in=resting) if resting else Outbox.objects.all()
    if _written_meanwhile:
        rows = rows.exclude(pk__in=_written_meanwhile)
    return list(rows.order_by("pk").values_list("pk", "kind", "key")[:BATCH])


def _documents(kind: str, keys: list[str] | None) -> list[searchable.SearchDocument]:
    """The documents of a kind that are public now; none of a kind that no room offers any more."""
    registered = searchable.kinds().get(kind)
    return list(public_documents(registered, keys)) if registered else []


def rebuild(engine: Engine) -> int:
    """Make the index anew from everything that is public; returns how many documents it has.

    Changes made meanwhile stay in the outbox for the new index. Raises EngineUnavailable (BusyWriting when another
    process is rebuilding) and leaves the index in use as it was.
    """
    with engine.rebuilding():
        known = list(Outbox.objects.values_list("pk", flat=True))
        count = engine.rebuild(all_public_documents())
    invalidate()
    for start in range(0, len(known), 500):
        Outbox.objects.filter(pk__in=known[start : start + 500]).delete()
    return count
