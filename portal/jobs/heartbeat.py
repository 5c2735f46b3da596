"""Whether a job runner lives beside this process: a file in the data folder that every runner keeps locked.

The lock is the operating system's and goes with the process, also after kill -9, so there is no stale answer. A runner
that hangs stops touching the file. Where there are no such locks (Windows) the time of the file alone decides.
"""

import os
import time
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

try:
    import fcntl
except ImportError:  # not a POSIX system
    fcntl = None

BEAT_S = 5
SILENT_S = 60


def path() -> Path:
    """The file that runners keep locked."""
    return settings.DATA_DIR / "runner"


@contextmanager
def living():
    """Be seen as a living runner inside the block; yields a function that has to be called every few seconds."""
    with path().open("a+") as file:
        if fcntl:
            fcntl.flock(file, fcntl.LOCK_SH)
        due = 0.0

        def beat():
            nonlocal due
            if time.monotonic() >= due:
                due = time.monotonic() + BEAT_S
                os.utime(file.fileno())

        beat()
        try:
            yield beat
        finally:
            if not fcntl:
                os.utime(file.fileno(), (0, 0))


def runner_alive() -> bool:
    """Whether a job runner lives that uses this data folder and has shown itself within a minute."""
    try:
        with path().open("r") as file:
            if time.time() - os.fstat(file.fileno()).st_mtime > SILENT_S:
                return False
            if not fcntl:
                return True
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
            return False
    except FileNotFoundError:
        return False
