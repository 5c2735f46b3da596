"""Registry of what each page type shows, and what the page of each record shows.

A room registers its selectors in its `registers.py`, so that its models need not import them. `BasePage.get_context`
and the record pages of `RecordIndexMixin` ask here; Wagtail's previews pass through both. A system check
(`schakel.E002`) names the page types and records that have none.

A selector returns a frozen dataclass; its fields are the variables of the template.
"""

from collections.abc import Callable
from dataclasses import fields
from typing import Any, TypeVar, cast

from django.db.models import Model
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from wagtail.models import Page

from portal.core.content.structured_data import Shown
from portal.core.http.requests import PortalRequest

PageT = TypeVar("PageT", bound=Page)
RecordT = TypeVar("RecordT", bound=Model)

_shared: list[Callable[[Page, HttpRequest], dict[str, Any]]] = []
_pages: dict[type, Callable[[Any, HttpRequest], Any]] = {}
_records: dict[type, Callable[[Any, str, HttpRequest], Any]] = {}
_files: dict[type, Callable[[Any, HttpRequest], HttpResponseBase]] = {}
_posts: dict[type, Callable[[Any, HttpRequest], HttpResponseBase]] = {}


def register_page_context(model: type[PageT], selector: Callable[[PageT, HttpRequest], Any]) -> None:
    """Register `selector(page, request)`, which returns what a page of this type shows."""
    _pages[model] = selector


def register_record_context(model: type[RecordT], selector: Callable[[RecordT, str, HttpRequest], Any]) -> None:
    """Register `selector(record, language, request)`, which returns what the page of a record shows in a language."""
    _records[model] = selector


def register_page_post(model: type[PageT], view: Callable[[PageT, HttpRequest], HttpResponseBase]) -> None:
    """Register `view(page, request)`, which answers a form that is sent to a page of this type.

    The type says in `allowed_http_methods` that it takes POST; no other page does. Visitors have no cookie, so Django's
    protection against forged requests does not look at it: the view protects itself.
    """
    _posts[model] = view


def register_page_file(model: type[PageT], view: Callable[[PageT, HttpRequest], HttpResponseBase]) -> None:
    """Register `view(page, request)`, which returns the list on a page of this type as a file, for `?format=csv`."""
    _files[model] = view


def page_file(model: type) -> Callable[[Any, HttpRequest], HttpResponseBase] | None:
    """Return the view that gives the list on a page of this type as a file, or None."""
    return _files.get(model)


def page_post(model: type) -> Callable[[Any, HttpRequest], HttpResponseBase] | None:
    """Return the view that answers a form sent to a page of this type, or None."""
    return _posts.get(model)


def register_shared_page_context(selector: Callable[[Page, HttpRequest], dict[str, Any]]) -> None:
    """Register `selector(page, request)`, which returns variables that the template of every page gets."""
    _shared.append(selector)


def has_page_context(model: type) -> bool:
    return model in _pages


def has_record_context(model: type) -> bool:
    return model in _records


def page_context(page: Page, request: HttpRequest) -> dict[str, Any]:
    """Return the template variables of a page: those of every page, and those of its type."""
    shared = {name: value for selector in _shared for name, value in selector(page, request).items()}
    return shared | _variables(page, _pages[type(page)](page, request), request)


def record_context(record: Model, language: str, request: HttpRequest) -> dict[str, Any]:
    """Return the template variables of a record's page in a language."""
    return _variables(record, _records[type(record)](record, language, request), request)


def _variables(thing: Model, context: Any, request: HttpRequest) -> dict[str, Any]:
    """Return the variables of a template, and note what is shown for the structured data of the page."""
    cast(PortalRequest, request).shown = Shown(thing, context)
    return template_variables(context)


def template_variables(context: Any) -> dict[str, Any]:
    """Return the fields of a context as a dictionary. What they hold is not copied."""
    return {field.name: getattr(context, field.name) for field in fields(context)}
