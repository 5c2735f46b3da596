"""What this app tells the registers of core."""

from urllib.parse import urlsplit

from portal.core.content.records import Record
from portal.core.models import SourcedPage
from portal.core.page_cache.registry import ALL, Paths, Visibility, register_cached_model
from portal.links.models import OutsideLink
from portal.links.places import places_of_links


def register() -> None:
    """Called when the app is ready."""
    register_cached_model(OutsideLink, Visibility.ALWAYS, paths=paths_of_link)


def paths_of_link(link: OutsideLink) -> Paths:
    """The paths of the pages on which a link stands, in every language; all where a record promises something there."""
    places = places_of_links().get(link.address, [])
    if any(isinstance(place, Record) for place in places):
        return ALL
    pages = [version for page in places if isinstance(page, SourcedPage) for version in page.versions]
    return frozenset(urlsplit(url).path for page in pages if page.live and (url := page.get_url()))
