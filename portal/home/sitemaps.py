"""The sitemap: every public page and record in every language, each with its other languages (sitemaps.org).

`/sitemap.xml` names the files, each of at most 1,000 addresses: `/sitemap-pages.xml`, `/sitemap-pages.xml?p=2`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, cast
from urllib.parse import urljoin

from django.conf import settings
from django.contrib.sitemaps import Sitemap, views
from django.core.paginator import Paginator
from django.db.models import Max, Min, QuerySet
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.functional import cached_property
from wagtail.models import Page

from portal.core.publishing.visibility import SOURCE_LANGUAGE, visible, visible_records
from portal.organisations.models import Organisation
from portal.topics.models import Topic
from portal.topics.usage import topics_in_use
from portal.webinars.selectors import listed_recordings


@dataclass(frozen=True)
class Versions:
    """A thing in every language: its paths, and when it last changed, by language code."""

    paths: dict[str, str]
    changed: dict[str, datetime | None]


@dataclass(frozen=True)
class Entry:
    """A line of the sitemap: a thing in one language, with its paths in all languages."""

    path: str
    paths: dict[str, str]
    changed: datetime | None


class MultilingualSitemap(Sitemap):
    """A sitemap of things with an address in each of some languages.

    Subclasses return all things in `items`, as a query that is counted and read a file at a time, and yield those of a
    file in `versions`.
    """

    limit = 1000 // len(settings.CONTENT_LANGUAGES)

    def items(self) -> QuerySet:
        raise NotImplementedError

    def versions(self, items: Any) -> Iterable[Versions]:
        raise NotImplementedError

    def get_latest_lastmod(self) -> datetime | None:
        raise NotImplementedError

    @cached_property
    def paginator(self) -> Paginator:
        return Paginator(self.items(), self.limit)

    def get_urls(self, page: int | str = 1, site: Any = None, protocol: str | None = None) -> list[dict[str, Any]]:
        """Return the entries of one file, with the host of the settings, whatever host was asked."""
        entries = [
            Entry(path, thing.paths, thing.changed.get(code))
            for thing in self.versions(cast(QuerySet, self.paginator.page(page).object_list))
            for code, path in thing.paths.items()
        ]
        self.latest_lastmod = max((entry.changed for entry in entries if entry.changed), default=None)
        return [
            {
                "item": entry,
                "location": _address(entry.path),
                "lastmod": entry.changed,
                "changefreq": None,
                "priority": "",
                "alternates": _alternates(entry.paths),
            }
            for entry in entries
        ]


def _address(path: str) -> str:
    return urljoin(settings.WAGTAILADMIN_BASE_URL + "/", path)


def _alternates(paths: dict[str, str]) -> list[dict]:
    """The languages of a thing; the Dutch one is also for visitors who speak none of them."""
    alternates = [{"lang_code": code, "location": _address(path)} for code, path in paths.items()]
    if SOURCE_LANGUAGE in paths:
        alternates.append({"lang_code": "x-default", "location": _address(paths[SOURCE_LANGUAGE])})
    return alternates if len(paths) > 1 else []


class PageSitemap(MultilingualSitemap):
    """Home, index pages, methods, projects, dossiers and plain pages; those that were made last come last."""

    def items(self) -> QuerySet:
        keys = self._pages().values("translation_key").annotate(first=Min("pk")).order_by("first")
        return keys.values_list("translation_key", flat=True)

    def versions(self, items: Any) -> Iterable[Versions]:
        keys = list(items)
        paths: dict[object, dict[str, str]] = {key: {} for key in keys}
        changed: dict[object, dict[str, datetime | None]] = {key: {} for key in keys}
        pages = self._pages().filter(translation_key__in=keys).select_related("locale")
        for page in pages.only("url_path", "translation_key", "last_published_at", "locale", "depth", "path"):
            if url := page.get_url():
                code = page.locale.language_code
                paths[page.translation_key][code] = url
                changed[page.translation_key][code] = page.last_published_at
        return [Versions(_in_order(paths[key]), changed[key]) for key in keys]

    def get_latest_lastmod(self) -> datetime | None:
        return self._pages().aggregate(last=Max("last_published_at"))["last"]

    @staticmethod
    def _pages() -> QuerySet:
        return visible(Page, *settings.CONTENT_LANGUAGES).filter(depth__gt=1).order_by()


def _in_order(paths: dict[str, str]) -> dict[str, str]:
    return {code: paths[code] for code in settings.CONTENT_LANGUAGES if code in paths}


class RecordSitemap(MultilingualSitemap):
    """The public records that `records()` returns, at the addresses that their index page gives them."""

    def __init__(self, records: Callable[[], QuerySet]):
        self.records = records

    def items(self) -> QuerySet:
        return self.records().order_by("pk")

    def versions(self, items: Any) -> Iterable[Versions]:
        slugs = (f"slug_{code}" for code in settings.CONTENT_LANGUAGES)
        for record in items.only("key", "last_published_at", *slugs):
            paths = {code: path for code in settings.CONTENT_LANGUAGES if (path := record.path_in(code))}
            yield Versions(paths, dict.fromkeys(paths, record.last_published_at))

    def get_latest_lastmod(self) -> datetime | None:
        return self.records().aggregate(last=Max("last_published_at"))["last"]


SITEMAPS: dict[str, Callable[[], MultilingualSitemap]] = {
    "pages": PageSitemap,
    "topics": partial(RecordSitemap, lambda: visible_records(Topic).filter(pk__in=topics_in_use())),
    "organisations": partial(RecordSitemap, partial(visible_records, Organisation)),
    "recordings": partial(RecordSitemap, listed_recordings),
}


def sitemap_index(request: HttpRequest) -> TemplateResponse:
    """Django's index of the files, without sections that are empty and with the host of the settings."""
    sitemaps: dict[str, Any] = {
        section: sitemap for section, make in SITEMAPS.items() if (sitemap := make()).paginator.count
    }
    response = views.index(request, sitemaps, sitemap_url_name="sitemap_section")
    for file in (response.context_data or {})["sitemaps"]:
        file.location = _address(file.location.partition(request.get_host())[2])
    return response
