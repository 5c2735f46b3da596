"""What pulling costs: `.venv/bin/python bench/feeds.py`

Makes an empty portal in a temporary folder and answers from a server of its own. Prints the seconds of 500 feeds with
15 entries in which nothing is new (at most 30, with 500 conditional requests and no write to items), and of the first
sweep of 1,000 videos over the Data API (at most 60).
"""

import os
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ["SCHAKEL_DATA"] = tempfile.mkdtemp(prefix="schakel-bench-")
os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings"

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from portal.feeds.adapters.youtube_api import client  # noqa: E402
from portal.feeds.models import Item, Source  # noqa: E402
from portal.feeds.pulling.pull import pull, pull_due  # noqa: E402
from portal.starter import empty_database  # noqa: E402
from tests.feeds.atom import entry, feed  # noqa: E402
from tests.feeds.youtube_server import FakeYoutube, video  # noqa: E402
from tests.local_server import Answer, LocalServer  # noqa: E402

SOURCES, ENTRIES, VIDEOS = 500, 15, 1000
BUDGET_S = {"feeds": 30, "videos": 60}


def unchanged_feeds() -> float:
    """The seconds of the second pull of all sources; says when it was not conditional or wrote an item."""
    server = LocalServer()
    settings.GUARDED_CLIENT_ALLOW = [server.netloc]
    for number in range(SOURCES):
        entries = (entry(video=f"v{number:05}{each:05}", title=f"Webinar {each}") for each in range(ENTRIES))
        whole = Answer(feed(*entries), headers={"ETag": f'"{number}"'})
        address = server.answer(f"/feed/{number}", whole, Answer(status=304))
        Source.objects.create(name=f"Source {number}", config=address, enabled=True)
    assert sum(log.n_new for log in pull_due()) == SOURCES * ENTRIES
    Source.objects.update(next_run_at=None)
    server.requests.clear()
    began = time.monotonic()
    with CaptureQueriesContext(connection) as queries:
        logs = list(pull_due())
    seconds = time.monotonic() - began
    assert {log.outcome for log in logs} == {"unchanged"}
    assert len(server.requests) == SOURCES
    assert all("If-None-Match" in headers for _path, headers in server.requests)
    assert not [one for one in queries if "feeds_item" in one["sql"] and not one["sql"].startswith("SELECT")]
    server.close()
    return seconds


def first_sweep() -> float:
    """The seconds in which a channel of a thousand videos comes in."""
    fake = FakeYoutube()
    settings.GUARDED_CLIENT_ALLOW, settings.YOUTUBE_API_KEY = [fake.netloc], "bench"
    client.API = f"http://{fake.netloc}/youtube/v3"
    fake.hold(*(video(number) for number in range(VIDEOS)))
    source = Source.objects.create(name="API", kind="youtube_api", config="UCproefkanaal0000000000A")
    before, began = Item.objects.count(), time.monotonic()
    pull(source)
    seconds = time.monotonic() - began
    assert Item.objects.count() == before + VIDEOS
    fake.close()
    return seconds


def main() -> int:
    connection.ensure_connection()
    empty_database.fill_database()
    found = {"feeds": unchanged_feeds(), "videos": first_sweep()}
    for name, seconds in found.items():
        verdict = "" if seconds <= BUDGET_S[name] else "  OVER BUDGET"
        print(f"{name}: {seconds:.1f} s (at most {BUDGET_S[name]}){verdict}")
    return int(any(seconds > BUDGET_S[name] for name, seconds in found.items()))


if __name__ == "__main__":
    sys.exit(main())
