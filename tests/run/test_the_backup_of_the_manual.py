"""The commands of docs/operations.md, "Backup", make a backup that can be started, word for word as they stand."""

import os
import re
import shutil
import sqlite3
import subprocess
import uuid
from pathlib import Path

import pytest

from tests.run.starts import ROOT

MANUAL = (ROOT / "docs" / "operations.md").read_text()
SQLITE, POSTGRES, RESTORE = re.findall(r"```sh\n(.*?)```", MANUAL.partition("## Backup")[2].partition("\n## ")[0], re.S)
# What is in a data folder, and whether a backup needs it. What nobody thought of yet is kept.
KEPT = ["media/original_images/a.jpg", "withheld/b.jpg", "secret_key", "version.json", "a_new_folder/c"]
MADE_AGAIN = ["index/d", "static/e", "stylesheet/f", "copies/generation", "logs/portal.log", "runner", "set_up"]


def run(commands: str, **variables) -> None:
    """Run commands of the manual, with other folders than its examples."""
    for name, value in variables.items():
        commands, number = re.subn(rf"(?m)^{name}=.*$", f"{name}='{value}'", commands)
        assert number == 1, name
    subprocess.run(["sh", "-euc", commands], check=True, capture_output=True, timeout=60)


@pytest.fixture
def data(tmp_path):
    folder = tmp_path / "data"
    for name in KEPT + MADE_AGAIN:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)
    (folder / "media/original_images").chmod(0o755)
    return folder


def files_of(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_with_sqlite_while_it_is_being_written(data, tmp_path):
    with sqlite3.connect(data / "db.sqlite3", isolation_level=None) as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("CREATE TABLE t (x)")
        database.execute("INSERT INTO t VALUES ('written last')")
        run(SQLITE, DATA=data, TO=tmp_path / "backup")
    database.close()
    assert (tmp_path / "backup").stat().st_mode & 0o077 == 0
    run(RESTORE, FROM=tmp_path / "backup", DATA=tmp_path / "restored")
    assert files_of(tmp_path / "restored") == {*KEPT, "db.sqlite3"}
    assert (tmp_path / "restored/media/original_images").stat().st_mode & 0o777 == 0o755
    with sqlite3.connect(tmp_path / "restored" / "db.sqlite3") as restored:
        assert restored.execute("SELECT x FROM t").fetchall() == [("written last",)]
    restored.close()


@pytest.mark.postgres
@pytest.mark.skipif(not shutil.which("pg_dump"), reason="pg_dump is not on the PATH")
def test_with_postgresql(data, tmp_path, monkeypatch):
    import psycopg

    server, _slash, _name = os.environ["DATABASE_URL"].rpartition("/")
    first, second = (f"backup_{uuid.uuid4().hex}" for _number in range(2))
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as administrator:
        for name in (first, second):
            administrator.execute(f"CREATE DATABASE {name}")
        try:
            with psycopg.connect(f"{server}/{first}") as database:
                database.execute("CREATE TABLE t AS SELECT 'kept' AS x")
            monkeypatch.setenv("DATABASE_URL", f"{server}/{first}")
            run(POSTGRES, DATA=data, TO=tmp_path / "backup")
            monkeypatch.setenv("DATABASE_URL", f"{server}/{second}")
            run(RESTORE, FROM=tmp_path / "backup", DATA=tmp_path / "restored")
            with psycopg.connect(f"{server}/{second}") as restored:
                assert restored.execute("SELECT x FROM t").fetchall() == [("kept",)]
        finally:
            for name in (first, second):
                administrator.execute(f"DROP DATABASE {name} WITH (FORCE)")
    assert files_of(tmp_path / "restored") == set(KEPT)


def test_the_table_of_the_data_folder_says_the_same():
    """What the table says is in a backup is what the commands keep."""
    table = MANUAL.partition("## The data folder")[2].partition("## Backup")[0]
    rows = re.findall(r"^\| (`.*?`.*?) \|.*\| (\w+)[^|]*\|$", table, re.M)
    said = {name.strip("/"): answer for names, answer in rows for name in re.findall(r"`([^`]+)`", names)}
    left_out = {name.strip("/") for name in re.findall(r"--exclude=\./(\S+)", SQLITE)}
    assert {name for name, answer in said.items() if answer == "no"} <= left_out
    assert not {name for name, answer in said.items() if answer == "yes"} & left_out
