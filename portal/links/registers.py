"""What this app tells the registers of core."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Model

from portal.core.content.records import Record
from portal.core.models import BasePage
from portal.core.page_cache.registry import ALL, Paths, Visibility, register_cached_model
from portal.links.models import OutsideLink
from portal.links.places import places_of_links, promised


def register() -> None:
    """Called when the app is ready."""
    register_cached_model(OutsideLink, Visibility.ALWAYS, paths=paths_of_link)


def paths_of_link(link: OutsideLink) -> Paths:
    """The paths of the pages and records on which a link stands, in every language; all where one promises something.

    Such a record moves to another list when its address is lost, and lists stand on many pages.
    """
    if link.address in promised():
        return ALL
    return frozenset(path for thing in places_of_links().get(link.address, []) for path in _paths_of(thing))


def _paths_of(thing: Model) -> Iterator[str]:
    if isinstance(thing, BasePage):
        yield from (urlsplit(url).path for page in thing.versions if page.live and (url := page.get_url()))
    elif isinstance(thing, Record):
        yield from (path for language in settings.CONTENT_LANGUAGES if (path := thing.path_in(language)))
