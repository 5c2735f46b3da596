"""Fills a new SQLite database from SQL instead of running all migrations: in one second instead of twenty.

The file `empty_database.sql` is generated from the migrations (`manage.py empty_database`) and used only if it names
exactly the migrations of the installed code; otherwise, and on PostgreSQL, `migrate` runs them. Either way `migrate`
runs afterwards and applies what is missing. A test compares the file with the result of migrating.
"""

import hashlib
import logging
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader

logger = logging.getLogger(__name__)

FILE = Path(__file__).with_name("empty_database.sql")
# When the migrations were applied is replaced by a fixed time, as it would change the file each time.
_APPLIED_AT = re.compile(r"'\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?'")
_FIXED_TIME = "'2026-01-01 00:00:00'"


def migrations_hash() -> str:
    """Return a hash of the names of the installed migrations; it is the first line of the file."""
    names = sorted(".".join(key) for key in MigrationLoader(None, ignore_no_migrations=True).disk_migrations)
    return hashlib.sha256("\n".join(names).encode()).hexdigest()


def matches_migrations() -> bool:
    """Return whether the file was generated from exactly the installed migrations."""
    if not FILE.exists():
        return False
    with FILE.open(encoding="utf-8") as file:
        return file.readline().strip() == f"-- {migrations_hash()}"


def fill_database() -> bool:
    """Fill the database from the file if it is an empty SQLite database and the file matches.

    Returns whether it was filled. It is one transaction, so an interrupted start leaves the database empty. If this
    SQLite cannot run the file (it may lack full-text search), the migrations have to do it.
    """
    if connection.vendor != "sqlite" or connection.introspection.table_names() or not matches_migrations():
        return False
    try:
        connection.connection.executescript(FILE.read_text(encoding="utf-8"))
    except sqlite3.Error as error:
        logger.warning("The empty database could not be filled from %s, migrating instead: %s", FILE.name, error)
        if connection.connection.in_transaction:
            connection.connection.execute("ROLLBACK")
        return False
    return True


def build_sql() -> str:
    """Migrate a temporary database and return it as SQL, the new content of the file. Takes half a minute."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        subprocess.run(
            [sys.executable, "manage.py", "migrate", "--one-by-one", "-v0"],
            cwd=settings.BASE_DIR,
            env={**environment, "SCHAKEL_DATA": folder},
            check=True,
        )
        with sqlite3.connect(Path(folder) / "db.sqlite3") as database:
            statements = list(_statements(database))
        database.close()
    return "\n".join([f"-- {migrations_hash()}", "BEGIN;", *statements, "COMMIT;", ""])


def _statements(database: sqlite3.Connection) -> Iterator[str]:
    """Yield the SQL that recreates a database: tables with their rows, then full-text tables, indexes, triggers."""
    objects = database.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE sql NOT NULL ORDER BY type, name"
    ).fetchall()
    full_text = [name for kind, name, sql in objects if kind == "table" and sql.upper().startswith("CREATE VIRTUAL")]
    # SQLite creates these itself: its counters, and the tables behind a full-text table.
    internal = ("sqlite_", *(f"{name}_" for name in full_text))
    tables = [
        (name, sql)
        for kind, name, sql in objects
        if kind == "table" and name not in full_text and not name.startswith(internal)
    ]
    yield from (f"{sql};" for _name, sql in tables)
    for name, _sql in tables:
        quoted = database.execute(
            f"SELECT group_concat('quote(\"' || name || '\")', ' || '','' || ') FROM pragma_table_info('{name}')"
        )
        values = quoted.fetchone()[0]
        # SQLite itself writes each row as a list of values.
        for (row,) in database.execute(f'SELECT {values} FROM "{name}" ORDER BY rowid').fetchall():
            row = _APPLIED_AT.sub(_FIXED_TIME, row) if name == "django_migrations" else row
            yield f'INSERT INTO "{name}" VALUES ({row});'
    for name in full_text:
        assert not database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0], f"{name} should be empty"
        yield next(sql for _kind, other, sql in objects if other == name) + ";"
    yield from (f"{sql};" for kind, _name, sql in objects if kind in ("index", "trigger", "view"))
