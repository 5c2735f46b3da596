"""Structured data: what a page says, in the vocabulary of schema.org as JSON-LD, for search engines and other machines.

A room registers in its `registers.py` how its pages and records are described. The rule of a description: it says
nothing that the page does not say to people, and leaves out what is not known. Every page has a WebPage with its
breadcrumb, within the WebSite of its language; `Description.main` is the thing that the page is about. Things that
are the same in every language have their permanent identifier as `@id`; an article belongs to its page.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import Model
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from wagtail.models import Page

from portal.core.content.sentences import one_line

CONTEXT = "https://schema.org"
LONGEST_DESCRIPTION = 500  # characters
SEARCHED = "{search_term_string}"
# What may not stand in a script element, in its JSON spelling (as Django's own `json_script`).
_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}

Node = dict[str, Any]


@dataclass(frozen=True)
class Description:
    """What the structured data of a page say.

    `main` is the thing that the page is about, `page` what is known of the page itself. `crumbs` are the pages above
    it, for a page without a breadcrumb of its own.
    """

    main: Node | None = None
    page_type: str = "WebPage"
    page: Node = field(default_factory=dict)
    crumbs: tuple[dict[str, str], ...] = ()


@dataclass(frozen=True)
class Shown:
    """A page or record with the context in which it is shown (portal/core/page_context.py)."""

    thing: Any
    context: Any


@dataclass(frozen=True)
class Frame:
    """What every page shows around its content, and its address."""

    site_name: str
    publisher: str
    home_url: str
    search_url: str
    url: str
    language: str


_descriptions: dict[type, Callable[[Any, Any, str], Description]] = {}


def register_structured_data(model: type[Model], describe: Callable[[Any, Any, str], Description]) -> None:
    """Register `describe(thing, context, language)` for a page type, or for a record that has a page.

    Without one a page is described as a WebPage, and one with pages under it as a CollectionPage.
    """
    _descriptions[model] = describe


def structured_data(shown: Shown, frame: Frame) -> SafeString:
    """Return the structured data of a page as JSON that may stand in a script element."""
    describe = _descriptions.get(type(shown.thing))
    description = (
        describe(shown.thing, shown.context, frame.language)
        if describe
        else Description(page_type=_type_of_page(shown.thing))
    )
    is_home = frame.url == frame.home_url
    page = _page(shown, description, frame)
    graph = [_website(frame, with_search=is_home), page]
    if not is_home:
        crumbs = _breadcrumb(shown, description, page["name"], frame)
        page["breadcrumb"] = {"@id": crumbs["@id"]}
        graph.append(crumbs)
    if description.main:
        main = {"@type": description.main["@type"], "@id": f"{absolute(frame.url)}#main"} | description.main
        graph.append(main | {"mainEntityOfPage": {"@id": page["@id"]}})
        page["mainEntity"] = {"@id": main["@id"]}
    data = {"@context": CONTEXT, "@graph": [without_unknown(node) for node in graph]}
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(_ESCAPES))  # noqa: S308  (escaped)


def absolute(path: str) -> str:
    """Return the address of a path of this site, or an address as it is; "" for none."""
    return f"{settings.WAGTAILADMIN_BASE_URL}{path}" if path.startswith("/") else path


def permanent(kind: str, key: str) -> str:
    """Return the permanent identifier of a page or record as an address; "" in a preview, before it has a key."""
    return absolute(reverse("permanent_identifier", args=[kind, key])) if key else ""


def plain_text(text: str) -> str:
    """Return a description: on one line, and no longer than a machine reads."""
    return Truncator(one_line(text)).chars(LONGEST_DESCRIPTION)


def without_unknown(node: Node) -> Node:
    """Return a node without the properties of which nothing is known."""
    return {name: value for name, value in node.items() if value not in (None, "", [], {})}


def dates_of(facts: Any) -> Node:
    """Return the day of which a page is the position, where it says so."""
    return {"temporalCoverage": facts.position_as_of.isoformat()} if facts.position_as_of else {}


def citations(sources: Iterable[dict]) -> list[Node]:
    """Return the sources that a page lists, without general knowledge, which has no address."""
    return [
        {"@type": "CreativeWork", "name": source["title"], "url": source["url"]} for source in sources if source["url"]
    ]


def _website(frame: Frame, *, with_search: bool) -> Node:
    publisher = {
        "@type": "Organization",
        "@id": f"{settings.WAGTAILADMIN_BASE_URL}/#publisher",
        "name": frame.publisher,
    }
    search = {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": f"{absolute(frame.search_url)}?q={SEARCHED}"},
        "query-input": "required name=search_term_string",
    }
    return {
        "@type": "WebSite",
        "@id": f"{absolute(frame.home_url)}#website",
        "url": absolute(frame.home_url),
        "name": frame.site_name,
        "inLanguage": frame.language,
        "publisher": publisher if frame.publisher else None,
        "potentialAction": search if with_search and frame.search_url else None,
    }


def _page(shown: Shown, description: Description, frame: Frame) -> Node:
    """The page itself; a page of words says its lead, the page of a record leaves the words to the record."""
    own = {"name": frame.site_name if frame.url == frame.home_url else getattr(shown.context, "page_title", "")}
    if isinstance(shown.thing, Page):
        own = {"name": own["name"] or shown.thing.title, "description": plain_text(getattr(shown.thing, "lead", ""))}
    address = absolute(frame.url)
    return {
        "@type": description.page_type,
        "@id": address,
        "url": address,
        "inLanguage": frame.language,
        "isPartOf": {"@id": f"{absolute(frame.home_url)}#website"},
        **own,
        **description.page,
    }


def _breadcrumb(shown: Shown, description: Description, title: str, frame: Frame) -> Node:
    """Home, the pages above this one, and this one."""
    above = [*(description.crumbs or getattr(shown.context, "crumbs", ())[:-1])]
    named = [
        (frame.site_name, frame.home_url),
        *((_of_crumb(crumb, "title"), _of_crumb(crumb, "url")) for crumb in above),
        (title, frame.url),
    ]
    items = [
        {"@type": "ListItem", "position": number, "name": name, "item": {"@type": "WebPage", "@id": absolute(url)}}
        for number, (name, url) in enumerate(((name, url) for name, url in named if name and url), 1)
    ]
    return {"@type": "BreadcrumbList", "@id": f"{absolute(frame.url)}#breadcrumb", "itemListElement": items}


def _of_crumb(crumb: Any, name: str) -> str:
    """A crumb is a dictionary, or a link of another room."""
    return (crumb.get(name) if isinstance(crumb, dict) else getattr(crumb, name)) or ""


def _type_of_page(thing: Any) -> str:
    leads_to_others = isinstance(thing, Page) and bool(thing.subpage_types or getattr(thing, "record_model", None))
    return "CollectionPage" if leads_to_others else "WebPage"
