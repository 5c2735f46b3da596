"""Context processor: navigation, languages and site settings for every public template."""

from functools import partial
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject, cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from portal.core.ask_links import ask_url
from portal.core.content.records import text_in
from portal.core.content.site_details import site_words
from portal.core.content.structured_data import Frame, structured_data
from portal.core.http.middleware import language_of_path
from portal.core.models import BasePage, SiteWords
from portal.core.routing.structure import Place, structure


def site(request: HttpRequest) -> dict[str, Any]:
    """Return the variables of the public site, each computed when a template uses it; only the language in the admin.

    A view says which page or record it shows in `request.thing`, so that the languages lead to the same thing.
    """
    language = language_of_path(request.path_info) or settings.LANGUAGE_CODE
    if request.path_info.startswith("/admin"):
        return {"language": language}
    frame = SiteContext(request, language)
    names = (
        "site_name",
        "site_tagline",
        "publisher",
        "words_language",
        "nav",
        "footer_groups",
        "languages",
        "alternates",
        "search_url",
        "structured_data",
    )
    variables = {name: SimpleLazyObject(partial(getattr, frame, name)) for name in names}
    return variables | {
        "language": language,
        "home_url": f"/{language}/",
        "canonical_url": settings.WAGTAILADMIN_BASE_URL + request.path,
        "base_url": settings.WAGTAILADMIN_BASE_URL,
    }


class SiteContext:
    """The variables of one page in one language. Costs the same few queries for every page."""

    def __init__(self, request: HttpRequest, language: str):
        self.request = request
        self.language = language

    @cached_property
    def _words(self) -> SiteWords:
        return site_words()

    @property
    def site_name(self) -> str:
        return self._words.name

    @property
    def site_tagline(self) -> str:
        return text_in(self._words, "tagline", self.language)[0]

    @property
    def publisher(self) -> str:
        return text_in(self._words, "publisher", self.language)[0]

    @property
    def words_language(self) -> dict[str, str]:
        """The languages that the tagline and the publisher are shown in, by field of SiteWords."""
        return {field: text_in(self._words, field, self.language)[1] for field in ("tagline", "publisher")}

    @cached_property
    def _sections(self) -> list[Place]:
        return structure().public_sections(self.language)

    @cached_property
    def _ask(self) -> str:
        """The address of the form for questions; "" where there is none."""
        return urlsplit(ask_url(self.language)).path

    def _current(self, url: str) -> str:
        """The value of `aria-current` for a link: "page" on that page, "true" on one under it, else ""."""
        path = self.request.path_info
        return "page" if path == url else "true" if path.startswith(url) else ""

    def _entry(self, place: Place) -> dict:
        return {
            "title": place.title,
            "short_title": getattr(place.model, "short_title", ""),
            "url": place.url,
            "current": self._current(place.url),
        }

    @property
    def nav(self) -> list[dict]:
        """The sections that are in the menu, then the form for questions; that of the visited page is `current`."""
        entries = [self._entry(place) for place in self._sections if place.in_menus and place.url != self._ask]
        if self._ask:
            current = self._current(self._ask)
            entries.append({"title": _("Ask us"), "short_title": _("Questions"), "url": self._ask, "current": current})
        return entries

    @property
    def footer_groups(self) -> list[dict]:
        """The sections that are not in the menu, under the headings of the footer. Each heading has some.

        The form for questions is in the menu.
        """
        headings = {"find": _("Look further"), "about": _("About this portal")}
        links: dict[str, list[dict]] = {name: [] for name in headings}
        for place in self._sections:
            if not place.in_menus and place.url != self._ask:
                links[getattr(place.model, "footer_group", "about")].append(self._entry(place))
        return [{"name": name, "title": title, "links": links[name]} for name, title in headings.items() if links[name]]

    @cached_property
    def _versions(self) -> dict[str, str]:
        return paths_by_language(getattr(self.request, "thing", None))

    @property
    def _choices(self) -> str:
        """What the visitor chose on this page, as the query string: filters, question, view, page."""
        read = getattr(self.request, "parameters", frozenset())
        query = QueryDict(mutable=True)
        for name, values in self.request.GET.lists():
            if name in read:
                query.setlist(name, values)
        return f"?{query.urlencode()}" if query else ""

    @property
    def languages(self) -> list[dict]:
        """The content languages, each with this same page, narrowed as it is; its home where it has no such page."""
        choices = self._choices
        return [
            {
                "code": code,
                "name": name,
                "url": self._versions[code] + choices if code in self._versions else f"/{code}/",
                "exists": code in self._versions,
                "current": code == self.language,
            }
            for code, name in settings.WAGTAIL_CONTENT_LANGUAGES
        ]

    @property
    def alternates(self) -> list[dict]:
        """The absolute addresses for `hreflang`; `x-default` is the Dutch one."""
        found = [{"code": code, "url": settings.WAGTAILADMIN_BASE_URL + url} for code, url in self._versions.items()]
        if settings.LANGUAGE_CODE in self._versions:
            found.append(
                {"code": "x-default", "url": settings.WAGTAILADMIN_BASE_URL + self._versions[settings.LANGUAGE_CODE]}
            )
        return found

    @property
    def search_url(self) -> str:
        try:
            return reverse(f"search_{self.language}")
        except NoReverseMatch:
            return ""

    @property
    def structured_data(self) -> SafeString:
        """What the page says, for machines; "" where a view shows something that is no page or record."""
        shown = getattr(self.request, "shown", None)
        if shown is None:
            return SafeString("")
        frame = Frame(
            site_name=self.site_name,
            publisher=self.publisher,
            home_url=f"/{self.language}/",
            search_url=self.search_url,
            url=self.request.path,
            language=self.language,
        )
        return structured_data(shown, frame)


def paths_by_language(thing: Any) -> dict[str, str]:
    """Return the paths of a page or record in the content languages, as {language code: path}.

    A view without a page (search) may give the paths itself, as such a dictionary.
    """
    if isinstance(thing, dict):
        return thing
    if isinstance(thing, BasePage):
        return {code: page.get_url() for code, page in thing.language_versions().items()} if thing.pk else {}
    if thing is not None:
        return {code: path for code in settings.CONTENT_LANGUAGES if (path := thing.path_in(code))}
    return {}
