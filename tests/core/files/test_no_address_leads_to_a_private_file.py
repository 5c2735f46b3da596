"""No address gives a byte of what is private, however it is written; documents go out by their own address only."""

import os
from pathlib import Path
from urllib.parse import quote

import pytest
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from wagtail.models import Collection, CollectionViewRestriction
from wagtail.users.models import UserProfile

from portal.core.checks import check_no_private_files_in_media
from portal.core.files.storage import public_file
from portal.core.files.uploads import StaffPictureForm
from portal.core.models import SchakelDocument, SchakelImage
from tests.core.files.camera import photograph

pytestmark = pytest.mark.django_db
SECRET = b"%PDF-1.4 nobody may read this"


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """A data folder with something public and something private, also where private files lay in earlier versions."""
    data = tmp_path_factory.mktemp("data")
    for name in ("media/images/a.webp", "media/recordings/film.webm"):
        (data / name).parent.mkdir(parents=True, exist_ok=True)
        (data / name).write_bytes(b"public")
    for name in ("private/documents/x.pdf", "media/documents/x.pdf", "media/original_images/x.jpg", "secret_key"):
        (data / name).parent.mkdir(parents=True, exist_ok=True)
        (data / name).write_bytes(SECRET)
    (data / "media/images/link.pdf").symlink_to(data / "private/documents/x.pdf")
    (data / "media/images/folder").symlink_to(data / "private/documents")
    (data / "media/images/round").symlink_to(data / "media/images/round")
    return data


@pytest.fixture
def folders(data, settings, site):
    settings.DATA_DIR = data
    settings.MEDIA_ROOT = data / "media"
    settings.PRIVATE_ROOT = data / "private"
    return data


PIECES = st.sampled_from(
    ["documents", "Documents", "original_images", "images", "x.pdf", "x.jpg", "a.webp", "link.pdf", "folder", "round"]
    + [
        "private",
        "media",
        "secret_key",
        "recordings",
        ".",
        "..",
        "",
        "\\",
        "..\\",
        "\0",
        "%2e%2e",
        "%2f",
        "a" * 300,
        "~",
    ]
)


@settings(
    max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    pieces=st.lists(PIECES | st.text(max_size=5), min_size=1, max_size=7),
    encoded=st.sampled_from([lambda text: quote(text), lambda text: quote(quote(text, safe=""), safe=""), None]),
)
@example(pieces=[".", "documents", "x.pdf"], encoded=None)
@example(pieces=["images", "..", "documents", "x.pdf"], encoded=None)
@example(pieces=["", "documents", "x.pdf"], encoded=None)
@example(pieces=["..", "private", "documents", "x.pdf"], encoded=quote)
@example(pieces=["a" * 300], encoded=None)
@example(pieces=["images/" * 2000], encoded=None)
@example(pieces=["a\0b"], encoded=quote)
def test_no_address_under_media_gives_a_private_byte_or_an_error(client, folders, pieces, encoded):
    path = "/".join(pieces)
    every_letter = "".join(f"%{byte:02x}" for byte in path.encode("utf-8", "surrogatepass"))
    address = f"/media/{encoded(path) if encoded else every_letter}"
    answer = client.get(address)
    assert answer.status_code in (200, 404), address
    if answer.status_code == 200:
        assert b"".join(answer) == b"public", address


@pytest.mark.parametrize("path", ["images/link.pdf", "images/folder/x.pdf", "images/round", "documents/x.pdf", "", "."])
def test_links_lead_to_nothing_outside_and_a_folder_is_no_file(client, folders, path):
    assert public_file(path) is None
    assert client.get(f"/media/{path}").status_code == 404


def test_private_files_in_the_public_folder_are_told_at_the_start(folders, settings):
    told = check_no_private_files_in_media(None)
    assert ["documents" in one.msg for one in told] == [True, False]
    settings.MEDIA_ROOT = folders / "private"
    assert {one.id for one in check_no_private_files_in_media(None)} == {"schakel.W001"}
    settings.MEDIA_ROOT = folders / "new"
    assert check_no_private_files_in_media(None) == []


def test_the_public_folder_may_itself_be_a_link(client, folders, settings, tmp_path):
    (tmp_path / "elsewhere").symlink_to(folders / "media")
    settings.MEDIA_ROOT = tmp_path / "elsewhere"
    assert client.get("/media/images/a.webp").status_code == 200
    assert client.get("/media/documents/x.pdf").status_code == 404


def test_originals_documents_and_half_uploads_are_stored_privately_and_sizes_publicly(folders):
    image = SchakelImage.objects.create(title="Foto", file=ContentFile(photograph(), "foto.jpg"))
    document = SchakelDocument.objects.create(title="Nota", file=ContentFile(SECRET, "nota.pdf"))
    size = image.get_rendition("width-20")
    assert Path(image.file.path).is_relative_to(folders / "private")
    assert Path(document.file.path).is_relative_to(folders / "private")
    assert Path(size.file.path).is_relative_to(folders / "media")
    assert size.url.startswith("/media/images/")
    assert default_storage.location == os.fspath(folders / "private")
    assert storages["public"].location == os.fspath(folders / "media")


