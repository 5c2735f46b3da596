"""A picture is stored without place, device and notes, and else as it was: pixels, colours, the side that is up."""

import io
import struct
import zlib

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.test import TestCase
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ExifTags, Image

from portal.core.files.pictures import PictureError, decode_picture, strip_metadata
from portal.core.models import SchakelImage
from portal.core.page_cache.generation import generation
from portal.feeds.review.poster_download import reencode
from tests.core.files.camera import DEVICE, PROFILE, TURNED, photograph, pixels

KINDS = ["JPEG", "PNG", "WEBP", "AVIF", "GIF"]
SECRET = DEVICE.encode()


def opened(content):
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("frames", [1, 3])
def test_nothing_is_left_but_pixels_colour_profile_and_orientation(kind, frames):
    if kind == "JPEG" and frames > 1:
        pytest.skip("a JPEG has one frame")
    before = photograph(kind, frames=frames)
    assert SECRET in before
    after = strip_metadata(before)
    picture = opened(after)
    assert SECRET not in after
    assert not picture.getexif().get_ifd(ExifTags.IFD.GPSInfo)
    assert dict(picture.getexif()) in ({}, {ExifTags.Base.Orientation: TURNED})
    assert not {"xmp", "comment", "GPS", "XML:com.adobe.xmp", "photoshop"} & set(picture.info)
    assert getattr(picture, "n_frames", 1) == frames
    assert picture.info.get("icc_profile") == (None if kind == "GIF" else PROFILE)
    if kind == "AVIF":  # which is made anew, upright
        assert picture.size == ((48, 64) if frames == 1 else (64, 48))
    else:
        assert picture.getexif().get(ExifTags.Base.Orientation) == (None if kind == "GIF" else TURNED)
        assert picture.convert("RGB").tobytes() == opened(before).convert("RGB").tobytes()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("frames", [1, 3])
def test_a_clean_picture_stays_as_it_is(kind, frames):
    once = strip_metadata(photograph(kind, frames=1 if kind == "JPEG" else frames))
    assert strip_metadata(once) == once


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "AVIF", "GIF"])
def test_a_moving_picture_keeps_its_times(kind):
    picture = opened(strip_metadata(photograph(kind, frames=3)))
    times = []
    for number in range(3):
        picture.seek(number)
        picture.load()
        times.append(picture.info["duration"])
    assert times == [100, 200, 300]


def test_an_upright_picture_carries_no_note_at_all():
    written = io.BytesIO()
    pixels().save(written, "JPEG", comment=SECRET)
    assert not opened(strip_metadata(written.getvalue())).getexif()


def test_the_small_picture_in_a_jpeg_goes_too():
    jfif = b"JFIF\0\x01\x01\0\0\x01\0\x01\x01\x01" + SECRET[:3]
    extension = b"JFXX\0\x10" + SECRET
    content = strip_metadata(
        with_segments(photograph(), [(0xE0, jfif), (0xE0, extension), (0xED, SECRET), (0xE2, b"MPF\0" + SECRET)])
    )
    assert SECRET[:3] not in content
    assert opened(content).size == (64, 48)


def test_two_pictures_in_one_file_are_one_afterwards():
    written = io.BytesIO()
    pixels().save(written, "MPO", save_all=True, append_images=[pixels()], comment=SECRET)
    after = strip_metadata(written.getvalue())
    assert opened(after).format == "JPEG" and after.count(b"\xff\xd8\xff") == 1


def with_segments(jpeg, segments):
    more = b"".join(struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body for marker, body in segments)
    return jpeg[:2] + more + jpeg[2:]


def with_chunks(png, chunks):
    more = b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in chunks
    )
    return png[:33] + more + png[33:]


LETTERS = st.text("abcdefghijklmnopqrstuvwxyz", min_size=3, max_size=3)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.tuples(st.integers(0xE0, 0xFE), st.binary(max_size=60)), max_size=4))
def test_no_segment_of_a_jpeg_that_is_no_part_of_the_picture_comes_through(segments):
    jpeg = strip_metadata(photograph())
    noted = [(marker, body + SECRET) for marker, body in segments if not body.startswith((b"ICC_PROFILE\0", b"JFIF\0"))]
    after = strip_metadata(with_segments(jpeg, noted))
    assert SECRET not in after
    assert opened(after).tobytes() == opened(jpeg).tobytes()


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.tuples(LETTERS.map(lambda word: b"z" + word.encode()), st.binary(max_size=60)), max_size=4))
def test_no_unknown_chunk_of_a_png_comes_through(chunks):
    png = strip_metadata(photograph("PNG"))
    after = strip_metadata(with_chunks(png, [(kind, body + SECRET) for kind, body in chunks]))
    assert after == png


