"""What the entries of a YouTube feed say, and what is odd about each (feeds.md 1.1 and 1.2)."""

import re
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from portal.core.http.client_rules import is_test_server
from portal.feeds.adapters.contract import ItemValues, Unusable
from portal.feeds.choices import Reason
from portal.feeds.platforms.youtube.ids import GONE_TITLES, VIDEO
from portal.feeds.reading.content_type_guess import guess_kind
from portal.feeds.reading.dates import EARLIEST, iso_moment
from portal.feeds.reading.entry_limit import newest
from portal.feeds.reading.item_ids import stand_in_id
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
    """The newest entries of a feed document, and how many older ones were left out.

    Of two entries with the same id the one that was updated last is kept.
    """
    if root.tag != f"{_ATOM}feed":
        raise Unusable("not_a_feed", _("The source answered with something that is not a YouTube feed."))
    entries = root.findall(f"{_ATOM}entry")
    found: dict[str, ItemValues] = {}
    if entries and not any(VIDEO.fullmatch(_video(entry)) for entry in entries):
        raise Unusable("not_a_feed", _("The source answered with something that is not a YouTube feed."))
    read = newest(entries, lambda entry: iso_moment(_text(entry, f"{_ATOM}published"))[0])
    for values in (_values(entry, channel) for entry in read):
        twin = found.get(values.external_id)
        if twin is None or (values.updated_at or EARLIEST) > (twin.updated_at or EARLIEST):
            found[values.external_id] = values
    return tuple(found.values()), len(entries) - len(read)


def _text(entry: Element, path: str) -> str:
    return entry.findtext(path) or ""


def _video(entry: Element) -> str:
    """The id of the video; an id without YouTube's prefix is that of something else."""
    atom_id = re.fullmatch(r"yt:video:(.*)", _text(entry, f"{_ATOM}id").strip())
    return _text(entry, f"{_YT}videoId").strip() or (atom_id[1] if atom_id else "")


def _values(entry: Element, channel: str) -> ItemValues:
    """One entry. What is wrong with it becomes its `reason`; nothing in an entry makes the others unreadable."""
    video = _video(entry)
    valid = VIDEO.fullmatch(video) is not None
    title = clean_title(_text(entry, f"{_ATOM}title") or _text(entry, f"{_MEDIA}group/{_MEDIA}title"))
    text = clean_text(_text(entry, f"{_MEDIA}group/{_MEDIA}description"))
    short = any("/shorts/" in link.get("href", "") for link in entry.findall(f"{_ATOM}link"))
    published, strange = iso_moment(_text(entry, f"{_ATOM}published"))
    updated, _strange_update = iso_moment(_text(entry, f"{_ATOM}updated"))
    return ItemValues(
        external_id=f"yt:{video}" if valid else stand_in_id(title, text, published),
        title=title,
        text=text,
        url=f"https://www.youtube.com/{'shorts/' if short else 'watch?v='}{video}" if valid else "",
        thumbnail_url=_thumbnail(entry, video) if valid else "",
        published_at=published,
        updated_at=updated,
        kind_guess=guess_kind(title, text, short=short),
        reason=_reason(entry, valid, title, channel, published, strange, short),
    )


def _reason(entry, valid, title, channel, published, strange, short) -> str:
    owner = _text(entry, f"{_YT}channelId").strip()
    if not valid:
        return Reason.NO_ID
    if title in GONE_TITLES:
        return Reason.UNAVAILABLE
    if not title:
        return Reason.NO_TITLE
    if channel and owner and owner.removeprefix("UC") != channel.removeprefix("UC"):
        return Reason.OTHER_CHANNEL
    if strange:
        return Reason.STRANGE_DATE
    if short:
        return Reason.SHORT
    views = entry.find(f"{_MEDIA}group/{_MEDIA}community/{_MEDIA}statistics")
    if views is not None and views.get("views") == "0":
        return Reason.NO_VIEWS
    return "" if published else Reason.NO_DATE


def _thumbnail(entry: Element, video: str) -> str:
    """The picture's address at one host name (the feed rotates i1 to i4); never one at another place."""
    given = entry.find(f"{_MEDIA}group/{_MEDIA}thumbnail")
    address = "" if given is None else given.get("url", "")
    if settings.GUARDED_CLIENT_ALLOW and is_test_server(urlsplit(address).netloc):
        return address
    return f"https://i.ytimg.com/vi/{video}/hqdefault.jpg"
