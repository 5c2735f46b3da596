"""Thread limits of the web server: visitors' pages may use every thread, everything else together half of them.

A thread that hashes a password, waits for the search server or for SQLite's write lock, or sends a film to a slow
reader is one that no visitor gets. What finds the half full is answered at once with 503 and Retry-After, because
waiting would hold a thread as well. Who is not known as staff (a login, a search, a program that reads the API) gets at
most half of that half, so that many of them do not keep the staff out. Anybody can send a cookie that looks like that
of a session, and to look it up would hold a thread: staff is who also has the signed cookie of a device that logged in.
"""

import threading
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.http.response import HttpResponseBase

from portal.core.http import unavailable
from portal.core.http.requests import PortalRequest
from portal.core.http.visitors import known_device_of

# A file up to this size is handed to the server in one piece, which frees the thread however slowly somebody reads.
WHOLE_UP_TO = 1_000_000


def for_visitors(view):
    """Mark a view that may use any thread for GET. It must be quick and write nothing."""
    view.for_visitors = True
    return view


class SharedThreads:
    """Counts the threads in use: half of all, and half of those for users who are not known as staff."""

    def __init__(self, number_of_threads: int):
        half = max(1, number_of_threads // 2)
        self._all = threading.BoundedSemaphore(half)
        self._for_strangers = threading.BoundedSemaphore(max(1, half // 2))

    def take(self, request: PortalRequest) -> bool:
        """Reserve a thread for the request, until `leave`; False when none is free."""
        if getattr(request, "places", None):
            return True
        wanted = [self._all] if _is_of_staff(request) else [self._for_strangers, self._all]
        taken: list[threading.BoundedSemaphore] = []
        for places in wanted:
            if not places.acquire(blocking=False):
                for place in taken:
                    place.release()
                return False
            taken.append(places)
        request.places = taken
        return True

    @staticmethod
    def leave(request: PortalRequest) -> None:
        """Release the thread of a request, if it has one."""
        taken, request.places = getattr(request, "places", None) or [], None
        for place in taken:
            place.release()


def _is_of_staff(request: PortalRequest) -> bool:
    return settings.SESSION_COOKIE_NAME in request.COOKIES and any(known_device_of(request))


shared = SharedThreads(settings.SERVER_THREADS)


class ThreadLimitMiddleware:
    """Limits everything but visitors' pages to half of the threads, while it is rendered and while it is streamed."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        try:
            response = self.get_response(request)
        except BaseException:
            shared.leave(request)
            raise
        if response.streaming and _is_long(response):
            return _held_until_sent(request, response)
        shared.leave(request)
        return response

    def process_view(self, request, view, args, kwargs):
        """Refuse a request without a free thread before its session or body is read."""
        if getattr(view, "for_visitors", False) and request.method in ("GET", "HEAD"):
            return None
        return None if shared.take(request) else unavailable.busy_response(request)


class ShortFileMiddleware:
    """Hands short files (a style sheet, a picture) to the server in one piece. Long ones are counted here, because
    WhiteNoise responds before `ThreadLimitMiddleware`. Must be the first middleware.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.streaming and _is_long(response):
            return response if getattr(request, "places", None) else _held_until_sent(request, response)
        if response.streaming:
            content = b"".join(response.streaming_content)
            length = response.headers["Content-Length"]
            response = _in_one_piece(response, content)
            response.headers["Content-Length"] = length  # that of the file, also for HEAD
        return response


def _held_until_sent(request: PortalRequest, response: Any) -> HttpResponseBase:
    """Return the streaming response with a thread reserved until it was read; a refusal when none is free."""
    if not shared.take(request):
        for close in response._resource_closers:  # not `close()`, which would end the request
            close()
        return unavailable.busy_response(request)
    response._resource_closers.append(lambda: shared.leave(request))
    return response


def _is_long(response: HttpResponseBase) -> bool:
    length = response.get("Content-Length", "")
    return not length.isdigit() or int(length) > WHOLE_UP_TO


def _in_one_piece(response: Any, content: bytes) -> HttpResponse:
    whole: Any = HttpResponse(content, status=response.status_code, headers=dict(response.headers))
    whole.cookies, whole._resource_closers = response.cookies, response._resource_closers
    whole._handler_class = response._handler_class
    return whole
