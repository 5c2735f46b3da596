"""The request as the portal's middleware and views know it."""

from threading import BoundedSemaphore
from typing import Any

from django.http import HttpRequest
from wagtail.url_routing import RouteResult

from portal.core.content.structured_data import Shown


class PortalRequest(HttpRequest):
    """For annotations: a request with what the portal notes on it."""

    # The page or record that is shown, or its paths as {language: path}; the language switch leads to the same thing.
    thing: Any
    # The same with the context that its template gets (page_context.py); structured data are made of it.
    shown: Shown
    # The names that the page reads from the query string (routes.parameters_of); the page cache asks for them.
    parameters: frozenset[str]
    # The thread limits that this request holds a place in (thread_limits.py).
    places: list[BoundedSemaphore] | None
    # Wagtail's own: the route that its view takes before it looks for one.
    _wagtail_route_for_request: RouteResult | None
