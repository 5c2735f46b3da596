"""Pulling a source: ask it, read all of the answer or nothing, keep what is new, lose nothing (feeds.md 5.3)."""

import logging
import random
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
from portal.feeds.adapters import REGISTER, adapter_for
from portal.feeds.adapters.contract import Pulled, Unusable
from portal.feeds.choices import Outcome
from portal.feeds.models import FetchLog, Source
from portal.feeds.pulling.removals import look_for_missing, note_gone, note_missing
from portal.feeds.pulling.store import CLOCK_SLACK, Kept, keep

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
AT_A_TIME = 4
DAY = timedelta(days=1)
JITTER = 0.1
LONGEST = timedelta(days=35)  # the longest interval that a source may have, with its ten per cent
KEEP_LOGS = timedelta(days=90)
# How a source stands after a pull.
_STATE = ("next_run_at", "last_ok_at", "last_error", "consecutive_failures", "moved_to", "moved_times")
_STATE += ("etag", "last_modified", "body_sha256", "body_at")

_UNFORESEEN = _(
    "Its answer could not be read ({error}): nobody foresaw this. Nothing was removed; the log file says where it "
    "went wrong. Send that to who maintains the portal."
)


def pull(source: Source, now: datetime | None = None) -> FetchLog:
    """Ask one source and keep what it says; returns the line of the log that was written.

    `now` (aware) is the moment that counts as the time of asking. A source that another runner is asking at this
    moment is left alone (outcome "busy"). Doing it twice, or with answers in another order, ends in the same state.
    """
    now = now or timezone.now()
    lease = _take(source)
    if lease is None:
        return _busy(source, now)
    try:
        source.refresh_from_db()
        return _finished(source, lambda: adapter_for(source.kind).fetch(source), now)
    finally:
        _give_back(source, lease)


def due_sources(now: datetime | None = None) -> list[Source]:
    """The sources that are to be asked now, the longest waiting first."""
    now = now or timezone.now()
    # Nothing is planned for later than this: such a moment is left over from a clock that was wrong.
    due = Q(next_run_at=None) | Q(next_run_at__lte=now) | Q(next_run_at__gt=now + LONGEST)
    pulled = [adapter.kind for adapter in REGISTER if adapter.pulled]
    return list(Source.objects.filter(due, enabled=True, kind__in=pulled).order_by("next_run_at", "pk"))


def pull_due(now: datetime | None = None) -> Iterator[FetchLog]:
    """Pull every source that is due, and forget the lines of the log that are older than ninety days.

    Four are asked at the same time, so that a slow one holds up nobody; what they answered is kept one after the
    other. A generator, so that a job can say how far it is, and leave.
    """
    FetchLog.objects.filter(started_at__lt=(now or timezone.now()) - KEEP_LOGS).delete()
    waiting = iter(due_sources(now))
    asked: dict[Future, tuple[Source, datetime, datetime]] = {}
    with ThreadPoolExecutor(AT_A_TIME, thread_name_prefix="pull") as pool:
        try:
            while True:
                while len(asked) < AT_A_TIME and (source := next(waiting, None)) is not None:
                    began, lease = now or timezone.now(), _take(source)
                    if lease is None:
                        if Source.objects.filter(pk=source.pk).exists():  # or staff removed it a moment ago
                            yield _busy(source, began)
                        continue
                    source.refresh_from_db()
                    asked[pool.submit(_ask_apart, source)] = source, began, lease
                if not asked:
                    return
                for answered in wait(asked, return_when=FIRST_COMPLETED).done:
                    source, began, lease = asked.pop(answered)
                    try:
                        log = _finished(source, answered.result, began)
                    finally:
                        _give_back(source, lease)
                    yield log
        finally:
            for source, _began, lease in asked.values():
                _give_back(source, lease)


def next_run(source: Source, now: datetime, *, retry_after_s: int | None = None, max_age_s: int = 0) -> datetime:
    """When to ask again: after the interval, ever later while it fails (a day at most), never before the source allows.

    Ten per cent of chance, so that sources do not march in step (feeds.md 5.3.1 and 5.3.3).
    """
    interval = timedelta(seconds=max(source.interval_s, max_age_s))
    if source.consecutive_failures:
        interval = min(max(DAY, interval), interval * 2 ** min(source.consecutive_failures, 16))
    interval *= random.uniform(1 - JITTER, 1 + JITTER)
    return now + max(interval, timedelta(seconds=retry_after_s or 0))


def _take(source: Source) -> datetime | None:
    """Take the lease by one conditional UPDATE and say until when; None when somebody else has it.

    A lease that ends later than one can last is left over from a clock that jumped back.
    """
    now = timezone.now()
    until = now + LEASE
    free = Q(leased_until=None) | Q(leased_until__lte=now) | Q(leased_until__gt=until)
    return until if Source.objects.filter(free, pk=source.pk).update(leased_until=until) else None


