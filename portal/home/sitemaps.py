"""The sitemap: every public page and record in every language, each with its other languages (sitemaps.org)."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.utils.functional import cached_property
from wagtail.models import Page

from portal.core.publishing.visibility import SOURCE_LANGUAGE, visible, visible_records
from portal.organisations.models import Organisation
from portal.topics.models import Topic
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
    """A sitemap of things with an address in each of some languages; subclasses yield them in `versions`."""

    def versions(self) -> Iterable[Versions]:
        raise NotImplementedError

    @cached_property
    def _entries(self) -> list[Entry]:
        return [
            Entry(path, thing.paths, thing.changed.get(code))
            for thing in self.versions()
            for code, path in thing.paths.items()
        ]

    def items(self) -> list[Entry]:
        return self._entries

    def get_urls(self, page: int | str = 1, site: Any = None, protocol: str | None = None) -> list[dict[str, Any]]:
        """Return the entries of one page of the sitemap, with the host of the settings, whatever host was asked."""
        self.latest_lastmod = max((entry.changed for entry in self._entries if entry.changed), default=None)
        return [
            {
                "item": entry,
                "location": _address(entry.path),
                "lastmod": entry.changed,
                "changefreq": None,
                "priority": "",
                "alternates": _alternates(entry.paths),
            }
            for entry in self.paginator.page(page).object_list
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
    """Home, index pages, methods, projects, dossiers and plain pages."""

    def versions(self) -> Iterable[Versions]:
        paths: dict[object, dict[str, str]] = defaultdict(dict)
        changed: dict[object, dict[str, datetime | None]] = defaultdict(dict)
        for code in settings.CONTENT_LANGUAGES:
            pages = (
                visible(Page, code)
                .filter(depth__gt=1)
                .only("url_path", "translation_key", "last_published_at", "locale", "depth", "path", "content_type")
            )
            for page in pages.order_by("path"):
                if url := page.get_url():
                    paths[page.translation_key][code] = url
                    changed[page.translation_key][code] = page.last_published_at
        return [Versions(paths[key], changed[key]) for key in paths]


class RecordSitemap(MultilingualSitemap):
    """The public records that `records()` returns, at the addresses that their index page gives them."""

    def __init__(self, records: Callable[[], QuerySet]):
        self.records = records

    def versions(self) -> Iterable[Versions]:
        for record in self.records().order_by("pk"):
            paths = {code: path for code in settings.CONTENT_LANGUAGES if (path := record.path_in(code))}
            yield Versions(paths, dict.fromkeys(paths, record.last_published_at))


SITEMAPS = {
    "pages": PageSitemap,
    "topics": partial(RecordSitemap, partial(visible_records, Topic)),
    "organisations": partial(RecordSitemap, partial(visible_records, Organisation)),
    "recordings": partial(RecordSitemap, listed_recordings),
}
