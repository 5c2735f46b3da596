"""What a feed says of a film or a sound: how long it is, its picture, and where the file is (Media RSS, podcasts).

Such elements stand anywhere under an entry, in groups and in groups of groups.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from portal.feeds.platforms.youtube.video_values import seconds_of

LONGEST_S = 10**7

_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,4}):(\d{1,2})(?:[.,]\d+)?")
_SECONDS = re.compile(r"(\d{1,8})(?:[.,]\d+)?(?: ?s(?:ec(?:onds?)?)?)?")
_WORDS = re.compile(r"(?:(\d{1,3}) ?h[a-z]*)? ?(?:(\d{1,4}) ?m[a-z]*)? ?(?:(\d{1,5}) ?s[a-z]*)?")
_PLAYED = re.compile(r"\.(?:mp4|m4v|webm|mov|mkv|avi|mpe?g|ogv|mp3|m4a|aac|og[ga]|opus|wav|flac)$")
_PICTURE = re.compile(r"\.(?:jpe?g|png|webp|gif|avif)$")
_MEDIA, _ITUNES = "search.yahoo.com/mrss", "www.itunes.com/dtds/podcast-1.0.dtd"


@dataclass(frozen=True)
class Media:
    """What is known of the film or sound of an entry; addresses as they are written there."""

    duration_s: int | None = None
    picture: str = ""
    file_url: str = ""


@dataclass(frozen=True)
class File:
    """One file that an entry names."""

    address: str
    sort: str  # its MIME type or medium
    is_default: bool = False

    @property
    def is_played(self) -> bool:
        if self.sort.endswith("flash"):
            return False
        return self.sort.startswith(("video", "audio")) or (not self._is_told and self._ends(_PLAYED))

    @property
    def is_picture(self) -> bool:
        return self.sort.startswith("image") or (not self._is_told and self._ends(_PICTURE))

    @property
    def _is_told(self) -> bool:
        return self.sort not in ("", "application/octet-stream", "binary/octet-stream")

    def _ends(self, endings: re.Pattern) -> bool:
        try:
            return bool(endings.search(urlsplit(self.address.strip()).path.lower()))
        except ValueError:
            return False


def media_of(entry: Element, usable: Callable[[str], str]) -> Media:
    """What the elements under an entry say; `usable` makes an address that can be kept of what is written, or ""."""
    elements = list(_known(entry))
    lengths = [clock_seconds(element.text or "") for name, element in elements if name == "itunes:duration"]
    lengths += [clock_seconds(element.get("duration", "")) for name, element in elements if name == "media:content"]
    pictures = [element.get("url", "") for name, element in elements if name == "media:thumbnail"]
    pictures += [element.get("href", "") for name, element in elements if name == "itunes:image"]
    files = [_file(name, element) for name, element in elements if name in ("enclosure", "media:content", "link")]
    return chosen(lengths, pictures, files, usable)


def chosen(lengths: list[int | None], pictures: list[str], files: list[File], usable: Callable[[str], str]) -> Media:
    """The first of each that can be kept; of the files the one that is the usual one, and a film before a sound."""
    played = [file for file in files if file.is_played]
    played.sort(key=lambda file: (not file.is_default, file.sort.startswith("audio")))
    pictures = [*pictures, *(file.address for file in files if file.is_picture)]
    return Media(
        next((length for length in lengths if length), None),
        next(filter(None, map(usable, pictures)), ""),
        next(filter(None, (usable(file.address) for file in played)), ""),
    )


def clock_seconds(written: str) -> int | None:
    """The seconds of a length as feeds write it: 3725, 3725.4, 1:02:05, 62:05, 1h 2m 5s, PT1H2M5S; None for none."""
    written = " ".join(written.lower().split())
    if match := _CLOCK.fullmatch(written):
        hours, minutes, seconds = (int(number or 0) for number in match.groups())
        total = hours * 3600 + minutes * 60 + seconds
    elif match := _SECONDS.fullmatch(written):
        total = int(match[1])
    elif written and (match := _WORDS.fullmatch(written)):
        hours, minutes, seconds = (int(number or 0) for number in match.groups())
        total = hours * 3600 + minutes * 60 + seconds
    else:
        return seconds_of(written.upper())
    return total if 0 < total < LONGEST_S else None


def _known(entry: Element) -> Iterator[tuple[str, Element]]:
    """The elements under an entry that have to do with files, with the name by which they are known here."""
    for element in entry.iter():
        if not isinstance(element.tag, str):
            continue
        space, _brace, local = element.tag.removeprefix("{").rpartition("}")
        space = space.lower().partition("://")[2].rstrip("/")
        if space in (_MEDIA, _ITUNES):
            yield f"{'media' if space == _MEDIA else 'itunes'}:{local}", element
        elif local == "enclosure" or (local == "link" and element.get("rel") == "enclosure"):
            yield local, element


def _file(name: str, element: Element) -> File:
    address = element.get("href" if name == "link" else "url", "")
    sort = (element.get("type") or element.get("medium") or "").strip().lower()
    return File(address, sort, element.get("isDefault") == "true")
