"""Pulls sources: fetches each, uses its response as a whole or not at all, and stores the items.

See docs/feed-rules.md 5.3.
"""

import logging
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from portal.core.http.client import FetchError, FetchRefusedError
from portal.feeds.adapters.base import PullResult
from portal.feeds.adapters.registry import adapter_for
from portal.feeds.choices import Outcome
from portal.feeds.errors import UnusableDocument
from portal.feeds.models import FetchLog, Source
from portal.feeds.pulling.pull_intervals import due_sources, next_run
from portal.feeds.pulling.removals import look_for_missing, note_gone, note_missing
from portal.feeds.pulling.store import CLOCK_SLACK, StoreResult, store_items

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
PARALLEL_PULLS = 4
KEEP_LOGS = timedelta(days=90)
# The fields of a source that a pull writes.
_STATE_FIELDS = (
    "next_run_at",
    "last_ok_at",
    "last_error",
    "consecutive_failures",
    "moved_to",
    "moved_times",
    "etag",
    "last_modified",
    "body_sha256",
    "body_at",
)

_UNFORESEEN = _(
    "An unexpected error occurred while its answer was read ({error}). Nothing was removed. Send the log "
    "file, which says where it went wrong, to whoever maintains the portal."
)


def pull(source: Source, now: datetime | None = None) -> FetchLog:
    """Fetch one source and store its items. Returns the log entry that was written.

    `now` (aware) counts as the time of the request. A source that another runner is pulling is left alone (outcome
    "busy"). Pulling twice, or receiving responses in another order, leads to the same state.
    """
    now = now or timezone.now()
    lease = _acquire_lease(source)
    if lease is None:
        return _busy(source, now)
    try:
        source.refresh_from_db()
        return _process(source, lambda: adapter_for(source.kind).fetch(source), now)
    finally:
        _release_lease(source, lease)


def pull_due(now: datetime | None = None) -> Iterator[FetchLog]:
    """Pull every source that is due, and delete log entries older than ninety days.

    Four sources are fetched in parallel, so that a slow one delays no other; their items are stored one after the
    other. Yields each log entry, so that a job can report its progress, and stop.
    """
    FetchLog.objects.filter(started_at__lt=(now or timezone.now()) - KEEP_LOGS).delete()
    waiting = iter(due_sources(now))
    fetching: dict[Future[PullResult], tuple[Source, datetime, datetime]] = {}
    with ThreadPoolExecutor(PARALLEL_PULLS, thread_name_prefix="pull") as pool:
        try:
            while True:
                while len(fetching) < PARALLEL_PULLS and (source := next(waiting, None)) is not None:
                    began, lease = now or timezone.now(), _acquire_lease(source)
                    if lease is None:
                        if Source.objects.filter(pk=source.pk).exists():  # else staff have just deleted it
                            yield _busy(source, began)
                        continue
                    source.refresh_from_db()
                    fetching[pool.submit(_fetch_in_thread, source)] = source, began, lease
                if not fetching:
                    return
                for future in wait(fetching, return_when=FIRST_COMPLETED).done:
                    source, began, lease = fetching.pop(future)
                    try:
                        log = _process(source, future.result, began)
                    finally:
                        _release_lease(source, lease)
                    yield log
        finally:
            for source, _began, lease in fetching.values():
                _release_lease(source, lease)


def _acquire_lease(source: Source) -> datetime | None:
    """Acquire the lease by one conditional UPDATE and return its end; None if another runner has it.

    A lease that ends later than one can last was written before the clock jumped back, and is ignored.
    """
    now = timezone.now()
    until = now + LEASE
    free = Q(leased_until=None) | Q(leased_until__lte=now) | Q(leased_until__gt=until)
    return until if Source.objects.filter(free, pk=source.pk).update(leased_until=until) else None


def _release_lease(source: Source, lease: datetime) -> None:
    Source.objects.filter(pk=source.pk, leased_until=lease).update(leased_until=None)


def _busy(source: Source, now: datetime) -> FetchLog:
    message = _joined_sentences(_("It is being pulled at this moment."))
    return FetchLog.objects.create(source=source, started_at=now, outcome=Outcome.BUSY, message=message)


def _fetch_in_thread(source: Source) -> PullResult:
    """Fetch a source in a thread, and close the thread's connection to the database."""
    try:
        return adapter_for(source.kind).fetch(source)
    finally:
        connection.close()


