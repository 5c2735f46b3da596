"""Pictures as a telephone makes them: with place, device, person, colour profile and a side that is up."""

import io
import struct

from PIL import ExifTags, Image, ImageCms
from PIL.PngImagePlugin import PngInfo

DEVICE = "SECRETCAM"
NOTE = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{DEVICE} 51.03 4.48</x:xmpmeta>".encode()
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
TURNED = 6


def exif() -> Image.Exif:
    """What a telephone writes: device, serial number, maker's note, owner, place, and which side is up."""
    made = Image.Exif()
    made[ExifTags.Base.Orientation] = TURNED
    made[ExifTags.Base.Make] = made[ExifTags.Base.Artist] = DEVICE
    made.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.MakerNote] = DEVICE.encode() * 20
    made.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.BodySerialNumber] = DEVICE
    made.get_ifd(ExifTags.IFD.GPSInfo).update({1: "N", 2: (51.0, 1.0, 40.0), 3: "E", 4: (4.0, 28.0, 50.0), 29: DEVICE})
    return made


def pixels(size=(64, 48)) -> Image.Image:
    return Image.radial_gradient("L").resize(size).convert("RGB")


def photograph(kind: str = "JPEG", size=(64, 48), frames: int = 1) -> bytes:
    """A picture in this format with everything in it that a camera or a program may have written."""
    note = {"exif": exif(), "xmp": NOTE, "icc_profile": PROFILE}
    if kind == "AVIF" and frames > 1:
        del note["exif"][ExifTags.Base.Orientation]  # libavif crashes while it writes that
    if kind == "JPEG":
        note["comment"] = DEVICE.encode()
    if kind == "PNG":
        note["pnginfo"] = PngInfo()
        note["pnginfo"].add_text("GPS", DEVICE)
        note["pnginfo"].add_itxt("XML:com.adobe.xmp", NOTE.decode(), zip=True)
    if kind == "GIF":
        note = {"comment": DEVICE.encode()}
    more = [pixels(size).rotate(90 * number) for number in range(1, frames)]
    if more:
        note |= {"save_all": True, "append_images": more, "duration": [100 * number for number in range(1, frames + 1)]}
    written = io.BytesIO()
    pixels(size).save(written, kind, **note)
    return written.getvalue() + (_film() if kind == "JPEG" else b"")


def _film() -> bytes:
    """What a "moving photo" has behind the picture."""
    return struct.pack(">I4s", 20, b"ftyp") + DEVICE.encode() + b"+51.03+004.48/"
