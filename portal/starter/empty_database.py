"""The database as all migrations leave it, kept as SQL: a new SQLite database is filled in a second instead of twenty.

The file `empty_database.sql` is made *from* the migrations (`manage.py empty_database`) and used only while it names
exactly the migrations of the installed code; otherwise, and on PostgreSQL, `migrate` does its ordinary work. Either way
`migrate` runs afterwards and finds what is left to do. A test holds the file to what migrating really gives.
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
# The moment at which the migrations of the file were applied says nothing, and would change the file each time.
_APPLIED = re.compile(r"'\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?'")
_NO_MOMENT = "'2026-01-01 00:00:00'"


def mark() -> str:
    """A number for the set of migrations of the installed code; the first line of the file carries it."""
    names = sorted(".".join(key) for key in MigrationLoader(None, ignore_no_migrations=True).disk_migrations)
    return hashlib.sha256("\n".join(names).encode()).hexdigest()


def fits() -> bool:
    """Whether the file is of exactly the migrations that are installed."""
    if not FILE.exists():
        return False
    with FILE.open(encoding="utf-8") as file:
        return file.readline().strip() == f"-- {mark()}"


def fill() -> bool:
    """Fill the database from the file when it is SQLite, empty and the file fits; returns whether that was done.

    One transaction: a start that is broken off leaves the database empty. A SQLite that cannot do what the file asks
    (it may lack full-text search) is left to the migrations.
    """
    if connection.vendor != "sqlite" or connection.introspection.table_names() or not fits():
        return False
    try:
        connection.connection.executescript(FILE.read_text(encoding="utf-8"))
    except sqlite3.Error as error:
        logger.warning("The empty database could not be filled from %s, migrating instead: %s", FILE.name, error)
        if connection.connection.in_transaction:
            connection.connection.execute("ROLLBACK")
        return False
    return True


def write() -> str:
    """What the file has to hold now: migrates a database of its own and returns it as SQL. Takes half a minute."""
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
    return "\n".join([f"-- {mark()}", "BEGIN;", *statements, "COMMIT;", ""])


def _statements(database: sqlite3.Connection) -> Iterator[str]:
    """The SQL that makes such a database again: tables with their rows, then full-text tables, indexes, triggers."""
    things = database.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE sql NOT NULL ORDER BY type, name"
    ).fetchall()
    full_text = [name for kind, name, sql in things if kind == "table" and sql.upper().startswith("CREATE VIRTUAL")]
    # What SQLite makes by itself: its counters, and the tables behind a full-text table.
    made = ("sqlite_", *(f"{name}_" for name in full_text))
    tables = [
        (name, sql)
        for kind, name, sql in things
        if kind == "table" and name not in full_text and not name.startswith(made)
    ]
    yield from (f"{sql};" for _name, sql in tables)
    for name, _sql in tables:
        quoted = database.execute(
            f"SELECT group_concat('quote(\"' || name || '\")', ' || '','' || ') FROM pragma_table_info('{name}')"
        )
        values = quoted.fetchone()[0]
        # Each row as the list of its values, written by SQLite itself.
        for (row,) in database.execute(f'SELECT {values} FROM "{name}" ORDER BY rowid').fetchall():
            row = _APPLIED.sub(_NO_MOMENT, row) if name == "django_migrations" else row
            yield f'INSERT INTO "{name}" VALUES ({row});'
    for name in full_text:
        assert not database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0], f"{name} should be empty"
        yield next(sql for _kind, other, sql in things if other == name) + ";"
    yield from (f"{sql};" for kind, _name, sql in things if kind in ("index", "trigger", "view"))
