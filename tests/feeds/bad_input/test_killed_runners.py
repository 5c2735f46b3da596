"""Bad input 42 of docs/feed-rules.md 5.5, for real: processes killed halfway, and two at once, on a database file."""

import os
import signal
import sqlite3
import subprocess
import sys
import time

import pytest

from portal.starter import empty_database
from tests.captured import ROOT
from tests.feeds.atom import CHANNEL, entry, feed
from tests.local_server import Answer

MANY = 400
BEGIN = """
import sys
from django.conf import settings
settings.GUARDED_CLIENT_ALLOW = [sys.argv[1]]
import django
django.setup()
from portal.feeds.models import Source
from portal.feeds.pulling.pull import pull
"""
MAKE = BEGIN + "Source.objects.create(name='Proef', config=sys.argv[2], enabled=True)"
RUN = BEGIN + "print(pull(Source.objects.get()).outcome)"


class Portal:
    """A data folder with one source, and runners that pull it, each a process of its own."""

    def __init__(self, folder, server):
        self.folder, self.server = folder, server
        self.file = folder / "db.sqlite3"
        self.config = f"{server.url('/feeds/videos.xml')}?channel_id={CHANNEL}"
        with sqlite3.connect(self.file) as database:
            database.executescript(empty_database.FILE.read_text(encoding="utf-8"))
        assert self.runner(MAKE).wait() == 0

    def runner(self, code=RUN):
        environment = os.environ | {
            "SCHAKEL_DATA": str(self.folder),
            "DJANGO_SETTINGS_MODULE": "portal.settings",
            "DATABASE_URL": f"sqlite:///{self.file}",
        }
        return subprocess.Popen(
            [sys.executable, "-c", code, self.server.netloc, self.config],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, query):
        database = sqlite3.connect(self.file, timeout=20)
        try:
            found = database.execute(query).fetchall()
            database.commit()
            return found
        finally:
            database.close()

    @property
    def items(self):
        return self.ask("SELECT external_id, title, state FROM feeds_item ORDER BY external_id")


@pytest.fixture
def portal(tmp_path, local_server):
    entries = [entry(video=f"{number:011}", title=f"Webinar {number}") for number in range(MANY)]
    local_server.answer("/feeds/videos.xml", Answer(feed(*entries)))
    return Portal(tmp_path, local_server)


@pytest.fixture
def whole():
    return [(f"yt:{number:011}", f"Webinar {number}", "new") for number in range(MANY)]


def test_42_a_runner_that_is_killed_halfway_loses_nothing_and_doubles_nothing(portal, whole):
    runner = portal.runner()
    deadline = time.monotonic() + 60
    while not portal.items and time.monotonic() < deadline:
        time.sleep(0.002)
    runner.send_signal(signal.SIGKILL)
    runner.wait()
    kept = len(portal.items)
    assert 0 < kept < MANY, "it was killed between two items"
    assert portal.runner().communicate()[0].strip() == "busy", "its lease holds for a while"
    portal.ask("UPDATE feeds_source SET leased_until = '2020-01-01 00:00:00'")
    assert portal.runner().communicate()[0].strip() == "ok"
    assert portal.items == whole
    assert portal.runner().communicate()[0].strip() == "unchanged"
    assert portal.items == whole


def test_42_two_runners_at_once_keep_every_item_once(portal, whole):
    runners = [portal.runner() for _number in range(2)]
    outcomes = sorted(runner.communicate()[0].strip() for runner in runners)
    assert outcomes in (["busy", "ok"], ["ok", "unchanged"])
    assert portal.items == whole
