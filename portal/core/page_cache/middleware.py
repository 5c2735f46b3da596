"""Middleware that answers from the page cache and fills it."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, parse_http_date_safe
from wagtail.models import Site

from portal.core.page_cache.cached_values import clear
from portal.core.page_cache.changes import ChangeFollower
from portal.core.page_cache.generation import generation
from portal.core.page_cache.registry import ALL, Paths

MAX_PAGES = 2000
FEEDS = "feeds"  # beside the languages, the first part of addresses whose answers are kept


@dataclass(frozen=True)
class CachedResponse:
    """A response as it went out, and the parameters that its page would have read from the address."""

    content: bytes
    headers: dict[str, str]
    parameters: frozenset[str]


class PageCacheMiddleware:
    """Answers a visitor's GET without session from memory; fills the memory from the answer.

    A page says which parameters it reads from its address (`request.parameters`, set by `views.page`). An address with
    one of those is always rendered; whatever else stands there is ignored, so it is part of no key. Nor is the name of
    the host: the portal is one site, and whoever sends the request could make up as many as there are ports.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]):
        self.get_response = get_response
        self._pages: OrderedDict[tuple[str, bool, bool], CachedResponse] = OrderedDict()
        self._generation = self._seen = -1
        self._changes = ChangeFollower()
        self._lock = threading.Lock()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        now = generation()
        if now != self._seen:
            # Another process changed something: Wagtail's own memory of where the languages begin is outdated too.
            self._seen = now
            clear()
            Site.clear_site_root_paths_cache()
        if not self._may_answer(request):
            return self.get_response(request)
        request.get_host()  # raises DisallowedHost
        # Compressed once, and kept as it goes out; whoever takes no gzip has a page of her own.
        compressed = "gzip" in request.headers.get("Accept-Encoding", "")
        key = (request.path_info, request.is_secure(), compressed)
        with self._lock:
            if now != self._generation:
                self._drop_outdated(now)
            page = self._pages.get(key)
        if page and not page.parameters & set(request.GET):
            return self._unless_known(request, HttpResponse(page.content, headers=page.headers))
        response = self.get_response(request)
        if isinstance(response, HttpResponse) and not request.GET and self._may_keep(response):
            response.headers.setdefault("Cache-Control", "public, max-age=0, must-revalidate")
            if "ETag" in response.headers:
                response.headers.setdefault("Last-Modified", http_date(now / 1e9))
            parameters = getattr(request, "parameters", frozenset())
            with self._lock:
                if self._generation == now:
                    self._pages[key] = CachedResponse(response.content, dict(response.headers), parameters)
                    while len(self._pages) > MAX_PAGES:
                        self._pages.popitem(last=False)
            return self._unless_known(request, response)
        return response

    @staticmethod
    def _unless_known(request: HttpRequest, response: HttpResponse) -> HttpResponseBase:
        """Return 304 in place of what the visitor has already. Only what has an `ETag` is asked for so: feeds."""
        if "ETag" not in response.headers:
            return response
        modified = parse_http_date_safe(response.headers.get("Last-Modified", ""))
        answer: HttpResponse | None = get_conditional_response(request, response.headers["ETag"], modified, response)
        return answer or response

    def _drop_outdated(self, now: int) -> None:
        if now < self._generation:
            # Another thread looked later and dropped more, or somebody deleted the file: begin anew.
            self._changes = ChangeFollower()
            self._pages.clear()
        else:
            self._drop(self._changes.changed_paths())
        self._generation = now

    def _drop(self, paths: Paths) -> None:
        if paths is ALL:
            self._pages.clear()
            return
        for key in [key for key in self._pages if key[0] in paths]:
            del self._pages[key]

    @staticmethod
    def _may_answer(request: HttpRequest) -> bool:
        return (
            settings.PAGE_CACHE_ENABLED
            and request.method in ("GET", "HEAD")
            and settings.SESSION_COOKIE_NAME not in request.COOKIES
            and request.path_info.lstrip("/").partition("/")[0] in (*settings.CONTENT_LANGUAGES, FEEDS)
        )

    @staticmethod
    def _may_keep(response: HttpResponse) -> bool:
        return (
            response.status_code == 200
            and not response.streaming
            and not response.cookies
            and not {"private", "no-store"} & set(response.get("Cache-Control", "").replace(" ", "").split(","))
        )
