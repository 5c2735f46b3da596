"""Where links to other sites stand: on pages in every language, in records, and in what rooms say besides."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.db.models import Model

from portal.core.content.records import Record
from portal.core.content.site_details import site_words
from portal.core.models import BasePage
from portal.core.publishing.visibility import SOURCE_LANGUAGE, visible, visible_records
from portal.links.addresses import addresses_in
from portal.links.models import LONGEST

Linked = tuple[Model, Iterable[str]]

_others: list[Callable[[], Iterable[Linked]]] = []


def register_outside_links(linked: Callable[[], Iterable[Linked]]) -> None:
    """Register `linked()`: public pages or records with the addresses to which visitors are led from there.

    Only for addresses that are not in a field of the page or record itself: those are found without it.
    """
    _others.append(linked)


def places_of_links() -> dict[str, list[Model]]:
    """Return the addresses that visitors can follow to other sites, each with the pages and records it stands on.

    Of a page that has it in several languages only one is named, the Dutch one if it can be.
    """
    places: dict[str, dict[object, Model]] = defaultdict(dict)
    for thing, addresses in _linked():
        identity = (type(thing), getattr(thing, "translation_key", thing.pk))
        for address in addresses:
            if _can_be_tried(address):
                places[address].setdefault(identity, thing)
    return {address: list(things.values()) for address, things in places.items()}


def websites() -> set[str]:
    """Return the addresses of which a page always shows when they were reached."""
    return {website for page in _pages(SOURCE_LANGUAGE) if (website := getattr(page, "website", ""))}


def _linked() -> Iterator[Linked]:
    translated = [language for language in settings.CONTENT_LANGUAGES if language != SOURCE_LANGUAGE]
    things: list[Model] = [*_pages(SOURCE_LANGUAGE), *_pages(*translated), *_records(), site_words()]
    yield from ((thing, addresses_in(thing)) for thing in things)
    for linked in _others:
        yield from linked()


def _pages(*languages: str) -> Iterator[BasePage]:
    for model in apps.get_models():
        if issubclass(model, BasePage):
            yield from visible(model, *languages)


def _records() -> Iterator[Record]:
    for model in apps.get_models():
        if issubclass(model, Record):
            yield from visible_records(model)


def _can_be_tried(address: str) -> bool:
    """Whether it leads to a website that is not this one, and is no longer than what can be stored."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    here = urlsplit(settings.WAGTAILADMIN_BASE_URL).netloc
    return parts.scheme in ("http", "https") and parts.netloc not in ("", here) and len(address) <= LONGEST
