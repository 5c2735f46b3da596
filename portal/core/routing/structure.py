"""The structure of the site: the homes, the pages right under them, and what is not for everybody.

Every request asks for some of it and it hardly ever changes: it is read with one query and kept until something does.
"""

from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, F, OuterRef, Q
from wagtail.models import Page, PageViewRestriction, Site

from portal.core.page_cache.cached_values import cached_until_publish

# A home stands right under Wagtail's own root (HomePage.parent_page_types).
HOME_DEPTH = 2


@dataclass(frozen=True)
class Place:
    """A home or a page directly under one. `branch` is its path in the tree, with which those below it begin."""

    pk: int
    model: type[Page]
    language: str
    slug: str
    title: str
    url: str
    in_menus: bool
    is_public: bool
    branch: str
    translation_key: object


@dataclass(frozen=True)
class Structure:
    """`homes` by language; `sections` by language and slug, in their order; `restricted`: the branches to hide."""

    homes: dict[str, Place] = field(default_factory=dict)
    sections: dict[str, dict[str, Place]] = field(default_factory=dict)
    restricted: tuple[str, ...] = ()

    def is_open(self, branch: str) -> bool:
        """Whether no view restriction holds here: on the page itself or on one above it."""
        return not branch.startswith(self.restricted)

    def public_sections(self, language: str) -> list[Place]:
        """The pages right under the home of a language that a visitor may see, in their order."""
        return [place for place in self.sections.get(language, {}).values() if place.is_public]


def structure() -> Structure:
    """Return the current structure. One query after a change, none until the next."""
    return cached_until_publish(("structure",), _read)


def index_place(model: type[Page], language: str) -> Place | None:
    """Return the place of the only public index page of a type in a language, or None."""
    return next((place for place in structure().public_sections(language) if place.model is model), None)


def index_path(model: type[Page], language: str) -> str | None:
    """Return the path of the only public index page of a type in a language, or None."""
    place = index_place(model, language)
    return place.url if place else None


def index_crumbs(model: type[Page], language: str) -> list[dict[str, str]]:
    """The breadcrumb of the index page of a type, as a list; empty when it is not public in a language."""
    place = index_place(model, language)
    return [{"title": place.title, "url": place.url}] if place else []


def _read() -> Structure:
    roots = {(root.language_code, root.root_path) for root in Site.get_site_root_paths()}
    shut = PageViewRestriction.objects.filter(page=OuterRef("pk"))
    pages = Page.objects.annotate(shut=Exists(shut), language=F("locale__language_code")).order_by("path")
    pages = pages.filter(Q(depth__in=(HOME_DEPTH, HOME_DEPTH + 1)) | Q(shut=True)).values_list(*_COLUMNS, named=True)
    found = Structure(restricted=tuple(page.path for page in pages if page.shut))
    for page in pages:  # by their path: a home comes before what is under it
        home = found.homes.get(page.language)
        if page.depth == HOME_DEPTH and (page.language, page.url_path) in roots:
            found.homes[page.language] = _place(page, found, f"/{page.language}/")
        elif page.depth == HOME_DEPTH + 1 and home and page.path.startswith(home.branch):
            own = found.sections.setdefault(page.language, {})
            own[page.slug] = _place(page, found, f"{home.url}{page.slug}/")
    return found


_COLUMNS = (
    *("pk", "path", "depth", "url_path", "slug", "title", "language", "translation_key"),
    *("content_type_id", "live", "show_in_menus", "shut"),
)


def _place(page: Any, known: Structure, url: str) -> Place:
    return Place(
        pk=page.pk,
        model=ContentType.objects.get_for_id(page.content_type_id).model_class() or Page,  # Page: of a removed app
        language=page.language,
        slug=page.slug,
        title=page.title,
        url=url,
        in_menus=page.show_in_menus,
        is_public=page.live and known.is_open(page.path),
        branch=page.path,
        translation_key=page.translation_key,
    )
