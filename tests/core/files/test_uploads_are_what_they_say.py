"""What comes in is what its name says, whichever way it comes in; else there is a sentence, and never an error."""

import io
import struct
import zipfile
import zlib
from unittest.mock import patch

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from wagtail.models import Collection, UploadedFile
from wagtail.users.models import UserProfile

from portal.core.files.document_types import content_matches_extension
from portal.core.files.uploads import PictureUploadField, StaffPictureForm
from portal.core.models import SchakelDocument, SchakelImage
from tests.core.files.camera import DEVICE, photograph

pytestmark = pytest.mark.django_db


def picture(kind="JPEG", **options) -> bytes:
    written = io.BytesIO()
    Image.linear_gradient("L").resize((40, 30)).save(written, kind, **options)
    return written.getvalue()


def bomb(width=30_000, height=30_000) -> bytes:
    """A PNG of a few hundred bytes that says that it is very large."""

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 5000)) + chunk(b"IEND", b"")
    )


def long_film() -> bytes:
    """A GIF of many frames, each of which would be allowed."""
    frame = Image.new("P", (2_000, 1_500))
    written = io.BytesIO()
    more = [Image.new("P", (2_000, 1_500), number) for number in range(1, 20)]
    frame.save(written, "GIF", save_all=True, append_images=more)
    return written.getvalue()


def archive(**files) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as made:
        for name, content in files.items():
            made.writestr(name.replace("__", "/"), content)
    return written.getvalue()


def many_frames() -> bytes:
    """A GIF of a megabyte, which would take seconds to read."""
    written = io.BytesIO()
    Image.new("P", (1, 1)).save(written, "GIF")
    frame = b"\x2c\0\0\0\0\1\0\1\0\0\x02\x02\x44\x01\0"
    return written.getvalue()[:-1] + frame * 70_000 + b";"


def office(folder: str, **more) -> bytes:
    return archive(**{"[Content_Types].xml": "<Types/>", f"{folder}/document.xml": "<w/>"} | more)


@pytest.fixture
def staff(client, site):
    user = get_user_model().objects.create_superuser("anna", password="x")
    UserProfile.objects.create(user=user, preferred_language="fr")
    client.force_login(user)
    return user


TOO_LARGE = "Cette image est trop grande"
UNREADABLE = "Ce fichier ne peut pas être lu comme une image"
NOT_THIS_KIND = "Pas une image .{} valide"

PICTURES = {
    "bomb.png": (bomb(), TOO_LARGE),
    "between.png": (bomb(12_000, 12_000), TOO_LARGE),
    "film.gif": (long_film(), TOO_LARGE),
    "frames.gif": (many_frames(), TOO_LARGE),
    "cut.jpg": (picture()[:-300], UNREADABLE),
    "cut.png": (picture("PNG")[:-40], UNREADABLE),
    "text.png": (b"only text", UNREADABLE),
    "page.jpg": (b"<html><script>alert(1)</script></html>", UNREADABLE),
    "png.jpg": (picture("PNG"), "jpg"),
    "tiff.png": (picture("TIFF"), UNREADABLE),
    "drawing.svg": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "Format d'image non supporté"),
    "drawing.png": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", UNREADABLE),
    "empty.png": (b"", "vide"),
}


def ways_in(client, kind, name, content):
    """The words that come back from every form that takes a picture or document, with the status of each."""
    of = {"images": (SchakelImage, "image"), "documents": (SchakelDocument, "document")}
    model, chooser = of[kind]
    app = f"wagtail{'docs' if kind == 'documents' else 'images'}"
    there = model(title="Er al")
    there.file.save(*(("a.png", io.BytesIO(picture("PNG"))) if kind == "images" else ("a.txt", io.BytesIO(b"tekst"))))
    collection = Collection.get_first_root_node().pk

    def file():
        return SimpleUploadedFile(name, content)

    fields = {"title": "Nieuw", "collection": collection, "rights": "own"}
    yield client.post(reverse(f"{app}:add"), fields | {"file": file()})
    upload = {"files[]": file(), "title": "Nieuw", "collection": collection}
    answer = client.post(reverse(f"{app}:add_multiple"), upload)
    if number := answer.json().get("uploaded_file_id"):  # the picture waits for its rights
        named = {f"uploaded-{chooser}-{number}-{field}": value for field, value in fields.items()}
        answer = client.post(reverse(f"{app}:create_multiple_from_uploaded_{chooser}", args=[number]), named)
    yield answer
    prefix = f"{chooser}-chooser-upload"
    chosen = {f"{prefix}-{field}": value for field, value in fields.items()}
    yield client.post(reverse(f"{app}_chooser:create"), chosen | {f"{prefix}-file": file()})
    yield client.post(reverse(f"{app}:edit", args=[there.pk]), fields | {"file": file()})


