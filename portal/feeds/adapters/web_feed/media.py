"""Reads the duration, picture and file of a film or sound from an entry (Media RSS, podcasts, JSON Feed).

The elements stand anywhere under an entry, also in nested groups.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from portal.feeds.platforms.youtube.video_values import parse_iso_duration

MAX_DURATION_S = 10**7

_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,4}):(\d{1,2})(?:[.,]\d+)?")
_SECONDS = re.compile(r"(\d{1,8})(?:[.,]\d+)?(?: ?s(?:ec(?:onds?)?)?)?")
_WORDS = re.compile(r"(?:(\d{1,3}) ?h[a-z]*)? ?(?:(\d{1,4}) ?m[a-z]*)? ?(?:(\d{1,5}) ?s[a-z]*)?")
_PLAYABLE = re.compile(r"\.(?:mp4|m4v|webm|mov|mkv|avi|mpe?g|ogv|mp3|m4a|aac|og[ga]|opus|wav|flac)$")
_PICTURE = re.compile(r"\.(?:jpe?g|png|webp|gif|avif)$")
_MEDIA, _ITUNES = "search.yahoo.com/mrss", "www.itunes.com/dtds/podcast-1.0.dtd"


@dataclass(frozen=True)
class Media:
    """The film or sound of an entry."""

    duration_s: int | None = None
    picture: str = ""
    file_url: str = ""


@dataclass(frozen=True)
class File:
    """One file that an entry names."""

    address: str
    type: str  # its MIME type or medium
    is_default: bool = False

    @property
    def is_playable(self) -> bool:
        if self.type.endswith("flash"):
            return False
        return self.type.startswith(("video", "audio")) or (not self._has_type and self._ends_with(_PLAYABLE))

    @property
    def is_picture(self) -> bool:
        return self.type.startswith("image") or (not self._has_type and self._ends_with(_PICTURE))

    @property
    def _has_type(self) -> bool:
        return self.type not in ("", "application/octet-stream", "binary/octet-stream")

    def _ends_with(self, endings: re.Pattern[str]) -> bool:
        try:
            return bool(endings.search(urlsplit(self.address.strip()).path.lower()))
        except ValueError:
            return False


def read_media(entry: Element, usable: Callable[[str], str]) -> Media:
    """Return the media of an entry; `usable` turns a written address into one that can be stored, or ""."""
    elements = list(_media_elements(entry))
    lengths = [parse_media_duration(element.text or "") for name, element in elements if name == "itunes:duration"]
    lengths += [
        parse_media_duration(element.get("duration", "")) for name, element in elements if name == "media:content"
    ]
    pictures = [element.get("url", "") for name, element in elements if name == "media:thumbnail"]
    pictures += [element.get("href", "") for name, element in elements if name == "itunes:image"]
    files = [_file(name, element) for name, element in elements if name in ("enclosure", "media:content", "link")]
    return first_usable(lengths, pictures, files, usable)


def first_usable(
    lengths: list[int | None], pictures: list[str], files: list[File], usable: Callable[[str], str]
) -> Media:
    """Return the first duration, picture and file that can be used; the default file and films come first."""
    playable = [file for file in files if file.is_playable]
    playable.sort(key=lambda file: (not file.is_default, file.type.startswith("audio")))
    pictures = [*pictures, *(file.address for file in files if file.is_picture)]
    return Media(
        next((length for length in lengths if length), None),
        next(filter(None, map(usable, pictures)), ""),
        next(filter(None, (usable(file.address) for file in playable)), ""),
    )


def parse_media_duration(written: str) -> int | None:
    """Return the seconds of a duration as feeds write it: 3725, 3725.4, 1:02:05, 62:05, 1h 2m 5s or PT1H2M5S."""
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
        return parse_iso_duration(written.upper())
    return total if 0 < total < MAX_DURATION_S else None


def _media_elements(entry: Element) -> Iterator[tuple[str, Element]]:
    """Yield the elements under an entry that are about files, as (name with the usual prefix, element)."""
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
    media_type = (element.get("type") or element.get("medium") or "").strip().lower()
    return File(address, media_type, element.get("isDefault") == "true")
