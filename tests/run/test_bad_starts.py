"""A start that cannot go on says what is wrong and what to do, in one clear sentence each, without a traceback."""

import ast
import json
import os
import socket
import sqlite3
from pathlib import Path

import pytest

from tests.run.starts import ROOT, checkout  # noqa: F401


def test_a_python_that_is_too_old_is_told_which_one_is_needed(checkout):  # noqa: F811
    pretend = (
        "import sys, runpy; sys.version_info = (3, 9, 2, 'final', 0); runpy.run_path('run.py', run_name='__main__')"
    )
    ended = checkout.run("-c", pretend)
    assert ended.returncode == 1
    assert ended.stderr.startswith("Schakel needs Python 3.11 or newer, and this is Python 3.9.")
    assert len(ended.stderr.splitlines()) == 1


def test_the_file_that_is_started_can_be_read_by_an_old_python():
    source = (ROOT / "run.py").read_text(encoding="ascii")
    assert ast.parse(source, feature_version=(3, 0))
    check = source.index("sys.version_info < NEEDED")
    assert check < source.index("from portal")


def test_without_the_venv_module_it_says_how_to_get_it(checkout, tmp_path):  # noqa: F811
    checkout.without_uv()
    (tmp_path / "debian").mkdir()
    (tmp_path / "debian" / "sitecustomize.py").write_text(
        "import sys, importlib.machinery as machinery\n"
        "class Bare(machinery.PathFinder):\n"
        "    @classmethod\n"
        "    def find_spec(cls, name, path=None, target=None):\n"
        "        return None if name in ('ensurepip', 'pip') else super().find_spec(name, path, target)\n"
        "sys.meta_path[sys.meta_path.index(machinery.PathFinder)] = Bare\n"
    )
    checkout.environment["PYTHONPATH"] = str(tmp_path / "debian")
    said = checkout.refuses("--port", "0")
    assert "its venv module is missing" in said
    assert "apt install python3-venv" in said


def test_a_port_that_is_taken_is_named_with_another_to_try(checkout):  # noqa: F811
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        said = checkout.refuses("--port", port)
    assert f"Port {port} on 127.0.0.1 is taken" in said
    assert f"python3 run.py --port {port + 1}" in said
    assert not (checkout.folder / ".venv").exists(), "it says so before it begins"


def test_an_address_of_another_machine_is_refused(checkout):  # noqa: F811
    assert "not possible to listen on 192.0.2.1" in checkout.refuses("--host", "192.0.2.1", "--port", "0")
    assert "is not an address of this machine" in checkout.refuses("--host", "no.such.host.invalid", "--port", "0")


def test_a_port_that_is_no_port_is_refused(checkout):  # noqa: F811
    ended = checkout.run("run.py", "--port", "eighty")
    assert ended.returncode == 2
    assert "is not a port" in ended.stderr


def test_a_data_folder_that_cannot_be_made_is_refused(checkout, tmp_path):  # noqa: F811
    (tmp_path / "file").write_text("")
    said = checkout.refuses("--port", "0", "--data", tmp_path / "file" / "data")
    assert f"The data folder {tmp_path / 'file' / 'data'} cannot be written" in said
    assert "--data DIR" in said


def test_a_data_folder_that_cannot_be_written_is_refused(checkout, tmp_path):  # noqa: F811
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o555)
    if os.geteuid() == 0:
        locked = Path("/proc")  # root may write everywhere but here
    assert f"The data folder {locked} cannot be written" in checkout.refuses("--port", "0", "--data", locked)


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"format": 99}, "its form is 99"),
        ({"format": 1, "migrations": ["methods.9999_from_the_future"]}, "methods.9999_from_the_future"),
    ],
)
def test_a_data_folder_of_a_newer_version_is_left_alone(checkout, facts, reason):  # noqa: F811
    checkout.data.mkdir()
    (checkout.data / "version.json").write_text(json.dumps(facts))
    said = checkout.refuses("--port", "0")
    assert "was used by a newer version of Schakel" in said
    assert reason in said
    assert json.loads((checkout.data / "version.json").read_text()) == facts


@pytest.mark.parametrize("text", ["{", "[]"])
def test_a_damaged_version_file_is_named(checkout, text):  # noqa: F811
    checkout.data.mkdir()
    (checkout.data / "version.json").write_text(text)
    said = checkout.refuses("--port", "0")
    assert str(checkout.data / "version.json") in said
    assert "backup" in said


@pytest.mark.parametrize("name", ["copies", "index", "logs", "media", "static", "withheld"])
def test_a_file_where_a_folder_has_to_be_is_named(checkout, name):  # noqa: F811
    checkout.data.mkdir()
    (checkout.data / name).write_text("")
    said = checkout.refuses("--port", "0")
    assert said == f"{checkout.data / name} is a file, and has to be a folder. Move it away and start again."


