"""The registry of the kinds of source. To add one, see `base.Adapter`."""

from django.utils.functional import Promise

from portal.feeds.adapters.base import Adapter
from portal.feeds.adapters.calendar_file import CalendarFile
from portal.feeds.adapters.file_base import FileAdapter
from portal.feeds.adapters.linkedin_api import LinkedinApi
from portal.feeds.adapters.linkedin_export import LinkedinExport
from portal.feeds.adapters.own_table import OwnTable
from portal.feeds.adapters.video_list import VideoList
from portal.feeds.adapters.web_feed import WebFeed
from portal.feeds.adapters.youtube_api import YoutubeApi
from portal.feeds.adapters.youtube_atom import YoutubeAtom

ADAPTERS: tuple[Adapter, ...] = (
    YoutubeAtom(),
    YoutubeApi(),
    LinkedinApi(),
    WebFeed(),
    # In this order: the first that recognises a file reads it.
    CalendarFile(),
    LinkedinExport(),
    OwnTable(),
    VideoList(),
)
ADAPTERS_BY_KIND: dict[str, Adapter] = {adapter.kind: adapter for adapter in ADAPTERS}


def adapter_for(kind: str) -> Adapter:
    """Return the adapter of a kind of source. Raises KeyError for an unknown kind."""
    return ADAPTERS_BY_KIND[kind]


def pulled_adapters() -> list[Adapter]:
    """Return the kinds of source that are pulled from the web."""
    return [adapter for adapter in ADAPTERS if adapter.is_pulled]


def file_adapters() -> list[FileAdapter]:
    """Return the kinds of file that staff can import."""
    return [adapter for adapter in ADAPTERS if isinstance(adapter, FileAdapter)]


def kind_choices() -> list[tuple[str, str | Promise]]:
    """Return the kinds of source as choices of a field."""
    return [(adapter.kind, adapter.label) for adapter in ADAPTERS]


def session_prefixes() -> tuple[str, ...]:
    """Return the beginnings of the ids of items that announce a session and are no recording of it."""
    return tuple(prefix for adapter in ADAPTERS for prefix in adapter.session_prefixes)
