"""The kept empty database is what the migrations give, and is used only then."""

import os
import re
import sqlite3

import pytest

from portal.starter import empty_database

pytestmark = pytest.mark.django_db  # a migration of wagtail-localize asks the database while it is imported
AGAIN = "Migrations have changed. Run: python3 run.py manage empty_database"


def statements(text: str) -> list[str]:
    """The SQL without what is different each time: keys that are drawn by lot, and moments."""
    text = re.sub(r"'[0-9a-f]{32}'", "'key'", text)
    return re.sub(r"'\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?'", "'moment'", text).splitlines()


def kept() -> str:
    return empty_database.FILE.read_text(encoding="utf-8")


def test_the_kept_empty_database_is_of_the_migrations_of_this_version():
    assert empty_database.matches_migrations(), AGAIN


@pytest.mark.skipif("DATABASE_URL" in os.environ, reason="the run on SQLite compares it, this takes half a minute")
def test_the_kept_empty_database_is_what_migrating_gives():
    assert statements(kept()) == statements(empty_database.build_sql()), AGAIN


def test_a_database_filled_from_it_holds_the_same(tmp_path):
    database = sqlite3.connect(tmp_path / "db.sqlite3")
    database.executescript(kept())
    again = list(empty_database._statements(database))
    database.close()
    assert "\n".join(again).splitlines() == kept().splitlines()[2:-1]


def test_it_is_not_used_for_other_migrations_nor_where_there_is_data(db, monkeypatch, tmp_path):
    assert empty_database.fill_database() is False, "there is data here"
    other = tmp_path / "other.sql"
    other.write_text("-- of other migrations\n")
    monkeypatch.setattr(empty_database, "FILE", other)
    assert empty_database.matches_migrations() is False
    monkeypatch.setattr(empty_database, "FILE", tmp_path / "never written")
    assert empty_database.matches_migrations() is False


def test_a_file_that_sqlite_cannot_read_leaves_the_database_to_the_migrations(tmp_path, monkeypatch):
    bad = tmp_path / "bad.sql"
    statements = "BEGIN;\nCREATE TABLE one (id);\nCREATE VIRTUAL TABLE two USING nothing(x);\n"
    bad.write_text(f"-- {empty_database.migrations_hash()}\n{statements}")
    monkeypatch.setattr(empty_database, "FILE", bad)

    class Connection:
        """A connection to a SQLite file of our own, as `fill` uses one."""

        vendor = "sqlite"
        connection = sqlite3.connect(tmp_path / "db.sqlite3", isolation_level=None)

        class introspection:
            @staticmethod
            def table_names():
                return []

    monkeypatch.setattr(empty_database, "connection", Connection)
    assert empty_database.fill_database() is False
    assert Connection.connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