def words(response) -> str:
    if response.headers["Content-Type"].startswith("application/json"):
        answer = response.json()
        return str(answer.get("error_message") or answer.get("html") or answer)
    return response.content.decode()


def plain(text: str) -> str:
    return text.replace("&#x27;", "'").replace("\\u0027", "'").replace("’", "'")


@pytest.mark.parametrize("name", ["bomb.png", "cut.jpg", "png.jpg", "empty.png"])
def test_a_picture_that_is_none_gets_a_sentence_in_every_form(client, staff, name):
    content, sentence = PICTURES[name]
    for number, response in enumerate(ways_in(client, "images", name, content)):
        assert response.status_code == 200, number
        assert sentence in plain(words(response)), (number, words(response)[-800:])
    assert set(SchakelImage.objects.values_list("title", flat=True)) == {"Er al"}


@pytest.mark.parametrize("name", PICTURES)
def test_every_such_picture_gets_a_sentence(name):
    content, sentence = PICTURES[name]
    with translation.override("fr"), pytest.raises(ValidationError) as refused:
        PictureUploadField().clean(SimpleUploadedFile(name, content))
    with translation.override("fr"):
        assert sentence in plain(refused.value.messages[0])


def test_nobody_reads_a_bomb_into_memory(client, staff):
    with patch.object(Image.Image, "load", side_effect=AssertionError), patch("PIL.ImageFile.ImageFile.load") as read:
        client.post(reverse("wagtailimages:add"), {"title": "x", "file": SimpleUploadedFile("bomb.png", bomb())})
    assert not read.called


@pytest.mark.parametrize(("name", "content"), [("foto.JPEG", photograph()), ("film.gif", photograph("GIF", frames=3))])
def test_a_photograph_comes_in_clean_in_every_form(client, staff, name, content):
    for number, response in enumerate(ways_in(client, "images", name, content)):
        assert response.status_code in (200, 302), number
    images = SchakelImage.objects.all()
    assert [image.title for image in images] == ["Nieuw"] * 4
    for image in images:
        with image.file.storage.open(image.file.name) as file:
            stored = file.read()
        assert DEVICE.encode() not in stored
        assert image.file_size == len(stored)


def test_a_picture_that_waits_for_its_rights_is_kept_clean(client, staff):
    upload = {"files[]": SimpleUploadedFile("foto.jpg", photograph()), "collection": Collection.objects.first().pk}
    assert client.post(reverse("wagtailimages:add_multiple"), upload).json()["success"]
    with UploadedFile.objects.get().file.open() as file:
        assert DEVICE.encode() not in file.read()


@pytest.mark.parametrize("name", ["bomb.png", "cut.jpg", "text.png", "tiff.png"])
def test_the_picture_of_an_account_gets_the_same_sentences(staff, name):
    upload = SimpleUploadedFile(name, PICTURES[name][0])
    form = StaffPictureForm({}, {"avatar": upload}, instance=staff.wagtail_userprofile)
    assert not form.is_valid()
    assert form.errors["avatar"]


