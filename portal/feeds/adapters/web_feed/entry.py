"""The entries of a feed, as the parsers of XML and JSON return them."""

from dataclasses import dataclass
from datetime import datetime

from portal.feeds.adapters.web_feed.media import Media


@dataclass(frozen=True)
class Entry:
    """One entry, with plain texts and parsed dates.

    `strange_date` says that it has a date that cannot be right. `link` is an address that can be stored, or "".
    `former_guids` and `former_links` are its guid and link as earlier versions of the portal understood them.
    """

    guid: str
    link: str
    title: str
    text: str
    published_at: datetime | None
    updated_at: datetime | None
    strange_date: bool
    media: Media = Media()
    former_guids: tuple[str, ...] = ()
    former_links: tuple[str, ...] = ()


@dataclass(frozen=True)
class Feed:
    """The newest entries of a feed, the address of its website, and how many entries were left out."""

    home: str
    entries: tuple[Entry, ...]
    left_out: int = 0
