"""What the entries of a feed become: who each one is, when it was, and what is odd about it (feeds.md 2.3 and 5.5).

A bridge invents identities and dates, and publishes its own failures as entries. So a post of LinkedIn is known by its
number only, which also tells its moment, and a video of YouTube by its id; anything else keeps the identity that its
feed gives it.
"""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from urllib.parse import urlsplit

from portal.feeds.choices import Reason
from portal.feeds.contract import ItemValues
from portal.feeds.guess import guess_kind
from portal.feeds.identity import stand_in_id
from portal.feeds.linkedin import Post, posts_in
from portal.feeds.linkedin_post import post_values, title_of
from portal.feeds.moments import EARLIEST
from portal.feeds.text import clean_text, clean_title
from portal.feeds.youtube import GONE_TITLES, video_in

_LINKEDIN = re.compile(r"(^|\.)linkedin\.com$|^lnkd\.in$")
# A number that a bridge adds at every run (feeds.md 2.3).
_RUN = re.compile(r"[?&]v=\d{9,14}$")


@dataclass(frozen=True)
class Entry:
    """One entry as its feed gives it: plain texts, moments that were read, and what could not be read."""

    guid: str
    link: str
    title: str
    text: str
    published_at: datetime | None
    updated_at: datetime | None
    strange_date: bool


@dataclass(frozen=True)
class Feed:
    """The entries of a feed, and the address of what it is about."""

    home: str
    entries: tuple[Entry, ...]


def item_values(feed: Feed) -> tuple[ItemValues, ...]:
    """The entries as values to keep. Of two with the same identity the one that was updated last is kept."""
    guids = Counter(entry.guid for entry in feed.entries)
    shared = {guid for guid, times in guids.items() if times > 1}
    of_linkedin = _is_linkedin(feed.home) or any(_is_linkedin(entry.link) for entry in feed.entries)
    found: dict[str, ItemValues] = {}
    for entry in feed.entries:
        values = _values(entry, of_linkedin, shared)
        twin = found.get(values.external_id)
        if twin is None or (values.updated_at or EARLIEST) > (twin.updated_at or EARLIEST):
            found[values.external_id] = values
    return tuple(found.values())


def web_address(address: str) -> str:
    """The address when it is one of the web that can be kept, else ""."""
    return address if address.startswith(("https://", "http://")) and len(address) <= 500 else ""


def _values(entry: Entry, of_linkedin: bool, shared: set[str]) -> ItemValues:
    if posts := posts_in(entry.guid, entry.link):
        return _post(entry, posts)
    if of_linkedin:
        # Its own text is all that a bridge's message about itself has; one of them a place is enough to know.
        return _plain(entry, stand_in_id("no number", entry.link.split("?")[0], None), Reason.NO_URN)
    if video := video_in(entry.link):
        return _plain(entry, f"yt:{video}", url=f"https://www.youtube.com/watch?v={video}")
    identity = entry.link if not entry.guid or (entry.guid in shared and entry.link) else _RUN.sub("", entry.guid)
    if not identity:
        return _plain(entry, stand_in_id(entry.title, entry.text, entry.published_at), Reason.NO_ID)
    return _plain(entry, "web:" + sha256(identity.encode()).hexdigest()[:40])


def _post(entry: Entry, posts: list[Post]) -> ItemValues:
    """A post of LinkedIn: its date is that of its number, whatever the bridge says."""
    first, *others = posts
    return post_values(first, _title(entry), entry.text, others=others)


def _plain(entry: Entry, external_id: str, reason: str = "", url: str = "") -> ItemValues:
    title, text = _title(entry), clean_text(entry.text)
    return ItemValues(
        external_id=external_id,
        title=title,
        text=text,
        url=url or web_address(entry.link),
        thumbnail_url="",
        published_at=entry.published_at,
        updated_at=entry.updated_at,
        kind_guess=guess_kind(title, text),
        reason=reason or _reason(entry, title),
    )


def _reason(entry: Entry, title: str) -> str:
    if title in GONE_TITLES:
        return Reason.UNAVAILABLE
    if not title:
        return Reason.NO_TITLE
    if entry.strange_date:
        return Reason.STRANGE_DATE
    return "" if entry.published_at else Reason.NO_DATE


def _title(entry: Entry) -> str:
    """The title, else the beginning of the text: a short message has none."""
    return clean_title(entry.title) or title_of(entry.text)


def _is_linkedin(address: str) -> bool:
    try:
        return bool(_LINKEDIN.search(urlsplit(address).hostname or ""))
    except ValueError:
        return False