# Documents

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
PAGE = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
LIES = {
    "page.pdf": PAGE,
    "page.txt": PAGE,
    "page.csv": b"naam;jaar\n<script>alert(1)</script>;2025\n",
    "drawing.vtt": b"WEBVTT\n\n<svg onload=alert(1)>",
    "page_first.pdf": PAGE + PDF,
    "picture_first.pdf": b"\xff\xd8\xff\xe0" + PDF,
    "program.txt": b"MZ\x90\0\x03\0\0\0" + b"\0" * 200,
    "picture.txt": picture("PNG"),
    "picture.srt": picture("JPEG"),
    "text.pdf": b"only text",
    "text.docx": b"only text",
    "old.docx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "zip.docx": archive(a="b"),
    "sheet.docx": office("xl"),
    "macros.docx": office("word", **{"word/vbaProject.bin": "x"}),
    "text.odt": archive(mimetype="application/vnd.oasis.opendocument.spreadsheet"),
    "without.odt": archive(a="b"),
    "cut.zip": archive(a="b" * 100)[:60],
    "page.zip": PAGE,
}
TRUE = {
    "nota.pdf": PDF,
    "blank.pdf": b"\n\n" + PDF,
    "tekst.txt": "Één prijs < twee prijzen & een pijl --> daar".encode(),
    "windows.txt": "Één café".encode("cp1252"),
    "bmw.csv": "BMW;prijs\nÉén;2".encode("cp1252"),
    "excel.csv": "naam\tjaar\nÉén\t2025".encode("utf-16"),
    "lijnen.vtt": b"\xef\xbb\xbfWEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann><i>Dag</i>",
    "lijnen.srt": b"1\r\n00:00:01,000 --> 00:00:02,000\r\n<font color=red>Dag</font>\r\n",
    "brief.docx": office("word"),
    "dia.pptx": office("ppt"),
    "tabel.xlsx": office("xl"),
    "brief.odt": archive(mimetype="application/vnd.oasis.opendocument.text"),
    "dia.odp": archive(mimetype="application/vnd.oasis.opendocument.presentation"),
    "tabel.ods": archive(mimetype="application/vnd.oasis.opendocument.spreadsheet"),
    "alles.zip": archive(a="b"),
    "HOOFD.PDF": PDF,
}


@pytest.mark.parametrize("name", LIES)
def test_a_document_that_is_something_else_is_known_by_its_content(name):
    assert not content_matches_extension(name, io.BytesIO(LIES[name]))


@pytest.mark.parametrize("name", TRUE)
def test_a_document_that_is_what_it_says_is_taken(name):
    file = io.BytesIO(TRUE[name])
    assert content_matches_extension(name, file)
    assert file.read() == TRUE[name]


@settings(max_examples=100, deadline=None, derandomize=True)
@given(
    ending=st.sampled_from(["pdf", "txt", "csv", "vtt", "srt", "docx", "odt", "zip"]),
    begin=st.sampled_from([b"", b"%PDF-1.4", b"PK\x03\x04", b"PK\x05\x06", PDF, archive(a="b"), office("word")]),
    rest=st.binary(max_size=200),
)
def test_any_content_is_judged_without_an_error(ending, begin, rest):
    assert content_matches_extension(f"a.{ending}", io.BytesIO(begin + rest)) in (True, False)


def test_a_document_that_is_something_else_gets_a_sentence_in_every_form(client, staff):
    for number, response in enumerate(ways_in(client, "documents", "page.pdf", PAGE)):
        assert response.status_code == 200, number
        assert "n'est pas ce que dit son nom" in plain(words(response)), number
        assert "pptx" not in words(response), number
    assert set(SchakelDocument.objects.values_list("title", flat=True)) == {"Er al"}


def test_a_document_that_is_what_it_says_comes_in_by_every_form(client, staff):
    for number, response in enumerate(ways_in(client, "documents", "nota.pdf", PDF)):
        assert response.status_code in (200, 302), number
    documents = SchakelDocument.objects.all()
    assert [document.title for document in documents] == ["Nieuw"] * 4
    for document in documents:
        with document.file.open() as file:
            assert file.read() == PDF


@pytest.mark.parametrize("name", ["page.html", "nothing"])
def test_other_kinds_are_refused_with_those_that_may_be(client, staff, name):
    for response in ways_in(client, "documents", name, b"x"):
        assert response.status_code == 200
        assert "pptx" in words(response)


def test_a_document_may_not_be_larger_than_the_setting(client, staff, settings):
    settings.WAGTAILDOCS_MAX_UPLOAD_SIZE = 1_000
    for response in ways_in(client, "documents", "nota.pdf", PDF + b"\n" * 1_000):
        assert "trop gros" in words(response) or "trop grand" in words(response) or "volumineux" in words(response)


def test_an_archive_is_not_unpacked(client, staff):
    content = office("word")
    with patch.object(zipfile.ZipFile, "open", side_effect=AssertionError):
        for response in ways_in(client, "documents", "brief.docx", content):
            assert response.status_code in (200, 302)


def test_a_list_of_contents_that_would_fill_the_memory_is_not_read(client, staff):
    content = archive(a="b")
    at = content.rindex(b"PK\x05\x06")
    content = content[: at + 12] + struct.pack("<I", 2**31) + content[at + 16 :]
    with patch.object(zipfile.ZipFile, "_RealGetContents", side_effect=AssertionError):
        for response in ways_in(client, "documents", "alles.zip", content):
            assert response.status_code == 200
