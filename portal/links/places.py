"""Where links to other sites stand: the pages that name them among their sources, and what else a page links."""

from collections import defaultdict
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.apps import apps

from portal.core.models import SourcedPage
from portal.core.publishing.visibility import SOURCE_LANGUAGE, visible
from portal.links.models import LONGEST


def places_of_links() -> dict[str, list[SourcedPage]]:
    """Return the addresses that public pages link, each with the Dutch pages on which it stands."""
    places = defaultdict(list)
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
