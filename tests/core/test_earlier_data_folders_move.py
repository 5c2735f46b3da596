"""Originals and documents of an earlier version leave the public folder; nothing is lost when that is broken off."""

import os
from importlib import import_module

import pytest
from django.apps import apps
from django.core.files.base import ContentFile

from portal.core.models import SchakelDocument

moving = import_module("portal.core.migrations.0006_originals_and_documents_are_private")

BEFORE = {
    "media/documents/nota.pdf": b"a",
    "media/documents/deep/er.pdf": b"b",
    "media/original_images/foto.jpg": b"c",
    "media/wagtail_uploads/half.jpg": b"d",
    "media/avatar_images/ik.jpg": b"e",
    "media/images/foto.max-165x165.jpg": b"f",
    "media/recordings/film.webm": b"g",
    "withheld/een/documents/dia.pdf": b"h",
    "withheld/een/images/poster.webp": b"i",
    "withheld/een/recordings/een.webm": b"j",
}
AFTER = {
    "private/documents/nota.pdf": b"a",
    "private/documents/deep/er.pdf": b"b",
    "private/original_images/foto.jpg": b"c",
    "private/wagtail_uploads/half.jpg": b"d",
    "private/avatar_images/ik.jpg": b"e",
    "media/images/foto.max-165x165.jpg": b"f",
    "media/recordings/film.webm": b"g",
    "withheld/een/private/documents/dia.pdf": b"h",
    "withheld/een/media/images/poster.webp": b"i",
    "withheld/een/media/recordings/een.webm": b"j",
}


@pytest.fixture
def folder(settings, tmp_path):
    settings.DATA_DIR, settings.MEDIA_ROOT = tmp_path, tmp_path / "media"
    settings.PRIVATE_ROOT = tmp_path / "private"
    write(tmp_path, BEFORE)
    return tmp_path


def write(folder, files):
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


def files_in(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_what_is_private_leaves_the_public_folder_and_what_is_withheld_is_sorted(folder):
    moving.make_private(None, None)
    assert files_in(folder) == AFTER
    assert sorted(path.name for path in (folder / "media").iterdir()) == ["images", "recordings"]
    moving.make_private(None, None)
    assert files_in(folder) == AFTER


def test_it_goes_back(folder):
    moving.make_private(None, None)
    moving.make_public(None, None)
    assert files_in(folder) == BEFORE


@pytest.mark.parametrize("broken_off_after", range(8))
def test_it_can_be_broken_off_after_any_file_and_goes_on(folder, monkeypatch, broken_off_after):
    rename, done = os.rename, []

    def break_off(*paths):
        if len(done) == broken_off_after:
            raise KeyboardInterrupt
        rename(*paths)
        done.append(paths)

    with monkeypatch.context() as once:
        once.setattr(os, "rename", break_off)
        with pytest.raises(KeyboardInterrupt):
            moving.make_private(None, None)
    assert sorted(files_in(folder).values()) == sorted(BEFORE.values())
    moving.make_private(None, None)
    assert files_in(folder) == AFTER


def test_another_disk_is_written_to_whole_or_not_at_all(folder, monkeypatch):
    def other_disk(*paths):
        raise OSError(moving.errno.EXDEV, "Invalid cross-device link")

    monkeypatch.setattr(os, "rename", other_disk)
    moving.make_private(None, None)
    assert files_in(folder) == AFTER


def test_of_two_files_with_one_name_both_are_kept(folder, caplog):
    write(folder, {"private/documents/nota.pdf": b"newer", "private/original_images/foto.jpg": b"c"})
    moving.make_private(None, None)
    assert files_in(folder) == AFTER | {
        "private/documents/nota.pdf": b"newer",
        "private/documents/nota-2.pdf": b"a",
    }
    assert "nota-2.pdf" in caplog.text


@pytest.mark.django_db
def test_a_file_that_is_missing_is_named_and_stops_nothing(folder, caplog):
    for name in ("weg.pdf", "[1].pdf"):
        document = SchakelDocument.objects.create(title="Weg", file=ContentFile(b"x", name))
    SchakelDocument.objects.filter(pk=document.pk).update(file="documents/dia.pdf")
    os.remove(folder / "private/documents/weg.pdf")
    moving.make_private(apps, None)
    assert "documents/weg.pdf is in the database" in caplog.text
    assert "dia.pdf" not in caplog.text and (folder / "private/documents/nota.pdf").exists()


def test_an_empty_data_folder_is_left_alone(settings, tmp_path):
    settings.DATA_DIR, settings.MEDIA_ROOT, settings.PRIVATE_ROOT = tmp_path, tmp_path / "m", tmp_path / "p"
    moving.make_private(None, None)
    moving.make_public(None, None)
    assert list(tmp_path.iterdir()) == []