def test_a_private_file_has_no_address_of_its_own(folders):
    image = SchakelImage.objects.create(title="Foto", file=ContentFile(photograph(), "foto.jpg"))
    with pytest.raises(NotImplementedError):
        _ = image.file.url


def test_the_picture_of_an_account_is_shown_to_staff_only(client, folders):
    anna = get_user_model().objects.create_superuser("anna", password="x")
    upload = SimpleUploadedFile("ik.jpg", photograph(), "image/jpeg")
    form = StaffPictureForm({}, {"avatar": upload}, instance=UserProfile.get_for_user(anna))
    form.save()
    client.force_login(anna)
    anna.refresh_from_db()
    kept = Path(anna.wagtail_userprofile.avatar.path)
    assert kept.is_relative_to(folders / "private") and b"SECRETCAM" not in kept.read_bytes()
    address = f"/admin/schakel/staff-picture/{anna.pk}/"
    assert address in client.get("/admin/account/").content.decode()
    answer = client.get(address)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/jpeg")
    assert "private" in answer.headers["Cache-Control"]
    client.logout()
    assert client.get(address).status_code == 302


# A document


@pytest.fixture
def document(folders):
    return SchakelDocument.objects.create(title="Nota", file=ContentFile(SECRET * 100, "nota été.pdf"))


def test_a_document_goes_out_by_its_own_address_and_is_kept_by_nobody_on_the_way(client, document):
    answer = client.get(document.url)
    assert b"".join(answer) == SECRET * 100
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"].startswith("inline")
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "Content-Encoding" not in answer.headers


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("a.vtt", "text/vtt"),
        ("a.csv", "text/csv"),
        ("a.ZIP", "application/zip"),
    ],
)
def test_everything_but_a_pdf_is_a_download_in_a_sandbox(client, folders, name, kind):
    document = SchakelDocument.objects.create(title="Nota", file=ContentFile(b"PK", name))
    answer = client.get(document.url, headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Type"] == kind
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "Content-Encoding" not in answer.headers


def test_a_name_with_accents_is_given_in_both_ways(client, folders):
    document = SchakelDocument.objects.create(title="Nota", file=ContentFile(b"a", "été 2025 — λ.csv"))
    answer = client.get(document.url)
    assert answer.status_code == 200
    disposition = answer.headers["Content-Disposition"]
    assert 'filename="ete_2025' in disposition and "filename*=UTF-8''%C3%A9t%C3%A9" in disposition


def test_a_part_of_a_document_and_its_head_are_answered(client, document):
    part = client.get(document.url, headers={"Range": "bytes=5-9"})
    assert (part.status_code, part.content) == (206, (SECRET * 100)[5:10])
    assert part.headers["Content-Range"] == f"bytes 5-9/{len(SECRET) * 100}"
    assert part.headers["Cache-Control"] == "private, no-cache"
    head = client.head(document.url, headers={"Range": "bytes=5-9"})
    assert (head.status_code, head.headers["Content-Length"]) == (200, str(len(SECRET) * 100))


def test_a_document_of_a_private_collection_is_for_who_may_see_it(client, document):
    collection = Collection.get_first_root_node().add_child(name="Intern")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    SchakelDocument.objects.update(collection=collection)
    answer = client.get(document.url, headers={"Range": "bytes=0-9"})
    assert answer.status_code == 302 and "private" in answer.headers["Cache-Control"]
    client.force_login(get_user_model().objects.create_user("anna"))
    assert client.get(document.url).status_code == 200


@pytest.mark.parametrize(
    "path", ["1/x.pdf", "9999999999999999999999/x.pdf", f"{'9' * 5000}/x.pdf", "²/x.pdf", "1/", "x"]
)
def test_an_address_of_no_document_is_not_found(client, document, path):
    assert client.get(f"/documents/{path}").status_code == 404


# The part that is asked for


@pytest.mark.parametrize(
    "asked",
    ["bytes=²-", "bytes=0-²", "bytes=٣-", f"bytes={'9' * 5000}-", "bytes=-", "bytes=5-2", "lines=1-", "bytes=0-1,3-4"],
)
def test_a_range_that_makes_no_sense_gives_the_whole(client, folders, asked):
    answer = client.get("/media/recordings/film.webm", headers={"Range": asked})
    assert answer.status_code == 200


def test_a_range_of_a_file_that_a_browser_had_before_gives_the_whole(client, folders):
    answer = client.get("/media/recordings/film.webm", headers={"Range": "bytes=0-1", "If-Range": '"old"'})
    assert answer.status_code == 200
