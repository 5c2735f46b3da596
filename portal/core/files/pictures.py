"""Removes metadata from pictures: place, date, person and device.

A camera writes into a picture where and when it was taken, with what, and often a second, smaller picture. `cleaned`
takes all of that out and leaves the picture as it is: pixels, colour profile, and which side is up. What a format
may hold is listed here; whatever is not on the list goes, so that no new kind of note has to be known first. Pillow
alone could do it by writing every picture anew, which costs quality each time, and seconds.
"""

import io
import itertools
import logging
import struct
import zlib
from collections.abc import Callable, Iterator

from django.conf import settings
from PIL import ExifTags, Image, ImageOps, ImageSequence

logger = logging.getLogger(__name__)

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")
UPRIGHT = 1
MOST_FRAMES = 1_000


class PictureError(ValueError):
    """The file is not a picture, or is incomplete."""


class PictureTooLargeError(PictureError):
    """Decoding the picture would take too much memory or time."""


def decode_picture(content: bytes, formats: tuple[str, ...] = FORMATS, most_pixels: int = 0) -> Image.Image:
    """Return the picture at its first frame, after decoding every frame. Raises PictureError.

    The size stands at the beginning of a file and is looked at before memory is taken for the pixels. Frames are
    counted while they are read, because a GIF does not say how many it has.
    """
    most_pixels = most_pixels or settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS
    try:
        picture = Image.open(io.BytesIO(content), formats=formats)
        for frame in itertools.count():
            try:
                picture.seek(frame)
            except EOFError:
                break
            if frame == MOST_FRAMES or picture.width * picture.height * (frame + 1) > most_pixels:
                raise PictureTooLargeError(f"{picture.width} x {picture.height} pixels, frame {frame + 1}")
            picture.load()
        picture.seek(0)
        picture.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PictureTooLargeError(str(error)) from error
    except PictureError:
        raise
    except Exception as error:  # Pillow's readers raise almost anything at a file that was made to break them
        raise PictureError(f"{type(error).__name__}: {error}") from error
    return picture


def strip_metadata(content: bytes) -> bytes:
    """Return the same picture with only its pixels, colour profile and orientation. Raises PictureError.

    What is clean comes back as it is. AVIF is written anew when there is something to take out; every other format
    is copied part by part, so that no pixel changes.
    """
    for begins, clean in _CLEANERS:
        if begins(content):
            try:
                return clean(content)
            except (IndexError, struct.error) as error:
                raise PictureError("the file ends too early") from error
    raise PictureError("neither JPEG, PNG, WebP, GIF nor AVIF")


def _orientation(content: bytes) -> int:
    """Return the orientation of the picture as Exif numbers it; UPRIGHT when it cannot be read."""
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
            found = picture.getexif().get(ExifTags.Base.Orientation, UPRIGHT)
    except Exception as error:  # as in `decoded`
        logger.info("the orientation of a picture cannot be read: %s", error)
        return UPRIGHT
    return found if found in range(1, 9) else UPRIGHT


def _exif(orientation: int) -> bytes:
    """Return Exif data with the orientation only."""
    return b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01" + struct.pack(">HHI", orientation, 0, 0)


# JPEG: ISO/IEC 10918-1, Annex B

_NO_LENGTH = {0x00, 0x01, *range(0xD0, 0xD9)}


def _clean_jpeg(content: bytes) -> bytes:
    parts, at = [], 2
    while (at := content.find(b"\xff", at)) >= 0:
        marker = content[at + 1]
        if marker == 0xD9:
            break  # what follows is another picture or a film
        if marker == 0xFF:
            at += 1  # padding
            continue
        if marker in _NO_LENGTH:
            at += 2
            continue
        length = struct.unpack_from(">H", content, at + 2)[0]
        segment = content[at : at + 2 + length]
        if length < 2 or len(segment) != 2 + length:
            raise PictureError("a JPEG segment is cut off")
        at += len(segment)
        if marker == 0xDA:
            end = _end_of_scan(content, at)
            segment += content[at:end]
            at = end
        parts.append(_kept_jpeg(marker, segment))
    first = _jpeg_segment(0xE1, b"Exif\0\0" + _exif(turned)) if (turned := _orientation(content)) != UPRIGHT else b""
    has_jfif = parts and parts[0][:2] == b"\xff\xe0"
    parts.insert(1 if has_jfif else 0, first)
    return b"\xff\xd8" + b"".join(parts) + b"\xff\xd9"


def _end_of_scan(content: bytes, at: int) -> int:
    """Return where the compressed pixels end: at a marker that is no stuffed byte and no restart, or at the end."""
    while 0 <= (at := content.find(b"\xff", at)) < len(content) - 1:
        if content[at + 1] and content[at + 1] not in range(0xD0, 0xD8):
            return at
        at += 2
    return len(content)


def _jpeg_segment(marker: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def _kept_jpeg(marker: int, segment: bytes) -> bytes:
    body = segment[4:]
    if marker == 0xE0 and body.startswith(b"JFIF\0") and len(body) >= 14:
        return _jpeg_segment(marker, body[:12] + b"\0\0")  # without its small picture
    if marker == 0xE2 and body.startswith(b"ICC_PROFILE\0"):
        return segment
    if marker == 0xEE and body.startswith(b"Adobe"):
        return _jpeg_segment(marker, body[:12])
    return b"" if marker in range(0xE0, 0xF0) or marker >= 0xF0 else segment


# PNG: https://www.w3.org/TR/png-3/

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_CHUNKS = set(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP cICP mDCV cLLI sBIT bKGD hIST pHYs acTL fcTL fdAT".split()
)


def _clean_png(content: bytes) -> bytes:
    parts, at, kind = [_PNG], len(_PNG), b""
    while kind != b"IEND":
        length, kind = struct.unpack_from(">I4s", content, at)
        chunk = content[at : at + 12 + length]
        if len(chunk) != 12 + length:
            raise PictureError("a chunk of the PNG is cut off")
        at += len(chunk)
        if kind in _PNG_CHUNKS:
            parts.append(chunk)
    if (turned := _orientation(content)) != UPRIGHT:
        body = b"eXIf" + _exif(turned)
        parts.insert(2, struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body)))
    return b"".join(parts)


