"""The data folder: when it has to be set up again, and what happens to it."""

import json
import sqlite3

import pytest

from portal.launch import folder
from portal.launch.errors import StartError


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)


@pytest.fixture
def data(tmp_path):
    """A folder as a finished set-up leaves it."""
    data = tmp_path / "data"
    (data / "static").mkdir(parents=True)
    (data / "db.sqlite3").write_text("")
    (data / "set_up").write_text("this version")
    return data


def test_a_folder_that_was_set_up_by_this_version_is_not_set_up_again(data):
    assert folder.is_set_up(data, "this version") is True


def test_another_version_sets_it_up_again(data):
    assert folder.is_set_up(data, "the next version") is False


@pytest.mark.parametrize("missing", ["db.sqlite3", "set_up"])
def test_what_is_missing_is_made_again(data, missing):
    (data / missing).unlink()
    assert folder.is_set_up(data, "this version") is False


def test_settings_and_choice_of_content_are_part_of_the_version(monkeypatch):
    before = folder.wanted_stamp("full")
    assert folder.wanted_stamp("full") == before
    assert folder.wanted_stamp("demo") != before
    monkeypatch.setenv("DATABASE_URL", "postgres://elsewhere/schakel")
    assert folder.wanted_stamp("full") != before


def test_version_file_keeps_what_is_not_named(tmp_path):
    folder.write_version(tmp_path, starter="demo")
    folder.write_version(tmp_path, migrations=["core.0001_initial"])
    written = json.loads((tmp_path / "version.json").read_text())
    assert written == {"format": folder.FORMAT, "starter": "demo", "migrations": ["core.0001_initial"]}


def test_a_folder_of_this_version_is_accepted(tmp_path):
    folder.write_version(tmp_path, migrations=folder.our_migrations())
    with sqlite3.connect(tmp_path / "db.sqlite3") as database:
        database.execute("CREATE TABLE t (x)")
    folder.check(tmp_path)
    assert "jobs.0001_initial" in folder.our_migrations()


def test_reset_moves_the_folder_aside_and_deletes_nothing(data):
    (data / "media").mkdir()
    (data / "media" / "photo.jpg").write_text("a photo")
    aside = folder.move_aside(data)
    assert not data.exists()
    assert (aside / "media" / "photo.jpg").read_text() == "a photo"


def test_reset_of_nothing_is_nothing(tmp_path):
    assert folder.move_aside(tmp_path / "never made") is None


def test_reset_refuses_with_a_database_server(data, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://elsewhere/schakel")
    with pytest.raises(StartError, match="DATABASE_URL"):
        folder.move_aside(data)
    assert data.exists()
