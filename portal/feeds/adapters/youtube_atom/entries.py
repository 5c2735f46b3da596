"""Turns the entries of a YouTube feed into item values, with what is odd about each.

See docs/feed-rules.md 1.1 and 1.2.
"""

import re
from datetime import datetime
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from portal.core.http.client_rules import is_test_server
from portal.feeds.choices import Reason
from portal.feeds.errors import UnusableDocument
from portal.feeds.item_values import ItemValues
from portal.feeds.platforms.youtube.video_ids import (
    REMOVED_TITLES,
    VIDEO_ID,
    external_id_of,
    thumbnail_url_of,
    watch_url,
)
from portal.feeds.reading.dates import EARLIEST, parse_iso_datetime
from portal.feeds.reading.entry_limit import newest_entries
from portal.feeds.reading.item_ids import fallback_id
from portal.feeds.reading.kind_guess import guess_item_kind
from portal.feeds.reading.text import clean_text, clean_title

_ATOM, _YT, _MEDIA = (
    f"{{{name}}}"
    for name in (
        "http://www.w3.org/2005/Atom",
        "http://www.youtube.com/xml/schemas/2015",
        "http://search.yahoo.com/mrss/",
    )
)


def read_entries(root: Element, channel: str) -> tuple[tuple[ItemValues, ...], int]:
    """Return the newest entries of a feed document, and how many older ones were left out.

    Of two entries with the same id the one that was updated last is used.
    """
    if root.tag != f"{_ATOM}feed":
        raise UnusableDocument("not_a_feed", _("The source answered with something that is not a YouTube feed."))
    entries = root.findall(f"{_ATOM}entry")
    found: dict[str, ItemValues] = {}
    if entries and not any(VIDEO_ID.fullmatch(_video_id(entry)) for entry in entries):
        raise UnusableDocument("not_a_feed", _("The source answered with something that is not a YouTube feed."))
    read = newest_entries(entries, lambda entry: parse_iso_datetime(_text(entry, f"{_ATOM}published"))[0])
    for values in (_values(entry, channel) for entry in read):
        twin = found.get(values.external_id)
        if twin is None or (values.updated_at or EARLIEST) > (twin.updated_at or EARLIEST):
            found[values.external_id] = values
    return tuple(found.values()), len(entries) - len(read)


def _text(entry: Element, path: str) -> str:
    return entry.findtext(path) or ""


def _video_id(entry: Element) -> str:
    """Return the id of the video; an Atom id without YouTube's prefix is that of something else."""
    atom_id = re.fullmatch(r"yt:video:(.*)", _text(entry, f"{_ATOM}id").strip())
    return _text(entry, f"{_YT}videoId").strip() or (atom_id[1] if atom_id else "")


def _values(entry: Element, channel: str) -> ItemValues:
    """Return the values of one entry. A fault becomes its `reason`, and never affects the other entries."""
    video = _video_id(entry)
    is_valid = VIDEO_ID.fullmatch(video) is not None
    title = clean_title(_text(entry, f"{_ATOM}title") or _text(entry, f"{_MEDIA}group/{_MEDIA}title"))
    text = clean_text(_text(entry, f"{_MEDIA}group/{_MEDIA}description"))
    short = any("/shorts/" in link.get("href", "") for link in entry.findall(f"{_ATOM}link"))
    published, is_implausible = parse_iso_datetime(_text(entry, f"{_ATOM}published"))
    updated, _is_implausible = parse_iso_datetime(_text(entry, f"{_ATOM}updated"))
    return ItemValues(
        external_id=external_id_of(video) if is_valid else fallback_id(title, text, published),
        title=title,
        text=text,
        url=watch_url(video, is_short=short) if is_valid else "",
        thumbnail_url=_thumbnail(entry, video) if is_valid else "",
        published_at=published,
        updated_at=updated,
        kind_guess=guess_item_kind(title, text, short=short),
        reason=_reason(entry, is_valid, title, channel, published, is_implausible, short),
    )


def _reason(
    entry: Element,
    is_valid: bool,
    title: str,
    channel: str,
    published: datetime | None,
    is_implausible: bool,
    short: bool,
) -> str:
    owner = _text(entry, f"{_YT}channelId").strip()
    if not is_valid:
        return Reason.NO_ID
    if title in REMOVED_TITLES:
        return Reason.UNAVAILABLE
    if not title:
        return Reason.NO_TITLE
    if channel and owner and owner.removeprefix("UC") != channel.removeprefix("UC"):
        return Reason.OTHER_CHANNEL
    if is_implausible:
        return Reason.STRANGE_DATE
    if short:
        return Reason.SHORT
    views = entry.find(f"{_MEDIA}group/{_MEDIA}community/{_MEDIA}statistics")
    if views is not None and views.get("views") == "0":
        return Reason.NO_VIEWS
    return "" if published else Reason.NO_DATE


def _thumbnail(entry: Element, video: str) -> str:
    """Return the address of the picture on one host, as the feed rotates i1 to i4; never one of another site."""
    given = entry.find(f"{_MEDIA}group/{_MEDIA}thumbnail")
    address = "" if given is None else given.get("url", "")
    if settings.GUARDED_CLIENT_ALLOW and is_test_server(urlsplit(address).netloc):
        return address
    return thumbnail_url_of(video)
