"""What the entries of a feed become: who each one is, when it was, and what is odd about it (feeds.md 2.3 and 5.6).

A bridge invents identities and dates, and publishes its own failures as entries. So a post of LinkedIn is known by its
number only, which also tells its moment, and a video of YouTube by its id; anything else keeps the identity that its
feed gives it, as the string that it is.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from portal.feeds.adapters.base import ItemValues
from portal.feeds.adapters.web_feed.media import Media
from portal.feeds.choices import Reason
from portal.feeds.platforms.linkedin.post_ids import Post, posts_in
from portal.feeds.platforms.linkedin.post_values import post_values, title_of
from portal.feeds.platforms.youtube.video_ids import GONE_TITLES, video_in
from portal.feeds.reading.dates import EARLIEST
from portal.feeds.reading.entry_limit import said_left_out
from portal.feeds.reading.item_ids import OF_RUN, hashed, stand_in_id
from portal.feeds.reading.kind_guess import guess_kind
from portal.feeds.reading.text import clean_text, clean_title

MOST_SHARED = 500

_LINKEDIN = re.compile(r"(^|\.)linkedin\.com$|^lnkd\.in$")
# A number that a bridge adds at every run (feeds.md 2.3).
_RUN = re.compile(r"[?&]v=\d{9,14}$")

_SHARED = _(
    "Several entries of this feed have the same id, which says nothing then: their addresses, or else their titles and "
    "dates, tell them apart."
)
_TWICE = _("Entries that came twice with the same id and address: {number}. Of each the newest was kept.")


@dataclass(frozen=True)
class Entry:
    """One entry as its feed gives it: plain texts, moments that were read, and what could not be read.

    `link` is an address that can be kept, or "". `former_guids` and `former_links` are what guid and link were taken
    for when they were resolved against the address that answered.
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
    """The newest entries of a feed, the address of what it is about, and how many entries were not read."""

    home: str
    entries: tuple[Entry, ...]
    left_out: int = 0


@dataclass(frozen=True)
class Rules:
    """How the entries of a source are read. The source keeps them, so that no single answer changes them.

    `of_linkedin` says that it is a bridge to LinkedIn, `shared` holds the hashes of ids and links that several entries
    had, and which therefore tell nothing.
    """

    of_linkedin: bool = False
    shared: frozenset[str] = frozenset()

    @classmethod
    def remembered(cls, memory: dict) -> "Rules":
        kept = memory.get("entries") or {}
        return cls(bool(kept.get("of_linkedin")), frozenset(kept.get("shared") or ()))

    def with_feed(self, feed: Feed) -> "Rules":
        """The same rules with what this answer adds to them."""
        shared = [*sorted(self.shared), *(hashed(name) for name in sorted(_shared_names(feed.entries)))]
        kept = frozenset(list(dict.fromkeys(shared))[:MOST_SHARED])
        return replace(self, of_linkedin=self.of_linkedin or _is_linkedin(feed.home), shared=kept)

    def memory(self) -> dict:
        """What the source has to remember; nothing as long as there is nothing special about it."""
        kept = {"of_linkedin": self.of_linkedin, "shared": sorted(self.shared)}
        return {"entries": kept} if any(kept.values()) else {}

    def tell_apart(self, name: str) -> bool:
        """Whether an id or link belongs to one entry only."""
        return bool(name) and hashed(name) not in self.shared


@dataclass(frozen=True)
class Read:
    """The entries as values to keep, with what the log should say and what the source should remember."""

    items: tuple[ItemValues, ...]
    remarks: tuple
    memory: dict


def read_entries(feed: Feed, memory: dict) -> Read:
    """The entries as values to keep. Of two with the same identity the one that was updated last is kept."""
    before = Rules.remembered(memory)
    rules = before.with_feed(feed)
    found: dict[str, ItemValues] = {}
    twice = 0
    for entry in feed.entries:
        values = _values(entry, rules)
        twin = found.get(values.external_id)
        twice += twin is not None and (twin.title, twin.text) != (values.title, values.text)
        if twin is None or (values.updated_at or EARLIEST) > (twin.updated_at or EARLIEST):
            found[values.external_id] = values
    remarks = [_SHARED] if rules.shared != before.shared else []
    remarks += [format_lazy(_TWICE, number=twice)] if twice else []
    remarks += said_left_out(feed.left_out)
    return Read(tuple(found.values()), tuple(remarks), rules.memory())


