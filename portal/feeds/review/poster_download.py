"""Downloads the picture of a recording, so that no visitor requests it from the source.

See docs/feed-rules.md 1.6, 5.3.11.
"""

import io
import logging
from typing import TypeAlias, cast
from urllib.parse import urlsplit

from django.core.files.base import ContentFile
from PIL import Image

from portal.core.files.pictures import PictureError, decode_picture
from portal.core.http.client import FetchError, fetch

logger = logging.getLogger(__name__)

Extremes: TypeAlias = tuple[tuple[int, int], ...]

YOUTUBE_HOSTS = (".ytimg.com",)
FORMATS = ("JPEG", "PNG", "WEBP")
TYPES = "image/jpeg, image/png, image/webp"
MAX_BYTES = 2_000_000
MAX_PIXELS = 20_000_000
MAX_WIDTH = 1280
PLACEHOLDER_WIDTH = 120  # of the grey picture that YouTube sends for a missing one
BLACK = 24


class PosterError(Exception):
    """The response is no picture that can be shown."""


def fetch_poster(url: str) -> ContentFile | None:
    """Return the picture at an address as a new JPEG file; None, with the reason in the log, if there is none to use.

    For a picture of YouTube the large form is tried first, which not every video has.
    """
    for address in _sizes(url):
        try:
            answer = fetch(address, accept=TYPES, max_bytes=MAX_BYTES, allowed_hosts=allowed_hosts_for(url))
            if answer.status != 200:
                raise PosterError(f"status {answer.status}")
            return ContentFile(reencode(answer.body), name="poster.jpg")
        except (FetchError, PosterError) as error:
            logger.info("no poster from %s: %s", address, error)
    return None


def allowed_hosts_for(url: str) -> tuple[str, ...] | None:
    """Return the hosts that a picture may be fetched from: YouTube's for a picture of YouTube, else None for any."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        host = ""
    return YOUTUBE_HOSTS if host.endswith(YOUTUBE_HOSTS) else None


def reencode(body: bytes) -> bytes:
    """Return the picture as a new JPEG file without any metadata. Raises PosterError."""
    try:
        picture = decode_picture(body, FORMATS, MAX_PIXELS).convert("RGB")
    except PictureError as error:
        raise PosterError(f"not a picture: {error}") from error
    picture.info.clear()  # Pillow would copy the comment of the old file
    if picture.width <= PLACEHOLDER_WIDTH:
        raise PosterError("only a placeholder")
    picture = _without_bars(picture)
    picture.thumbnail((MAX_WIDTH, MAX_WIDTH))
    jpeg = io.BytesIO()
    picture.save(jpeg, "JPEG", quality=85, optimize=True)
    return jpeg.getvalue()


def _sizes(url: str) -> list[str]:
    large = url.replace("/hqdefault.jpg", "/maxresdefault.jpg")
    return [url] if large == url or not url else [large, url]


def _without_bars(picture: Image.Image) -> Image.Image:
    """Return a wide picture in a 4:3 frame without the black bars above and below."""
    bar = round((picture.height - picture.width * 9 / 16) / 2)
    if picture.width * 3 != picture.height * 4 or bar < 1:
        return picture
    bars = (picture.crop((0, top, picture.width, top + bar)) for top in (0, picture.height - bar))
    # An RGB picture has a pair of extremes for each channel.
    if any(channel[1] > BLACK for bar_picture in bars for channel in cast(Extremes, bar_picture.getextrema())):
        return picture
    return picture.crop((0, bar, picture.width, picture.height - bar))
