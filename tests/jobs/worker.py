"""A process of its own that works on the job table of DATABASE_URL; what it does is written to the file JOBS_TRACE.

python worker.py init            make the table
python worker.py ask 20          ask for twenty pieces of work
python worker.py ask_long        ask for one piece of work that takes a minute
python worker.py work [seconds]  do what is due (that many seconds from now), then end
python worker.py live            be a runner until SIGTERM
python worker.py show            print the table as JSON
"""

import json
import os
import signal
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path

from django.conf import settings

sys.path.insert(0, str(Path(__file__).parents[2]))

from portal import settings as real  # noqa: E402

# The real database settings; only the room of jobs, because a process has to start quickly here.
settings.configure(
    INSTALLED_APPS=["portal.jobs"],
    DATABASES=real.DATABASES,
    DATA_DIR=real.DATA_DIR,
    DEFAULT_AUTO_FIELD=real.DEFAULT_AUTO_FIELD,
    USE_TZ=True,
    LOGGING_CONFIG=None,
)

import django  # noqa: E402

django.setup()

from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from portal.jobs import queue, registry, runner  # noqa: E402
from portal.jobs.models import Job  # noqa: E402

TRACE = Path(os.environ["JOBS_TRACE"])
registry.load = lambda: None  # only the work below: the other rooms are not here


def trace(line):
    with TRACE.open("a") as file:
        file.write(line + "\n")


@registry.job("test.append")
def append(run):
    if os.environ.get("JOBS_DIE"):
        trace(f"begun {run.key}")
        os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(0.02)
    trace(f"done {run.key}")


@registry.job("test.sleep")
def sleep_for_long(run):
    trace("begun")
    for step in range(600):
        time.sleep(0.1)
        run.progress(f"step {step}")
        trace(f"step {step}")


@registry.tick("test.tick")
def tick():
    trace("tick")


if os.environ.get("JOBS_BAD_TICK"):

    @registry.tick("test.bad")
    def bad_tick():
        trace("bad tick")
        raise ValueError("this tick always fails")


def init():
    with connection.schema_editor() as editor:
        editor.create_model(Job)


def ask(count):
    for number in range(int(count)):
        queue.enqueue("test.append", key=str(number))


def ask_long():
    queue.enqueue("test.sleep")


def work(later="0"):
    while job := queue.claim(timezone.now() + timedelta(seconds=int(later))):
        queue.execute(job)


def live():
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_received: stop.set())
    runner.run_forever(stop)


def show():
    fields = ("name", "key", "lease", "attempts", "last_error", "progress", "done_at", "locked_until")
    rows = Job.objects.values(*fields)
    sys.stdout.write(json.dumps([{**row, "done_at": bool(row["done_at"])} for row in rows], default=str))


if __name__ == "__main__":
    commands = {"init": init, "ask": ask, "ask_long": ask_long, "work": work, "live": live, "show": show}
    commands[sys.argv[1]](*sys.argv[2:])