def _shared_names(entries: tuple[Entry, ...]) -> Iterator[str]:
    """The ids and links that several different entries have.

    An entry that comes twice has the same id and the same link; that all entries have is nobody's (feeds.md 5.6.3).
    """
    by_guid, by_link = defaultdict(list), defaultdict(list)
    for entry in entries:
        by_guid[entry.guid].append(entry)
    by_guid.pop("", None)
    for guid, group in by_guid.items():
        titles, links = {_words(entry) for entry in group}, {entry.link for entry in group}
        of_all = len(group) == len(entries) and (len(group) > 2 or links == {""})
        if len(links) > 1 or (of_all and len(titles) > 1):
            yield guid
            for entry in group:
                by_link[entry.link].append(entry)
    for entry in entries:
        if not entry.guid:
            by_link[entry.link].append(entry)
    by_link.pop("", None)
    for link, group in by_link.items():
        if len({_words(entry) for entry in group}) > 1:
            yield link


def _words(entry: Entry) -> str:
    return entry.title or entry.text


def _values(entry: Entry, rules: Rules) -> ItemValues:
    names = [name for name in (entry.guid, entry.link) if rules.of_linkedin or _names_linkedin(name)]
    if posts := posts_in(*names):
        return _post(entry, posts)
    if rules.of_linkedin:
        # Its own text is all that a bridge's message about itself has; one of them a place is enough to know.
        formerly = tuple(_without_number(link) for link in entry.former_links)
        return replace(_plain(entry, _without_number(entry.link), Reason.NO_URN), formerly=formerly)
    if video := video_in(entry.link):
        return _plain(entry, f"yt:{video}", url=f"https://www.youtube.com/watch?v={video}")
    return replace(_unknown_elsewhere(entry, rules), formerly=tuple(_former_ids(entry, rules)))


def _unknown_elsewhere(entry: Entry, rules: Rules) -> ItemValues:
    """An entry that only its own feed knows: by its id, else by its link, else by its title and date."""
    for name in (entry.guid, entry.link):
        if rules.tell_apart(name):
            return _plain(entry, "web:" + hashed(name))
    if entry.guid or entry.link:
        return _plain(entry, "web:" + hashed(_words(entry), str(entry.published_at)))
    return _plain(entry, stand_in_id(entry.title, entry.text, entry.published_at), Reason.NO_ID)


def _former_ids(entry: Entry, rules: Rules) -> Iterator[str]:
    """Under which ids the portal may know an entry: resolved, without a number of the run, by its link, set apart."""
    for guid in filter(None, (entry.guid, *entry.former_guids)):
        yield "web:" + hashed(guid)
        if (without := _RUN.sub("", guid)) != guid:
            yield OF_RUN + hashed(without)
            yield "web:" + hashed(without)
    for link in filter(None, (entry.link, *entry.former_links)):
        if rules.tell_apart(link):
            yield "web:" + hashed(link)
            yield "web:" + hashed(re.sub(r"^https?", "http" if link.startswith("https") else "https", link))
        yield _without_number(link)


def _without_number(link: str) -> str:
    return stand_in_id("no number", link.split("?")[0], None)


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
        url=url or entry.link or entry.media.file_url,
        thumbnail_url=entry.media.picture,
        published_at=entry.published_at,
        updated_at=entry.updated_at,
        kind_guess=guess_kind(title, text),
        reason=reason or _reason(entry, title),
        duration_s=entry.media.duration_s,
        file_url=entry.media.file_url,
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


def _names_linkedin(name: str) -> bool:
    """Whether an id or a link is one of LinkedIn's own, and does not only mention one."""
    return name.startswith("urn:li:") or _is_linkedin(name)


def _is_linkedin(address: str) -> bool:
    try:
        return bool(_LINKEDIN.search(urlsplit(address).hostname or ""))
    except ValueError:
        return False


def resolved(base: str, name: str) -> str:
    """A name as it was once taken for an address: relative to another."""
    try:
        return urljoin(base, name)
    except ValueError:
        return name
