"""Decides by which of its names an entry of a feed is identified: guid, link, or title and date."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Self
from urllib.parse import urlsplit

from portal.feeds.adapters.web_feed.entry import Entry, Feed
from portal.feeds.reading.item_ids import RUN_PREFIX, fallback_id, short_hash

MAX_SHARED_NAMES = 500

_LINKEDIN = re.compile(r"(^|\.)linkedin\.com$|^lnkd\.in$")
# A number that a bridge adds in every run (docs/feed-rules.md 2.3).
_RUN_NUMBER = re.compile(r"[?&]v=\d{9,14}$")


@dataclass(frozen=True)
class IdentityRules:
    """What is known about the ids of a source. It is stored on the source, so that one odd response changes nothing.

    `of_linkedin` says that the source is a bridge to LinkedIn. `shared` are hashes of guids and links that several
    entries had and that therefore identify none.
    """

    of_linkedin: bool = False
    shared: frozenset[str] = frozenset()

    @classmethod
    def from_memory(cls, memory: dict) -> Self:
        stored = memory.get("entries") or {}
        return cls(bool(stored.get("of_linkedin")), frozenset(stored.get("shared") or ()))

    def with_feed(self, feed: Feed) -> Self:
        """Return the rules with what this response adds to them."""
        shared = [*sorted(self.shared), *(short_hash(name) for name in sorted(shared_names(feed.entries)))]
        first_ones = frozenset(list(dict.fromkeys(shared))[:MAX_SHARED_NAMES])
        return replace(self, of_linkedin=self.of_linkedin or is_linkedin_address(feed.home), shared=first_ones)

    def to_memory(self) -> dict:
        """Return what to store on the source; nothing if its ids are ordinary."""
        stored = {"of_linkedin": self.of_linkedin, "shared": sorted(self.shared)}
        return {"entries": stored} if any(stored.values()) else {}

    def is_unique(self, name: str) -> bool:
        """Return whether a guid or link belongs to one entry only."""
        return bool(name) and short_hash(name) not in self.shared


def shared_names(entries: tuple[Entry, ...]) -> Iterator[str]:
    """Yield the guids and links that several different entries have.

    The same entry twice has the same guid and the same link. A guid that all entries have identifies none of them
    (docs/feed-rules.md 5.6.3).
    """
    by_guid: dict[str, list[Entry]] = defaultdict(list)
    by_link: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_guid[entry.guid].append(entry)
    by_guid.pop("", None)
    for guid, group in by_guid.items():
        titles, links = {title_or_text(entry) for entry in group}, {entry.link for entry in group}
        is_everywhere = len(group) == len(entries) and (len(group) > 2 or links == {""})
        if len(links) > 1 or (is_everywhere and len(titles) > 1):
            yield guid
            for entry in group:
                by_link[entry.link].append(entry)
    for entry in entries:
        if not entry.guid:
            by_link[entry.link].append(entry)
    by_link.pop("", None)
    for link, group in by_link.items():
        if len({title_or_text(entry) for entry in group}) > 1:
            yield link


def title_or_text(entry: Entry) -> str:
    """Return the title of an entry; a short message has only a text."""
    return entry.title or entry.text


def former_ids_of(entry: Entry, rules: IdentityRules) -> Iterator[str]:
    """Yield the ids under which earlier versions of the portal may have stored an entry."""
    for guid in filter(None, (entry.guid, *entry.former_guids)):
        yield "web:" + short_hash(guid)
        if (without := _RUN_NUMBER.sub("", guid)) != guid:
            yield RUN_PREFIX + short_hash(without)
            yield "web:" + short_hash(without)
    for link in filter(None, (entry.link, *entry.former_links)):
        if rules.is_unique(link):
            yield "web:" + short_hash(link)
            yield "web:" + short_hash(re.sub(r"^https?", "http" if link.startswith("https") else "https", link))
        yield unnumbered_id(link)


def unnumbered_id(link: str) -> str:
    """Return the id of a bridge's entry without the number of a post: all such entries at one address share it."""
    return fallback_id("no number", link.split("?")[0], None)


def is_linkedin_name(name: str) -> bool:
    """Return whether a guid or link is LinkedIn's own, and does not only contain an address of LinkedIn."""
    return name.startswith("urn:li:") or is_linkedin_address(name)


def is_linkedin_address(address: str) -> bool:
    """Return whether an address is on a host of LinkedIn."""
    try:
        return bool(_LINKEDIN.search(urlsplit(address).hostname or ""))
    except ValueError:
        return False