@pytest.mark.parametrize("name", ["db.sqlite3", "secret_key", "set_up", "runner", "logs/portal.log"])
def test_a_folder_where_a_file_has_to_be_is_named(checkout, name):  # noqa: F811
    (checkout.data / name).mkdir(parents=True)
    said = checkout.refuses("--port", "0")
    assert said == f"{checkout.data / name} is a folder, and has to be a file. Move it away and start again."


@pytest.mark.parametrize("content", ["", " \n"])
def test_an_empty_secret_is_refused(checkout, content):  # noqa: F811
    checkout.data.mkdir()
    (checkout.data / "secret_key").write_text(content)
    said = checkout.refuses("--port", "0")
    assert said.startswith(f"{checkout.data / 'secret_key'} is empty. Put it back from a backup")
    (checkout.data / "secret_key").unlink()
    checkout.environment["SECRET_KEY"] = content
    assert checkout.refuses("--port", "0").startswith("SECRET_KEY is set and empty.")


def used(data):
    """A data folder as a set-up leaves it, with a database that is whole."""
    data.mkdir()
    (data / "version.json").write_text(json.dumps({"format": 1, "migrations": []}))
    with sqlite3.connect(data / "db.sqlite3") as database:
        database.execute("CREATE TABLE t (x)")
        database.executemany("INSERT INTO t VALUES (?)", [("x" * 500,)] * 200)
    database.close()
    return data / "db.sqlite3"


def shorten(path):
    path.write_bytes(path.read_bytes()[:50_000])


def overwrite(path):
    content = path.read_bytes()
    path.write_bytes(content[:4096] + b"\xff" * 8192 + content[12288:])


@pytest.mark.parametrize(
    ("destroy", "words"),
    [
        (lambda path: path.unlink(), "is gone, and this folder was used before"),
        (lambda path: path.write_bytes(b""), "is empty, and this folder was used before"),
        (lambda path: path.write_text("<!doctype html>" * 1000), "is damaged (file is not a database)"),
        (lambda path: path.write_bytes(b"\0" * 8192), "is damaged (file is not a database)"),
        (shorten, "is damaged ("),
        (overwrite, "is damaged ("),
    ],
)
def test_a_database_that_was_destroyed_is_never_begun_anew(checkout, destroy, words):  # noqa: F811
    path = used(checkout.data)
    destroy(path)
    before = path.read_bytes() if path.exists() else None
    said = checkout.refuses("--port", "0")
    assert f"The database {path} {words}" in said
    assert "backup" in said
    assert "--reset" in said
    assert (path.read_bytes() if path.exists() else None) == before


def test_a_database_on_a_server_needs_no_file(checkout):  # noqa: F811
    used(checkout.data).unlink()
    check = f"from pathlib import Path; from portal.launch import folder; folder.check(Path({str(checkout.data)!r}))"
    checkout.environment["DATABASE_URL"] = "postgres://somewhere/schakel"
    assert checkout.run("-c", check).returncode == 0


def test_a_database_that_is_whole_or_in_use_is_accepted(checkout):  # noqa: F811
    path = used(checkout.data)
    check = f"from pathlib import Path; from portal.launch import folder; folder.check(Path({str(checkout.data)!r}))"
    with sqlite3.connect(path, isolation_level=None) as other:
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("BEGIN IMMEDIATE")
        ended = checkout.run("-c", check)
    other.close()
    assert ended.returncode == 0, ended.stderr


def test_a_first_start_that_was_broken_off_before_its_database_goes_on(checkout):  # noqa: F811
    checkout.data.mkdir()
    (checkout.data / "db.sqlite3").write_bytes(b"")
    check = f"from pathlib import Path; from portal.launch import folder; folder.check(Path({str(checkout.data)!r}))"
    assert checkout.run("-c", check).returncode == 0


def test_a_full_disk_is_said(checkout):  # noqa: F811
    fail = (
        "import sys; from portal.launch import commands\n"
        "def full(options): raise OSError(28, 'No space left on device', '/srv/data/set_up')\n"
        "commands._serve = full\n"
        "sys.exit(commands.main([]))"
    )
    ended = checkout.run("-c", fail)
    assert ended.returncode == 1
    assert "The disk where /srv/data/set_up is is full. Make room and start again" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_folder_that_is_not_an_environment_is_not_touched(checkout):  # noqa: F811
    (checkout.folder / ".venv").mkdir()
    (checkout.folder / ".venv" / "thesis.txt").write_text("years of work")
    assert "is not an environment of Python" in checkout.refuses("--port", "0")
    assert (checkout.folder / ".venv" / "thesis.txt").exists()


def test_reset_leaves_a_folder_alone_that_is_not_ours(checkout, tmp_path):  # noqa: F811
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "one.jpg").write_text("")
    assert "does not look like a data folder" in checkout.refuses(
        "--port", "0", "--reset", "--data", tmp_path / "photos"
    )
    assert (tmp_path / "photos" / "one.jpg").exists()


def test_reset_says_that_it_cannot_empty_a_database_server(checkout):  # noqa: F811
    checkout.environment["DATABASE_URL"] = "postgres://somewhere/schakel"
    assert "--reset cannot empty the database" in checkout.refuses("--port", "0", "--reset")
