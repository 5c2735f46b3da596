"""The picture of a recording, fetched once and kept here: no visitor asks the source for it (feeds.md 1.6, 5.3.11)."""

import io
import logging
from urllib.parse import urlsplit

from django.core.files.base import ContentFile
from PIL import Image

from portal.core.files.pictures import PictureError, decode_picture
from portal.core.http.client import FetchError, fetch

logger = logging.getLogger(__name__)

YOUTUBE_HOSTS = (".ytimg.com",)
FORMATS = ("JPEG", "PNG", "WEBP")
TYPES = "image/jpeg, image/png, image/webp"
MAX_BYTES = 2_000_000
MAX_PIXELS = 20_000_000
WIDEST = 1280
PLACEHOLDER_WIDTH = 120  # the grey picture that YouTube gives for one that it does not have
BLACK = 24


class NoPicture(Exception):
    """What came is no picture that can be shown."""


def fetch_poster(url: str) -> ContentFile | None:
    """The picture at an address as a fresh JPEG file; None, with the reason in the log, when there is none to use.

    Of a YouTube picture the large form is tried first, which not every video has.
    """
    for address in _sizes(url):
        try:
            answer = fetch(address, accept=TYPES, max_bytes=MAX_BYTES, allowed_hosts=hosts_of(url))
            if answer.status != 200:
                raise NoPicture(f"status {answer.status}")
            return ContentFile(reencoded(answer.body), name="poster.jpg")
        except (FetchError, NoPicture) as error:
            logger.info("no poster from %s: %s", address, error)
    return None


def hosts_of(url: str) -> tuple[str, ...] | None:
    """Where a picture may come from: one of YouTube from its own hosts, one that a feed names from anywhere."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        host = ""
    return YOUTUBE_HOSTS if host.endswith(YOUTUBE_HOSTS) else None


def reencoded(body: bytes) -> bytes:
    """The picture itself, as a new JPEG file without anything else that was in the old one. Raises NoPicture."""
    try:
        plain = decode_picture(body, FORMATS, MAX_PIXELS).convert("RGB")
    except PictureError as error:
        raise NoPicture(f"not a picture: {error}") from error
    plain.info.clear()  # Pillow writes a comment into the new file that it read in the old one
    if plain.width <= PLACEHOLDER_WIDTH:
        raise NoPicture("only a placeholder")
    plain = _without_bars(plain)
    plain.thumbnail((WIDEST, WIDEST))
    written = io.BytesIO()
    plain.save(written, "JPEG", quality=85, optimize=True)
    return written.getvalue()


def _sizes(url: str) -> list[str]:
    large = url.replace("/hqdefault.jpg", "/maxresdefault.jpg")
    return [url] if large == url or not url else [large, url]


def _without_bars(picture: Image.Image) -> Image.Image:
    """A wide picture that was put into 4:3 between black bars, without them."""
    bar = round((picture.height - picture.width * 9 / 16) / 2)
    if picture.width * 3 != picture.height * 4 or bar < 1:
        return picture
    bars = (picture.crop((0, top, picture.width, top + bar)) for top in (0, picture.height - bar))
    if any(high > BLACK for one in bars for _low, high in one.getextrema()):
        return picture
    return picture.crop((0, bar, picture.width, picture.height - bar))