# WebP: RFC 9649

_WEBP_CHUNKS = {b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP"}
_FRAME_CHUNKS = {b"VP8 ", b"VP8L", b"ALPH"}
_HAS_EXIF, _HAS_XMP = 0x08, 0x04


def _clean_webp(content: bytes) -> bytes:
    size = struct.unpack_from("<I", content, 4)[0]
    if len(content) < 8 + size:
        raise PictureError("the WebP is cut off")
    turned = _orientation(content)
    parts = []
    for kind, body in _riff(content[12 : 8 + size]):
        if kind == b"VP8X":
            body = bytes([body[0] & ~(_HAS_EXIF | _HAS_XMP) | (_HAS_EXIF if turned != UPRIGHT else 0)]) + body[1:10]
        if kind == b"ANMF":
            body = body[:16] + b"".join(_chunk(*one) for one in _riff(body[16:]) if one[0] in _FRAME_CHUNKS)
        if kind in _WEBP_CHUNKS:
            parts.append(_chunk(kind, body))
    if turned != UPRIGHT:
        parts.append(_chunk(b"EXIF", _exif(turned)))
    body = b"WEBP" + b"".join(parts)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _riff(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at < len(content):
        kind, length = struct.unpack_from("<4sI", content, at)
        body = content[at + 8 : at + 8 + length]
        if len(body) != length:
            raise PictureError("a chunk of the WebP is cut off")
        yield kind, body
        at += 8 + length + length % 2


def _chunk(kind: bytes, body: bytes) -> bytes:
    return kind + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)


# GIF: https://www.w3.org/Graphics/GIF/spec-gif89a.txt

_GIF_APPLICATIONS = (b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012")


def _clean_gif(content: bytes) -> bytes:
    at = 13 + _gif_palette(content[10])
    parts = [content[:at]]
    while content[at] != 0x3B:
        begin = at
        if content[at] == 0x2C:
            at = _gif_blocks(content, at + 11 + _gif_palette(content[at + 9]))
            parts.append(content[begin:at])
        elif content[at] == 0x21:
            at = _gif_blocks(content, at + 2)
            label, name = content[begin + 1], content[begin + 3 : begin + 14]
            if label == 0xF9 or (label == 0xFF and name in _GIF_APPLICATIONS):
                parts.append(content[begin:at])
        else:
            raise PictureError("a block of the GIF is of no known kind")
    return b"".join(parts) + b";"


def _gif_palette(flags: int) -> int:
    """Return the number of bytes of the colour table that follows."""
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _gif_blocks(content: bytes, at: int) -> int:
    """Return where a sequence of sub-blocks ends."""
    while content[at]:
        at += content[at] + 1
    return at + 1


# AVIF: https://aomediacodec.github.io/av1-avif/

_AVIF_BOXES = {b"ftyp", b"meta", b"mdat", b"moov"}
_AVIF_NOTES = (b"Exif", b"mime", b"uri ", b"udta", b"uuid")


def _clean_avif(content: bytes) -> bytes:
    if all(
        kind in _AVIF_BOXES and not (kind != b"mdat" and any(note in body for note in _AVIF_NOTES))
        for kind, body in _boxes(content)
    ):
        return content
    picture = decode_picture(content, ("AVIF",))
    frames, durations = [], []
    for frame in ImageSequence.Iterator(picture):
        frames.append(ImageOps.exif_transpose(frame))
        durations.append(frame.info.get("duration", 0))
    # Turned upright rather than noted: libavif 1.4 crashes while it writes moving pictures with an orientation.
    note = {"exif": b"", "xmp": b"", "icc_profile": picture.info.get("icc_profile") or b""}
    if len(frames) > 1:
        note |= {"save_all": True, "append_images": frames[1:], "duration": durations}
    written = io.BytesIO()
    frames[0].save(written, "AVIF", quality=90, **note)
    return written.getvalue()


def _boxes(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at < len(content):
        length, kind = struct.unpack_from(">I4s", content, at)
        head = 8
        if length == 1:
            length, head = struct.unpack_from(">Q", content, at + 8)[0], 16
        elif length == 0:
            length = len(content) - at
        if length < head or at + length > len(content):
            raise PictureError("a box of the AVIF is cut off")
        yield kind, content[at + head : at + length]
        at += length


_CLEANERS: tuple[tuple[Callable[[bytes], bool], Callable[[bytes], bytes]], ...] = (
    (lambda content: content.startswith(b"\xff\xd8\xff"), _clean_jpeg),
    (lambda content: content.startswith(_PNG), _clean_png),
    (lambda content: content[:4] == b"RIFF" and content[8:12] == b"WEBP", _clean_webp),
    (lambda content: content[:6] in (b"GIF87a", b"GIF89a"), _clean_gif),
    (lambda content: content[4:8] == b"ftyp", _clean_avif),
)
