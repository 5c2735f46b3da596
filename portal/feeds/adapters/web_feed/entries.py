"""Turns the entries of a feed into item values (docs/feed-rules.md 2.3 and 5.6).

A bridge invents ids and dates, and publishes its own failures as entries. So a post of LinkedIn is identified by its
number only, which also holds its date, and a video of YouTube by its id. Any other entry keeps the id that its feed
gives it, compared as a string.
"""

from dataclasses import dataclass, replace
from urllib.parse import urljoin

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from portal.feeds.adapters.web_feed.entry import Entry, Feed
from portal.feeds.adapters.web_feed.identity import (
    IdentityRules,
    former_ids_of,
    is_linkedin_name,
    title_or_text,
    unnumbered_id,
)
from portal.feeds.choices import Reason
from portal.feeds.item_values import ItemValues
from portal.feeds.platforms.linkedin.post_ids import Post, find_posts
from portal.feeds.platforms.linkedin.post_values import post_values, title_of
from portal.feeds.platforms.youtube.video_ids import REMOVED_TITLES, external_id_of, find_video_id, watch_url
from portal.feeds.reading.dates import EARLIEST
from portal.feeds.reading.entry_limit import left_out_remarks
from portal.feeds.reading.item_ids import fallback_id, short_hash
from portal.feeds.reading.kind_guess import guess_item_kind
from portal.feeds.reading.text import clean_text, clean_title

_SHARED = _(
    "Several entries of this feed have the same id. They are distinguished by their addresses, or else "
    "by their titles and dates."
)
_TWICE = _("Entries that came twice with the same id and address: {number}. Of each the newest was kept.")


@dataclass(frozen=True)
class ParsedEntries:
    """The item values of a feed, remarks for the log, and what to store on the source for the next pull."""

    items: tuple[ItemValues, ...]
    remarks: tuple[str | Promise, ...]
    memory: dict


def read_entries(feed: Feed, memory: dict) -> ParsedEntries:
    """Return the item values of a feed. Of two entries with the same id the one that was updated last is used."""
    before = IdentityRules.from_memory(memory)
    rules = before.with_feed(feed)
    found: dict[str, ItemValues] = {}
    twice = 0
    for entry in feed.entries:
        values = _values(entry, rules)
        twin = found.get(values.external_id)
        twice += twin is not None and (twin.title, twin.text) != (values.title, values.text)
        if twin is None or (values.updated_at or EARLIEST) > (twin.updated_at or EARLIEST):
            found[values.external_id] = values
    remarks: list[str | Promise] = [_SHARED] if rules.shared != before.shared else []
    remarks += [format_lazy(_TWICE, number=twice)] if twice else []
    remarks += left_out_remarks(feed.left_out)
    return ParsedEntries(tuple(found.values()), tuple(remarks), rules.to_memory())


def _values(entry: Entry, rules: IdentityRules) -> ItemValues:
    names = [name for name in (entry.guid, entry.link) if rules.of_linkedin or is_linkedin_name(name)]
    if posts := find_posts(*names):
        return _post(entry, posts)
    if rules.of_linkedin:
        # Without the number of a post it is a message of the bridge about itself: one for each address is enough.
        former_ids = tuple(unnumbered_id(link) for link in entry.former_links)
        return replace(_plain(entry, unnumbered_id(entry.link), Reason.NO_URN), former_ids=former_ids)
    if video := find_video_id(entry.link):
        return _plain(entry, external_id_of(video), url=watch_url(video))
    return replace(_values_of_feed_only(entry, rules), former_ids=tuple(former_ids_of(entry, rules)))


def _values_of_feed_only(entry: Entry, rules: IdentityRules) -> ItemValues:
    """Return the values of an entry that no platform knows, with an id from its guid, link, or title and date."""
    for name in (entry.guid, entry.link):
        if rules.is_unique(name):
            return _plain(entry, "web:" + short_hash(name))
    if entry.guid or entry.link:
        return _plain(entry, "web:" + short_hash(title_or_text(entry), str(entry.published_at)))
    return _plain(entry, fallback_id(entry.title, entry.text, entry.published_at), Reason.NO_ID)


def _post(entry: Entry, posts: list[Post]) -> ItemValues:
    """Return the values of a post of LinkedIn, dated by its number and not by the bridge."""
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
        kind_guess=guess_item_kind(title, text),
        reason=reason or _reason(entry, title),
        duration_s=entry.media.duration_s,
        file_url=entry.media.file_url,
    )


def _reason(entry: Entry, title: str) -> str:
    if title in REMOVED_TITLES:
        return Reason.UNAVAILABLE
    if not title:
        return Reason.NO_TITLE
    if entry.strange_date:
        return Reason.STRANGE_DATE
    return "" if entry.published_at else Reason.NO_DATE


def _title(entry: Entry) -> str:
    """Return the title, or the beginning of the text for a short message without title."""
    return clean_title(entry.title) or title_of(entry.text)


def resolve(base: str, name: str) -> str:
    """Return a name resolved as an address relative to a base, as earlier versions of the portal did with ids."""
    try:
        return urljoin(base, name)
    except ValueError:
        return name
