"""Routing: the page of an address, and the records under an index page."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest
from django.template.response import TemplateResponse
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from portal.core.content.records import Record
from portal.core.http.requests import PortalRequest
from portal.core.models import BasePage
from portal.core.page_context import record_context
from portal.core.publishing.visibility import SOURCE_LANGUAGE
from portal.core.routing.structure import Place, index_path, structure
from portal.core.translation.state import state_of_record


def route_of(request: HttpRequest, language: str, path: str) -> RouteResult | None:
    """Return the page at a path under the home of a language, with the arguments of its view; None for none.

    Wagtail walks down from home and reads every page on the way twice. Here the structure of the site says where the
    way leads, and the page that answers is read with one query, its other languages with it.
    """
    names = [name for name in path.split("/") if name]
    known = structure()
    place = known.homes.get(language)
    if names and (section := known.sections.get(language, {}).get(names[0])):
        place, names = section, names[1:]
    if place is None:
        return None
    page = _page_under(place, names[0]) if names else None
    try:
        return page.route(request, names[1:]) if page else _page_at(place).route(request, names)
    except Http404:
        return None


def parameters_of(route: RouteResult | None) -> frozenset[str]:
    """Return the query parameters that the page of a route reads; all others are ignored."""
    if route is None:
        return frozenset()
    page, args, _kwargs = route
    # RoutablePageMixin gives (view, arguments, names): a record's page has its slug there.
    return frozenset(page.record_parameters if args and args[-1] else page.query_parameters)


def _page_at(place: Place) -> Page:
    """Return the home or section at a place of the structure."""
    versions = place.model.in_all_languages(Q(translation_key=place.translation_key))
    page = next((page for page in versions if page.pk == place.pk), None)
    if page is None:
        raise Http404
    page.versions = versions
    return page


def _page_under(place: Place, slug: str) -> Page | None:
    """Return the page with this slug directly under a section that has pages of one type, or None."""
    types = place.model.allowed_subpage_models()
    if len(types) != 1:
        return None
    here = Q(slug=slug, path__startswith=place.branch, depth=len(place.branch) // Page.steplen + 1)
    keys = types[0].objects.filter(here).values("translation_key")
    return _one_of(
        types[0], Q(translation_key__in=keys), lambda page: page.slug == slug and page.path.startswith(place.branch)
    )


def _one_of(model: type[BasePage], which: Q, is_wanted: Callable[[Page], bool]) -> Page | None:
    """Return one of the versions of a page. It and the Dutch one are read whole, of the others only the address."""
    versions = list(model.objects.filter(which).select_related("locale").only(*_OF_AN_ADDRESS))
    found = next(filter(is_wanted, versions), None)
    if found is None:
        return None
    whole = Q(pk__in=[page.pk for page in versions if page is found or page.language == SOURCE_LANGUAGE])
    read = {page.pk: page for page in model.in_all_languages(whole)}
    page = read.get(found.pk)
    if page is not None:
        page.versions = [read.get(version.pk, version) for version in versions]
    return page


_OF_AN_ADDRESS = ("path", "slug", "url_path", "live", "locale__language_code")


class RecordIndexMixin(RoutablePageMixin):
    """For an index page whose records have an address under it: `record_model` says which.

    A record's path is the index page's path in the language and the record's slug in it; a record without a slug
    in that language answers under its Dutch one. `record_with` names the relations that a record's page shows,
    `record_parameters` what it reads from the query string, `record_template` renders it with the record's context
    (portal/core/page_context.py).
    """

    record_model: type[Record]
    record_template = ""
    record_with: tuple[str, ...] = ()
    record_parameters: tuple[str, ...] = ()

    def record_by_slug(self, slug: str) -> Record | None:
        """Return the public record with this slug in the page's language, else as Dutch slug, else as key."""
        name = f"slug_{self.language}"
        answering = Q(**{name: slug}) | Q(slug_nl=slug) | Q(key=slug)
        records = self.record_model._default_manager.filter(answering, live=True).select_related(*self.record_with)
        return min(records, key=lambda one: (getattr(one, name) != slug, one.slug_nl != slug), default=None)

    @classmethod
    def path_of_record(cls, record: Record, language: str) -> str | None:
        """Return the path of a record in a language; None while the index page is not public in it."""
        base = cls.path_of_index(language)
        slug = getattr(record, f"slug_{language}", "") or record.slug_nl or record.key
        return f"{base}{slug}/" if base else None

    @classmethod
    def path_of_index(cls, language: str) -> str | None:
        """Return the path of the index page itself in a language."""
        return index_path(cls, language)

    def record_context(self, request: PortalRequest, record: Record) -> dict[str, Any]:
        """Return the template variables of a record's page: Wagtail's and the record's own.

        How the index page was translated is not asked, because none of its words is shown.
        """
        request.thing = record
        context = Page.get_context(self, request) | {"translation": state_of_record(record, self.language)}
        return context | record_context(record, self.language, request)

    @path("<slug:slug>/")
    def record_view(self, request: PortalRequest, slug: str) -> TemplateResponse:
        """The page of a record."""
        record = self.record_by_slug(slug)
        if record is None:
            raise Http404
        return self.record_response(request, record)

    def record_response(self, request: PortalRequest, record: Record) -> TemplateResponse:
        """The response of a record's page. Index pages may extend it, to set a header for one."""
        return TemplateResponse(request, self.record_template, self.record_context(request, record))
