"""What a visitor may see, in one place: live, public, on this site, in this language (docs/design.md section 3)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Model, Q, QuerySet
from django.utils import translation
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, Site
from wagtail.query import PageQuerySet

from portal.core.routing.structure import structure

SOURCE_LANGUAGE = settings.LANGUAGE_CODE


def public(pages: QuerySet) -> QuerySet:
    """Return the pages of a queryset that no view restriction hides."""
    for branch in structure().restricted:
        pages = pages.exclude(path__startswith=branch)
    return pages


def visible(model: type[Page], *languages: str) -> QuerySet:
    """Return the pages of `model` that a visitor may see in these languages (the active one when none is given)."""
    return public(model.objects.live()).filter(_on_this_site(*(languages or (translation.get_language(),))))


def _on_this_site(*languages: str) -> Q:
    """The condition that a page is in one of these languages, under the home of it."""
    here = Q(pk__in=[])
    for _site, path, _url, code in Site.get_site_root_paths():
        if code in languages:
            here |= Q(url_path__startswith=path, locale__language_code=code)
    return here


def visible_records(model: type[Model]) -> QuerySet:
    """Return the records of `model` that a visitor may see."""
    return model._default_manager.filter(live=True)


def without_texts(pages: QuerySet) -> QuerySet:
    """Defer the long texts of pages, which lists do not show."""
    fields = pages.model._meta.get_fields()
    return pages.defer(*(field.name for field in fields if isinstance(field, RichTextField | StreamField)))


@dataclass(frozen=True)
class ShownPage:
    """A page of a list as it is shown in a language, with its Dutch page.

    `languages` are those in which it is public, of the languages that were read.
    """

    page: Page
    original: Page
    language: str
    languages: tuple[str, ...]


def shown_in(language: str, pages: PageQuerySet, which: Q, *, every_language: bool = False) -> list[ShownPage]:
    """The public Dutch pages that answer to `which`, as they are shown in a language: the translation, else the Dutch.

    `pages` says what is read of them and in which order. `every_language` is for a list that names the languages of
    each page. One query (and those that `pages` prefetches) however many pages there are. Each page knows its Dutch
    page as `original`.
    """
    languages = settings.CONTENT_LANGUAGES if every_language else {SOURCE_LANGUAGE, language}
    dutch = visible(pages.model, SOURCE_LANGUAGE).filter(which).order_by().values("translation_key")
    found = public(pages.live()).filter(_on_this_site(*languages), translation_key__in=dutch)
    versions: dict[object, dict[str, Page]] = {}
    originals = []
    for page in found.select_related("locale"):
        code = page.locale.language_code
        versions.setdefault(page.translation_key, {})[code] = page
        if code == SOURCE_LANGUAGE:
            originals.append(page)
    return [_shown(original, versions[original.translation_key], language) for original in originals]


@dataclass(frozen=True)
class ShownWords:
    """What a list shows of a page in a language.

    `facts` are columns of its Dutch page, by their name, `row` the same ones of the page that is shown.
    """

    title: str
    lead: str
    url: str
    language: str
    languages: tuple[str, ...]
    facts: Any  # a named tuple, whose names are only known when it is read
    row: Any


def words_in(
    language: str,
    model: type[Page],
    which: Q,
    *facts: str,
    every_language: bool = False,
    order: Iterable[str] = ("pk",),
    **expressions: Any,
) -> list[ShownWords]:
    """As `shown_in`, for a list that needs no more than the words of a page and some columns of the Dutch one.

    `expressions` are columns to compute, by their name. Columns cost a tenth of pages. One query however many pages
    there are.
    """
    languages = settings.CONTENT_LANGUAGES if every_language else {SOURCE_LANGUAGE, language}
    dutch = visible(model, SOURCE_LANGUAGE).filter(which).order_by().values("translation_key")
    pages = public(model.objects.live()).filter(_on_this_site(*languages), translation_key__in=dutch).order_by(*order)
    columns = (
        "locale__language_code",
        "pk",
        "key",
        "translation_key",
        "title",
        "lead",
        "url_path",
        *facts,
        *expressions,
    )
    versions: dict[object, dict[str, Any]] = {}
    originals: list[Any] = []
    for row in pages.annotate(**expressions).values_list(*columns, named=True):
        versions.setdefault(row.translation_key, {})[row.locale__language_code] = row
        if row.locale__language_code == SOURCE_LANGUAGE:
            originals.append(row)
    return [_words(original, versions[original.translation_key], language) for original in originals]


def _words(original: Any, versions: dict[str, Any], language: str) -> ShownWords:
    code = language if language in versions else SOURCE_LANGUAGE
    row = versions[code]
    languages = tuple(known for known in settings.CONTENT_LANGUAGES if known in versions)
    return ShownWords(row.title, row.lead, _url(row.url_path, code), code, languages, original, row)


def _url(url_path: str, language: str) -> str:
    """The address of a page on this site, which begins with its language (portal/urls.py)."""
    for _site, path, _root, code in Site.get_site_root_paths():
        if code == language and url_path.startswith(path):
            return f"/{language}/{url_path.removeprefix(path)}"
    return ""


def _shown(original: Page, versions: dict[str, Page], language: str) -> ShownPage:
    code = language if language in versions else SOURCE_LANGUAGE
    page = versions[code]
    page.original = original
    return ShownPage(page, original, code, tuple(known for known in settings.CONTENT_LANGUAGES if known in versions))


def public_versions(pages: Iterable[Page]) -> dict[str, Page]:
    """Return the versions of one page that a visitor may see, as {content language: page}."""
    known = {page.language: page for page in pages if page.live and structure().is_open(page.path)}
    return {code: known[code] for code in settings.CONTENT_LANGUAGES if code in known}
