"""What is said when the portal cannot answer now: 503 with Retry-After, in the reader's language, without the database.

A page for people, JSON for programs, a sentence for a feed, a table or a file.
"""

import errno
import sys

from django.conf import settings
from django.db import Error, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import get_template
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import get_language_from_request
from django.utils.translation import gettext_lazy as _

BUSY = _("Too busy at the moment"), _("More is asked here than can be answered at once. Try again in a few seconds."), 5
AWAY = _("Not available at the moment"), _("The fault is ours. Try again in a minute."), 30
LOCKED = _("Too busy at the moment"), _("Others are saving at this moment. Try again in a few seconds."), 10
FULL = (
    _("There is no room left"),
    _("The disk of the portal is full: it can be read, but nothing can be saved. Tell who runs the portal."),
    300,
)

# SQLite's names for trouble that passes or that is not the request's fault; "no such table" is neither.
_SQLITE = {
    "SQLITE_BUSY": LOCKED,
    "SQLITE_LOCKED": LOCKED,
    "SQLITE_FULL": FULL,
    "SQLITE_CANTOPEN": AWAY,
    "SQLITE_IOERR": AWAY,
    "SQLITE_READONLY": AWAY,
    "SQLITE_CORRUPT": AWAY,
    "SQLITE_NOTADB": AWAY,
}
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT}
_PLAIN = (".atom", ".xml", ".csv", ".ics", ".vtt", ".srt", ".txt")


def busy_response(request: HttpRequest) -> HttpResponse:
    """Return the response to a request that finds no free thread (thread_limits.py)."""
    return _answer(request, *BUSY)


def unavailable_response(request: HttpRequest) -> HttpResponse | None:
    """Return the response to a request during which the database or the disk failed; None for any other error.

    To be called while the error is being handled.
    """
    reason = _reason(sys.exc_info()[1])
    return _answer(request, *reason) if reason else None


def _reason(error: BaseException | None) -> tuple[str | Promise, str | Promise, int] | None:
    """Find the cause of an error, which may have been raised while another was handled."""
    seen = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        if isinstance(error, OSError) and error.errno in _NO_ROOM:
            return FULL
        if isinstance(error, Error):
            return _of_the_database(error)
        error = error.__cause__ or error.__context__
    return None


def _of_the_database(error: Error) -> tuple[str | Promise, str | Promise, int] | None:
    cause = error.__cause__
    name = getattr(cause, "sqlite_errorname", None)
    if name is not None:  # SQLITE_BUSY_SNAPSHOT and the like begin with the name of their kind
        return next((reason for kind, reason in _SQLITE.items() if name.startswith(kind)), None)
    if isinstance(error, OperationalError | InterfaceError):
        return FULL if getattr(cause, "sqlstate", None) == "53100" else AWAY  # PostgreSQL: disk_full
    return None


def _answer(request: HttpRequest, title: str | Promise, text: str | Promise, retry_s: int) -> HttpResponse:
    with translation.override(language_of(request)):
        lost = "" if request.method in ("GET", "HEAD") else str(_NOTHING_SAVED)
        response = _as_asked(request, str(title), str(text), lost)
    response.headers["Retry-After"] = str(retry_s)
    response.headers["Cache-Control"] = "no-store"
    return response


_NOTHING_SAVED = _("Nothing was saved. Load this page again (F5) to send it once more.")


def _as_asked(request: HttpRequest, title: str, text: str, lost: str) -> HttpResponse:
    path = request.path_info
    if path.startswith("/api/"):
        problem = {"type": "about:blank", "title": f"{title}. {text}", "status": 503}
        return JsonResponse(problem, status=503, content_type="application/problem+json")
    if _wants_json(request):
        said = " ".join(filter(None, (f"{title}.", text, lost)))
        return JsonResponse({"success": False, "error_code": "unavailable", "error_message": said}, status=503)
    if path.endswith(_PLAIN) or path.startswith(
        ("/media/", "/static/", "/documents/", "/feeds/", "/calendar/", "/captions/")
    ):
        return HttpResponse(f"{title}. {text}\n", status=503, content_type="text/plain; charset=utf-8")
    context = {"title": title, "text": text, "lost": lost, "language": translation.get_language()}
    return HttpResponse(get_template("503.html").render(context), status=503)


def _wants_json(request: HttpRequest) -> bool:
    accepted = request.headers.get("Accept", "")
    by_script = request.headers.get("X-Requested-With") == "XMLHttpRequest" or "application/json" in accepted
    return request.path_info.endswith(".json") or (by_script and "text/html" not in accepted)


def language_of(request: HttpRequest) -> str:
    """Return the language of the path; elsewhere that of the browser, because the user cannot be looked up."""
    first = request.path_info.strip("/").partition("/")[0]
    if first in settings.CONTENT_LANGUAGES:
        return first
    if first == "api":
        return "en"
    asked = get_language_from_request(request)
    return asked if asked in settings.CONTENT_LANGUAGES else settings.LANGUAGE_CODE