def _process(source: Source, fetch: Callable[[], PullResult], now: datetime) -> FetchLog:
    """Store the result of a fetch, or why there is none."""
    try:
        return _store_result(source, fetch(), now)
    except FetchError as error:
        outcome = Outcome.REFUSED if isinstance(error, FetchRefusedError) else Outcome.FAILED
        return _record_failure(
            source, FetchLog(outcome=outcome, error_class=error.code, message=_joined_sentences(error)), now
        )
    except UnusableDocument as error:
        log = FetchLog(
            outcome=error.outcome,
            error_class=error.code,
            message=_joined_sentences(error),
            http_status=error.status,
            bytes=error.n_bytes,
            sha256=error.sha256,
        )
        return _record_failure(source, log, now, error.retry_after_s, error.gone)
    except Exception as error:  # an unforeseen error is a failure of this source, and must not stop the others
        logger.exception("source %s (%s) could not be read", source.pk, source.name)
        message = _joined_sentences(format_lazy(_UNFORESEEN, error=type(error).__name__))
        source.refresh_from_db(fields=_STATE_FIELDS)  # storing may have stopped halfway
        return _record_failure(source, FetchLog(outcome=Outcome.FAILED, error_class="unforeseen", message=message), now)


def _store_result(source: Source, pulled: PullResult, now: datetime) -> FetchLog:
    captured = now - timedelta(seconds=pulled.age_s)
    same = pulled.not_modified or (pulled.sha256 == source.body_sha256 and bool(pulled.sha256))
    outcomes = [] if same else store_items(source, pulled.items, captured)
    if not same:
        note_missing(source, pulled, captured)
        note_gone(source, pulled)
        look_for_missing(source)
    new, changed = (
        sum(outcome.result is kind for outcome in outcomes) for kind in (StoreResult.NEW, StoreResult.CHANGED)
    )
    failed = [outcome for outcome in outcomes if outcome.error]
    for outcome in failed:
        logger.error("item %s of source %s was not kept", outcome.external_id, source.pk, exc_info=outcome.error)
    log = FetchLog(
        http_status=pulled.status,
        bytes=pulled.n_bytes,
        sha256=pulled.sha256,
        n_entries=len(pulled.items),
        n_new=new,
        n_changed=changed,
        outcome=Outcome.OK if new or changed or failed else Outcome.UNCHANGED,
    )
    sentences = list(pulled.remarks)
    if failed:
        log.error_class = "items"
        sentences.insert(
            0, _("Some items could not be stored; the log file says why. They are tried again at the next pull.")
        )
    elif pulled.salvaged:
        sentences.append(_("Small faults of the feed were corrected."))
    log.message = _joined_sentences(*sentences, _warning(source))
    if source.consecutive_failures:
        logger.info("source %s answers again after %d failures", source.pk, source.consecutive_failures)
    if source.last_ok_at is None or captured >= source.last_ok_at or source.last_ok_at > timezone.now() + CLOCK_SLACK:
        source.last_ok_at = captured
        if pulled.moved_to:
            source.moved_times = source.moved_times + 1 if pulled.moved_to == source.moved_to else 1
        else:
            source.moved_times = 0
        source.moved_to = pulled.moved_to
        if not pulled.not_modified:
            source.etag, source.last_modified = pulled.etag, pulled.last_modified
        if not same:
            source.body_sha256, source.body_at = pulled.sha256, captured
        if failed:
            # Without these the next pull reads the document again, and tries those items again.
            source.etag = source.last_modified = source.body_sha256 = ""
    if pulled.memory:
        source.memory = source.memory | pulled.memory
        Source.objects.filter(pk=source.pk, kind=source.kind, config=source.config).update(memory=source.memory)
    source.consecutive_failures, source.last_error = 0, ""
    source.next_run_at = next_run(source, now, max_age_s=pulled.max_age_s)
    return _save_state(source, log, now)


def _record_failure(
    source: Source, log: FetchLog, now: datetime, retry_after_s: int | None = None, gone: bool = False
) -> FetchLog:
    """Store a failure and plan the next pull. No item is removed; a source that is gone for good is switched off."""
    source.consecutive_failures += 1
    source.last_error = log.message
    source.next_run_at = next_run(source, now, retry_after_s=retry_after_s)
    if gone:
        source.enabled = False
    level = logging.ERROR if gone or source.is_silent else logging.WARNING
    logger.log(level, "source %s (%s): %s %s", source.pk, source.name, log.error_class, log.message)
    return _save_state(source, log, now, *(["enabled"] if gone else []))


def _save_state(source: Source, log: FetchLog, now: datetime, *more: str) -> FetchLog:
    """Store the state of a source, unless staff entered another feed in the meantime, and its log entry."""
    state = {name: getattr(source, name) for name in (*_STATE_FIELDS, *more)}
    Source.objects.filter(pk=source.pk, kind=source.kind, config=source.config).update(**state)
    log.source, log.started_at = source, now
    log.save()
    return log


def _warning(source: Source) -> str:
    """Return the warning of the adapter in the language of the staff."""
    with translation.override(settings.LANGUAGE_CODE):
        return adapter_for(source.kind).warning(source)


def _joined_sentences(*texts: object) -> str:
    """Return some sentences for the log, in the language of the staff."""
    with translation.override(settings.LANGUAGE_CODE):
        return " ".join(text for text in map(str, texts) if text)[:500]
