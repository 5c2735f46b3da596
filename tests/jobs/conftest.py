"""A job table that several real processes share: a SQLite file, or a database of its own on the PostgreSQL server."""

import json
import os
import subprocess
import sys
import time
import uuid
from pathlib import Path

import pytest

from tests.mail_server import mail_server  # noqa: F401  (a fixture)

WORKER = Path(__file__).with_name("worker.py")


class Table:
    """The shared table and the processes on it."""

    def __init__(self, folder: Path, url: str):
        self.trace = folder / "trace"
        self.trace.touch()
        self.environment = {
            **os.environ,
            "SCHAKEL_DATA": str(folder),
            "DATABASE_URL": url,
            "JOBS_TRACE": str(self.trace),
        }
        self.running = []

    def start(self, *arguments) -> subprocess.Popen:
        command = [sys.executable, str(WORKER), *(str(argument) for argument in arguments)]
        process = subprocess.Popen(
            command, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        self.running.append(process)
        return process

    def do(self, *arguments) -> str:
        """Run a worker to its end and return what it printed."""
        process = self.start(*arguments)
        out, errors = process.communicate(timeout=60)
        assert process.returncode == 0, errors
        return out

    def rows(self) -> list[dict]:
        return json.loads(self.do("show"))

    def lines(self) -> list[str]:
        return self.trace.read_text().splitlines()

    def wait_for(self, line: str, seconds: float = 30) -> None:
        deadline = time.monotonic() + seconds
        while line not in self.lines():
            assert time.monotonic() < deadline, f"“{line}” never came: {self.lines()}"
            time.sleep(0.05)


@pytest.fixture
def table(tmp_path):
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        yield from _with_table(Table(tmp_path, f"sqlite:///{tmp_path / 'jobs.sqlite3'}"))
        return
    import psycopg

    server, _slash, _name = url.rpartition("/")
    name = f"jobs_{uuid.uuid4().hex}"
    with psycopg.connect(url, autocommit=True) as administrator:
        administrator.execute(f"CREATE DATABASE {name}")
        try:
            yield from _with_table(Table(tmp_path, f"{server}/{name}"))
        finally:
            administrator.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _with_table(table):
    table.do("init")
    try:
        yield table
    finally:
        for process in table.running:
            if process.poll() is None:
                process.kill()
            process.communicate()


@pytest.fixture
def registered():
    """Register a job for one test only: `registered("name", function)`."""
    from portal.jobs import registry

    registry.load()  # what is loaded while a test runs would be forgotten after it, and never be loaded again
    before = dict(registry._jobs), dict(registry._ticks)

    def register(name, function, every_s=None):
        registry.job(name, every_s=every_s)(function)
        return name

    yield register
    registry._jobs.clear(), registry._jobs.update(before[0])
    registry._ticks.clear(), registry._ticks.update(before[1])
