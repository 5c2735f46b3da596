"""The JSON API, which is read only. docs/api.md has examples."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils import translation
from django.views.decorators.http import conditional_page

from portal.core.http.visitors import client_address
from portal.core.models import SiteWords
from portal.core.searchable import search
from search.api import openapi
from search.api.parameters import COLLECTIONS, BadRequest, read
from search.api.rate_limit import Allowance, limiter
from search.api.serializers import search_request, serialize_answer, serialize_problem
from search.thesaurus.current_thesaurus import current_thesaurus

METHODS = "GET, HEAD, OPTIONS"
RETRY_S = 30


class ApiError(Exception):
    """An error with its status and its sentence; `errors` has a message for each field that is wrong."""

    def __init__(self, status: int, title: str, retry_s: int = 0, errors: Mapping[str, str] | None = None):
        super().__init__(title)
        self.status, self.title, self.retry_s, self.errors = status, title, retry_s, errors or {}


def endpoint(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponseBase]:
    """Make a view an address of the API: read only, for pages of any site, within the limit, with errors as JSON."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        allowance = None
        try:
            if request.method == "OPTIONS":
                response = HttpResponse(status=204)
            elif request.method not in ("GET", "HEAD"):
                raise ApiError(405, "This API is read only.")
            else:
                allowance = limiter.count(client_address(request), settings.API_REQUESTS_A_MINUTE)
                if allowance.refused:
                    raise ApiError(429, "Too many requests in this minute.", allowance.reset_s)
                response = view(request, *args, **kwargs)
        except BadRequest as error:
            response = _error_response(ApiError(400, "The request has fields that are wrong.", errors=error.errors))
        except ApiError as error:
            response = _error_response(error)
        return _with_headers(response, allowance)

    return conditional_page(wrapped)


def _error_response(error: ApiError) -> JsonResponse:
    content = serialize_problem(error.status, error.title, error.errors)
    response = JsonResponse(content, status=error.status, content_type="application/problem+json")
    if error.retry_s:
        response.headers["Retry-After"] = str(error.retry_s)
    if error.status == 405:
        response.headers["Allow"] = METHODS
    return response


def _with_headers(response: HttpResponse, allowance: Allowance | None) -> HttpResponse:
    """Let pages of any site read, because nothing here is secret and no cookie counts, and ask again what changed."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Allow-Methods"] = METHODS
    response.headers["Access-Control-Expose-Headers"] = (
        "Content-Language, ETag, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After"
    )
    response.headers["Access-Control-Max-Age"] = "86400"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["Cache-Control"] = "no-cache"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers.setdefault("Content-Language", "en")
    if allowance:
        response.headers["RateLimit-Limit"] = str(allowance.limit)
        response.headers["RateLimit-Remaining"] = str(allowance.left)
        response.headers["RateLimit-Reset"] = str(allowance.reset_s)
    return response


@endpoint
def collection_page(request: HttpRequest, name: str) -> HttpResponse:
    """Return the page of a collection that the address asks for."""
    collection = COLLECTIONS[name]
    values = read(request.GET, collection.parameters)
    question = search_request(collection, values)
    with translation.override(question.language):
        result = search(question)
        if not result.available:
            raise ApiError(503, "Search does not answer at the moment.", RETRY_S)
        content = serialize_answer(collection, question, result, request.GET, request.path, current_thesaurus())
    response = JsonResponse(content, json_dumps_params={"ensure_ascii": False})
    response.headers["Content-Language"] = question.language
    return response


@endpoint
def description(request: HttpRequest) -> HttpResponse:
    """Return the OpenAPI description of this API."""
    return JsonResponse(
        openapi.document(SiteWords.for_request(request).name), json_dumps_params={"ensure_ascii": False}
    )


@endpoint
def unknown(request: HttpRequest, rest: str) -> HttpResponse:
    """Answer every other address with 404."""
    raise ApiError(404, "There is nothing at this address. All addresses are in /api/v1/openapi.json.")