@settings(max_examples=150, deadline=None, derandomize=True)
@given(kind=st.sampled_from(KINDS), cut=st.integers(0, 400), at=st.integers(0, 3000), byte=st.integers(0, 255))
def test_a_damaged_file_is_cleaned_or_refused_and_nothing_else(kind, cut, at, byte):
    content = bytearray(photograph(kind))
    content[at % len(content)] = byte
    content = bytes(content[: len(content) - cut])
    for read in (strip_metadata, decode_picture):
        try:
            read(content)
        except PictureError:
            pass


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"RIFF\0\0\0\0WEBP", b"<svg/>"]
)
def test_what_is_no_picture_is_refused(content):
    with pytest.raises(PictureError):
        decode_picture(content)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_the_picture_of_a_source_is_made_anew_without_any_of_it(kind):
    after = reencode(photograph(kind, (640, 360)))
    assert SECRET not in after and not opened(after).getexif()


# In the portal


@pytest.fixture
def stored(site, settings, tmp_path):
    settings.DATA_DIR, settings.MEDIA_ROOT = tmp_path, tmp_path / "media"
    settings.PRIVATE_ROOT = tmp_path / "private"
    return tmp_path


def kept(image):
    with image.file.storage.open(image.file.name) as file:
        return file.read()


@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS)
def test_whichever_way_a_picture_comes_in_it_is_stored_clean_and_so_are_its_sizes(stored, kind):
    image = SchakelImage(title="Foto")
    image.file.save(f"foto.{kind.lower()}", ContentFile(photograph(kind)), save=False)
    image.save()
    other = SchakelImage.objects.create(title="Foto", file=ContentFile(photograph(kind), f"ook.{kind.lower()}"))
    sizes = [
        other.get_rendition(spec) for spec in ("original", "width-30", "width-30|format-jpeg", "width-30|format-avif")
    ]
    for thing in (image, other, *sizes):
        assert SECRET not in kept(thing)
        assert not opened(kept(thing)).getexif().get_ifd(ExifTags.IFD.GPSInfo)


@pytest.mark.django_db
def test_a_picture_is_shown_with_the_same_side_up(stored):
    image = SchakelImage.objects.create(title="Foto", file=ContentFile(photograph(size=(64, 48)), "foto.jpg"))
    size = image.get_rendition("width-30")
    assert size.width < size.height


@pytest.mark.django_db
def test_the_command_cleans_what_came_in_before_and_says_how_many(stored, capsys):
    image = SchakelImage.objects.create(title="Foto", file=ContentFile(photograph(), "foto.jpg"))
    size = image.get_rendition("width-30")
    dirty = photograph()
    for path in (stored / "private" / image.file.name, stored / "media" / size.file.name):
        path.write_bytes(dirty)
    withheld = stored / "withheld/een/media/images/poster.png"
    withheld.parent.mkdir(parents=True)
    withheld.write_bytes(photograph("PNG"))
    (stored / "private/original_images/aa.jpg").write_bytes(b"\xff\xd8\xff broken")
    (stored / "private/documents").mkdir()
    (stored / "private/documents/nota.pdf").write_bytes(SECRET)
    SchakelImage.objects.update(file_size=len(dirty), file_hash="before")
    before = generation()
    with TestCase.captureOnCommitCallbacks(execute=True):
        call_command("clean_pictures")
    assert generation() != before
    said = capsys.readouterr()
    assert "Cleaned 3, clean already 0, cannot be read 1." in said.out
    assert "aa.jpg" in said.err
    image.refresh_from_db()
    assert image.file_size == (stored / "private" / image.file.name).stat().st_size
    assert image.file_hash not in ("", "before")
    assert SECRET not in kept(image) and SECRET not in kept(size) and SECRET not in withheld.read_bytes()
    assert not list(stored.rglob("*.clean"))
    call_command("clean_pictures")
    assert "Cleaned 0, clean already 3, cannot be read 1." in capsys.readouterr().out
