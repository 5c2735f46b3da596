"""Where links to other sites stand: the pages that name them among their sources, and what else a page links.

An app whose records lead elsewhere registers them (`register_promised`): a visitor is told that something is to be
had at the address, so a page that refuses a check, or that is another page by now, is not good enough there.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import urlsplit

from django.apps import apps

from portal.core.content.records import Record
from portal.core.models import SourcedPage
from portal.core.publishing.visibility import SOURCE_LANGUAGE, visible
from portal.links.models import LONGEST

_promised: list[Callable[[], Iterable[tuple[str, Record]]]] = []


def register_promised(places: Callable[[], Iterable[tuple[str, Record]]]) -> None:
    """Register `places()`, which returns addresses at which something is to be had, each with its record."""
    _promised.append(places)


def promised() -> dict[str, list[Record]]:
    """Return the addresses at which something is to be had, each with the records that say so."""
    found = defaultdict(list)
    for places in _promised:
        for address, record in places():
            if _can_be_tried(address):
                found[address].append(record)
    return dict(found)


def places_of_links() -> dict[str, list[SourcedPage | Record]]:
    """Return the addresses that public pages and records link, each with the Dutch pages and records with it."""
    places: dict[str, list[SourcedPage | Record]] = defaultdict(
        list, {key: [*value] for key, value in promised().items()}
    )
    for page in _pages():
        for address in dict.fromkeys(page.outside_links()):
            if _can_be_tried(address):
                places[address].append(page)
    return dict(places)


def websites() -> set[str]:
    """Return the addresses of which a page always shows when they were reached."""
    return {website for page in _pages() if (website := getattr(page, "website", ""))}


def _pages() -> Iterator[SourcedPage]:
    for model in apps.get_models():
        if issubclass(model, SourcedPage):
            yield from visible(model, SOURCE_LANGUAGE)


def _can_be_tried(address: str) -> bool:
    return urlsplit(address).scheme in ("http", "https") and len(address) <= LONGEST
