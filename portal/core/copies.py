"""Published copies: a public page that was rendered once answers from memory until anything public changes.

The generation is the time stamp of one file in the data folder, so that the server and the job runner share it
whatever the database is. A look at it costs some microseconds.
"""

import logging
import os
import threading
import time
from collections import OrderedDict

from django.conf import settings
from django.db import transaction
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Site

logger = logging.getLogger(__name__)

ROOMS = {
    "core",
    "topics",
    "organisations",
    "methods",
    "projects",
    "webinars",
    "home",
    "wagtailcore",
    "wagtail_localize",
}
QUIET_MODELS = {
    "revision",
    "modellogentry",
    "pagelogentry",
    "referenceindex",
    "address",
    "editingsession",
    "user",
    "attempts",
}
MAX_COPIES = 2000


def _generation_file():
    return settings.DATA_DIR / "copies" / "generation"


def generation() -> int:
    """The moment of the last public change, in nanoseconds; 0 before the first."""
    try:
        return os.stat(_generation_file()).st_mtime_ns
    except FileNotFoundError:
        return 0


_kept: dict[tuple, tuple[int, object]] = {}


class _OfATransaction(dict):
    """What a transaction keeps for itself. It waits among what is to be done at the commit, and goes with that."""

    def __call__(self):
        pass


def _kept_in_transaction(connection) -> _OfATransaction | None:
    return next((one for _points, one, *_robust in connection.run_on_commit if isinstance(one, _OfATransaction)), None)


def kept_until_a_change(key: tuple, read):
    """What `read()` gives, read once and kept in this process until something public changes.

    For what every page asks and hardly ever changes: structure, names, dossiers. A transaction keeps what it reads for
    itself: nobody else sees its changes yet, and they may be taken back.
    """
    connection = transaction.get_connection()
    if connection.in_atomic_block and not settings.TESTING:
        kept = _kept_in_transaction(connection)
        if kept is None:
            kept = _OfATransaction()
            transaction.on_commit(kept)
        key = (*key, *connection.savepoint_ids)
        if key not in kept:
            kept[key] = read()
        return kept[key]
    now = generation()
    known = _kept.get(key)
    if known is None or known[0] != now:
        _kept[key] = known = (now, read())
    return known[1]


def forget() -> None:
    """Forget what is kept: this process has just changed something, or a test begins."""
    _kept.clear()
    if (kept := _kept_in_transaction(transaction.get_connection())) is not None:
        kept.clear()


def outdate() -> None:
    """Make every copy old. Called after the transaction that changed something public."""
    path = _generation_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(str(time.time_ns()))
    now = max(time.time_ns(), os.stat(path).st_mtime_ns + 1)
    os.utime(path, ns=(now, now))


@receiver([post_save, post_delete, m2m_changed])
def something_changed(sender, **kwargs):
    meta = sender._meta
    if meta.app_label in ROOMS and meta.model_name not in QUIET_MODELS and not meta.auto_created:
        _outdate_after_commit()
    elif meta.app_label in ROOMS and meta.auto_created:
        _outdate_after_commit()


def _outdate_after_commit():
    forget()
    transaction.on_commit(outdate)


class PublishedCopies:
    """Answers a visitor's GET without query and without session from memory; fills the memory from the answer.

    Search pages and filters have a query string and are always rendered. `t` (a moment) changes nothing in the
    page, so it is part of no key (DESIGN.md section 6).
    """

    def __init__(self, get_response):
        self.get_response = get_response
        self._copies: OrderedDict[tuple, tuple] = OrderedDict()
        self._generation = self._seen = -1
        self._lock = threading.Lock()

    def __call__(self, request):
        now = generation()
        if now != self._seen:
            # Another process changed something: Wagtail's own memory of where the languages begin is old as well.
            self._seen = now
            forget()
            Site.clear_site_root_paths_cache()
        if not self._may_copy(request):
            return self.get_response(request)
        # Compressed once, and kept as it goes out; whoever takes no gzip has a copy of her own.
        compressed = "gzip" in request.headers.get("Accept-Encoding", "")
        key = (request.get_host(), request.path_info, request.is_secure(), compressed)
        with self._lock:
            if now != self._generation:
                self._copies.clear()
                self._generation = now
            copy = self._copies.get(key)
        if copy:
            return self._answer(request, *copy)
        response = self.get_response(request)
        if self._may_keep(response):
            response.headers.setdefault("Cache-Control", "public, max-age=0, must-revalidate")
            with self._lock:
                if self._generation == now:
                    self._copies[key] = (response.content, dict(response.headers))
                    while len(self._copies) > MAX_COPIES:
                        self._copies.popitem(last=False)
        return response

    @staticmethod
    def _may_copy(request) -> bool:
        return (
            settings.PUBLISHED_COPIES
            and request.method in ("GET", "HEAD")
            and settings.SESSION_COOKIE_NAME not in request.COOKIES
            and not set(request.GET) - {"t"}
            and request.path_info.lstrip("/").partition("/")[0] in settings.CONTENT_LANGUAGES
        )

    @staticmethod
    def _may_keep(response) -> bool:
        return (
            response.status_code == 200
            and not response.streaming
            and not response.cookies
            and not {"private", "no-store"} & set(response.get("Cache-Control", "").replace(" ", "").split(","))
        )

    @staticmethod
    def _answer(request, content, headers):
        from django.http import HttpResponse

        return HttpResponse(content, headers=headers)
