"""A newer version of the portal comes with newer files: what they change is loaded again, and nothing else."""

import shutil

import pytest

from portal.starter.loading import content_files
from portal.starter.loading.content_files import CONTENT, read_items
from portal.starter.loading.recordings import load_recordings
from portal.webinars.models import Cue

TOUR = "recordings/rondleiding"


@pytest.fixture
def files(tmp_path, monkeypatch):
    """A copy of the tour that a test may change."""
    shutil.copytree(CONTENT / TOUR, tmp_path / TOUR)
    monkeypatch.setattr(content_files, "CONTENT", tmp_path)
    return tmp_path / TOUR


def hashes(folder="recordings"):
    (item,) = read_items(folder, "recording")
    return {language: item.hash_of(language) for language in content_files.LANGUAGES}


def change(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_other_words_in_one_language_are_loaded_in_that_language_only(files):
    before = hashes()
    change(files / "fr.yaml", "Visite guidée", "Tour")
    after = hashes()
    assert [language for language in before if before[language] != after[language]] == ["fr"]


def test_other_dutch_words_are_paired_again_with_those_of_every_language(files):
    before = hashes()
    change(files / "nl.yaml", "Rondleiding", "Tocht")
    after = hashes()
    assert all(before[language] != after[language] for language in before)


@pytest.mark.django_db
def test_a_transcript_follows_its_file(files):
    assert load_recordings() == 1
    assert load_recordings() == 0
    change(files / "captions/nl.vtt", "geen geluid", "nog geen geluid")
    assert load_recordings() == 1
    assert Cue.objects.filter(caption__language="nl", text__contains="nog geen geluid").count() == 1
    assert Cue.objects.filter(caption__language="nl", position=0).count() == 1
