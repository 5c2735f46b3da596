"""The sitemap: every public page and record in every language, each with its other languages (sitemaps.org)."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
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

# (the path in each language, when it last changed in each language)
Versions = tuple[dict[str, str], dict[str, datetime | None]]


class EveryLanguage(Sitemap):
    """A sitemap of things that have an address in each of some languages; subclasses tell them in `versions`."""

    def versions(self) -> Iterable[Versions]:
        raise NotImplementedError

    @cached_property
    def _found(self) -> list[tuple[str, str, dict[str, str], datetime | None]]:
        return [
            (code, path, paths, changed.get(code)) for paths, changed in self.versions() for code, path in paths.items()
        ]

    def items(self):
        return self._found

    def get_urls(self, page=1, site=None, protocol=None):
        """The entries of one page of the sitemap. Addresses are those of the settings, whatever host was asked."""
        moments = [changed for _code, _path, _paths, changed in self._found if changed]
        self.latest_lastmod = max(moments, default=None)
        return [
            {
                "item": entry,
                "location": _address(entry[1]),
                "lastmod": entry[3],
                "changefreq": None,
                "priority": "",
                "alternates": _alternates(entry[2]),
            }
            for entry in self.paginator.page(page).object_list
        ]


def _address(path: str) -> str:
    return urljoin(settings.WAGTAILADMIN_BASE_URL + "/", path)


def _alternates(paths: dict[str, str]) -> list[dict]:
    """The languages of a thing; the Dutch one is also for who speaks none of them."""
    found = [{"lang_code": code, "location": _address(path)} for code, path in paths.items()]
    if SOURCE_LANGUAGE in paths:
        found.append({"lang_code": "x-default", "location": _address(paths[SOURCE_LANGUAGE])})
    return found if len(paths) > 1 else []


class PageSitemap(EveryLanguage):
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
        return [(own, changed[key]) for key, own in paths.items()]


class RecordSitemap(EveryLanguage):
    """Public records of one type, at the addresses that their index page gives them; `records()` says which."""

    def __init__(self, records: Callable[[], QuerySet]):
        self.records = records

    def versions(self) -> Iterable[Versions]:
        for record in self.records().order_by("pk"):
            paths = {code: path for code in settings.CONTENT_LANGUAGES if (path := record.path_in(code))}
            yield paths, dict.fromkeys(paths, record.last_published_at)


SITEMAPS = {
    "pages": PageSitemap,
    "topics": partial(RecordSitemap, partial(visible_records, Topic)),
    "organisations": partial(RecordSitemap, partial(visible_records, Organisation)),
    "recordings": partial(RecordSitemap, listed_recordings),
}