def _give_back(source: Source, lease: datetime) -> None:
    Source.objects.filter(pk=source.pk, leased_until=lease).update(leased_until=None)


def _busy(source: Source, now: datetime) -> FetchLog:
    message = _sentence(_("It is being pulled at this moment."))
    return FetchLog.objects.create(source=source, started_at=now, outcome=Outcome.BUSY, message=message)


def _ask_apart(source: Source) -> Pulled:
    """What the source answers, asked on a thread, which leaves no connection to the database behind."""
    try:
        return adapter_for(source.kind).fetch(source)
    finally:
        connection.close()


def _finished(source: Source, ask: Callable[[], Pulled], now: datetime) -> FetchLog:
    """Keep what a source answers, or write down why that is nothing."""
    try:
        return _answered(source, ask(), now)
    except FetchError as error:
        outcome = Outcome.REFUSED if isinstance(error, FetchRefusedError) else Outcome.FAILED
        return _failed(source, FetchLog(outcome=outcome, error_class=error.code, message=_sentence(error)), now)
    except Unusable as error:
        log = FetchLog(
            outcome=error.outcome,
            error_class=error.code,
            message=_sentence(error),
            http_status=error.status,
            bytes=error.n_bytes,
            sha256=error.sha256,
        )
        return _failed(source, log, now, error.retry_after_s, error.gone)
    except Exception as error:  # whatever nobody foresaw is this source's failure, and nobody else's
        logger.exception("source %s (%s) could not be read", source.pk, source.name)
        message = _sentence(format_lazy(_UNFORESEEN, error=type(error).__name__))
        source.refresh_from_db(fields=_STATE)  # keeping may have stopped halfway
        return _failed(source, FetchLog(outcome=Outcome.FAILED, error_class="unforeseen", message=message), now)


def _answered(source: Source, pulled: Pulled, now: datetime) -> FetchLog:
    captured = now - timedelta(seconds=pulled.age_s)
    same = pulled.not_modified or (pulled.sha256 == source.body_sha256 and bool(pulled.sha256))
    outcomes = [] if same else keep(source, pulled.items, captured)
    if not same:
        note_missing(source, pulled, captured)
        note_gone(source, pulled)
        look_for_missing(source)
    new, changed = (sum(outcome.kept is kind for outcome in outcomes) for kind in (Kept.NEW, Kept.CHANGED))
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
        sentences.insert(0, _("Not every item could be kept; the log file says why. They are tried again."))
    elif pulled.salvaged:
        sentences.append(_("The feed had small faults, which were mended."))
    log.message = _sentence(*sentences, _warning(source))
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
            # Without these the next pull reads the document again, and tries what could not be kept.
            source.etag = source.last_modified = source.body_sha256 = ""
    if pulled.memory:
        source.memory = source.memory | pulled.memory
        Source.objects.filter(pk=source.pk, kind=source.kind, config=source.config).update(memory=source.memory)
    source.consecutive_failures, source.last_error = 0, ""
    source.next_run_at = next_run(source, now, max_age_s=pulled.max_age_s)
    return _write(source, log, now)


def _failed(source: Source, log: FetchLog, now: datetime, retry_after_s: int | None = None, gone=False) -> FetchLog:
    """Write a failure down and come back later. Nothing is removed; only a source that is gone for good is paused."""
    source.consecutive_failures += 1
    source.last_error = log.message
    source.next_run_at = next_run(source, now, retry_after_s=retry_after_s)
    if gone:
        source.enabled = False
    level = logging.ERROR if gone or source.silent else logging.WARNING
    logger.log(level, "source %s (%s): %s %s", source.pk, source.name, log.error_class, log.message)
    return _write(source, log, now, *(["enabled"] if gone else []))


def _write(source: Source, log: FetchLog, now: datetime, *more: str) -> FetchLog:
    """Store the state of a source, unless staff pointed it at another feed meanwhile, and the line of its log."""
    state = {name: getattr(source, name) for name in (*_STATE, *more)}
    Source.objects.filter(pk=source.pk, kind=source.kind, config=source.config).update(**state)
    log.source, log.started_at = source, now
    log.save()
    return log


def _warning(source: Source) -> str:
    """What staff should do soon so that the source goes on, in their language."""
    with translation.override(settings.LANGUAGE_CODE):
        return adapter_for(source.kind).warning(source)


def _sentence(*texts) -> str:
    """Some sentences for the log, in the language of the staff."""
    with translation.override(settings.LANGUAGE_CODE):
        return " ".join(text for text in map(str, texts) if text)[:500]
