"""Routing: the page of an address, and the records under an index page."""

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import Http404, HttpRequest
from django.template.response import TemplateResponse
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from portal.core.content.records import Record
from portal.core.http.requests import PortalRequest
from portal.core.models import BasePage
from portal.core.page_cache.cached_values import cached_each
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
    model = types[0]
    here = Q(slug=slug, path__startswith=place.branch, depth=len(place.branch) // Page.steplen + 1)
    keys = model.objects.filter(here).values("translation_key")
    shown = model.in_all_languages(
        Q(translation_key__in=keys, locale__language_code__in={SOURCE_LANGUAGE, place.language})
    )
    page = next((page for page in shown if page.slug == slug and page.path.startswith(place.branch)), None)
    if page is not None:
        page.versions = _with_other_languages(shown, page.translation_key)
    return page


def _with_other_languages(shown: list[BasePage], translation_key: UUID) -> list[BasePage]:
    """Return the versions of a page: those that were read to be shown, of the others only the address."""
    model = type(shown[0])

    def read(keys: list[UUID]) -> dict[UUID, list[BasePage]]:
        pages = model.objects.filter(translation_key__in=keys).select_related("locale").only(*_OF_AN_ADDRESS)
        versions: dict[UUID, list[BasePage]] = {}
        for page in pages:
            versions.setdefault(page.translation_key, []).append(page)
        return versions

    known = cached_each(("addresses", model), [translation_key], read).get(translation_key, [])
    languages = {page.language for page in shown}
    return [*shown, *(page for page in known if page.language not in languages)]


_OF_AN_ADDRESS = ("path", "slug", "url_path", "live", "translation_key", "locale__language_code")


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
