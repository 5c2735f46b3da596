"""The register of adapters: one for each kind of source, all with the interface of `contract.Adapter`.

Another kind is a folder here and a line in `REGISTER`; the form of a source takes it from there.
"""

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

REGISTER: tuple[Adapter, ...] = (
    YoutubeAtom(),
    YoutubeApi(),
    LinkedinApi(),
    WebFeed(),
    # In this order: each looks whether a file is one of its own.
    CalendarFile(),
    LinkedinExport(),
    OwnTable(),
    VideoList(),
)
ADAPTERS: dict[str, Adapter] = {adapter.kind: adapter for adapter in REGISTER}


def adapter_for(kind: str) -> Adapter:
    """The adapter of a kind of source. Raises KeyError for a kind that has none."""
    return ADAPTERS[kind]


def files() -> list[FileAdapter]:
    """The kinds of file that staff can bring in."""
    return [adapter for adapter in REGISTER if isinstance(adapter, FileAdapter)]


def kinds() -> list[tuple[str, str]]:
    """The kinds of source, as choices for a field."""
    return [(adapter.kind, adapter.label) for adapter in REGISTER]
