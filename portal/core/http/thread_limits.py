"""Who may hold the threads of the web server: visitors' pages all of them, everything else together half.

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
    """Mark a view that visitors never wait for: it answers GET from any thread. It must be quick and write nothing."""
    view.for_visitors = True
    return view


class SharedThreads:
    """The places of what may hold half of the threads, and those of it for strangers."""

    def __init__(self, number_of_threads: int):
        half = max(1, number_of_threads // 2)
        self._all = threading.BoundedSemaphore(half)
        self._for_strangers = threading.BoundedSemaphore(max(1, half // 2))

    def take(self, request: PortalRequest) -> bool:
        """Give the request a place, which `leave` gives back; False when there is none."""
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
        """Give the place of a request back, if it has one."""
        taken, request.places = getattr(request, "places", None) or [], None
        for place in taken:
            place.release()


def _is_of_staff(request: PortalRequest) -> bool:
    return settings.SESSION_COOKIE_NAME in request.COOKIES and any(known_device_of(request))


shared = SharedThreads(settings.SERVER_THREADS)


class ThreadLimitMiddleware:
    """Lets what is not a visitor's page hold half of the threads: while it is made, and while it is sent in pieces."""

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
        """Refuse what finds no place before anything of it is read: neither its session nor its body."""
        if getattr(view, "for_visitors", False) and request.method in ("GET", "HEAD"):
            return None
        return None if shared.take(request) else unavailable.busy_response(request)


class ShortFileMiddleware:
    """Hands a short file to the server in one piece: a style sheet, a picture. A long one needs a place here too, as
    WhiteNoise answers before `ThreadLimitMiddleware`. The first of the middlewares.
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
    """The answer in pieces, with a place until the last one was read; a refusal when there is none."""
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
