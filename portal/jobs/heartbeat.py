"""Heartbeat of the job runner: a file in the data folder that every runner keeps locked.

The lock belongs to the operating system and ends with the process, even after kill -9, so the answer is never stale. A
runner that hangs stops touching the file. Where there are no such locks (Windows), the time of the file alone decides.
"""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

try:
    import fcntl
except ImportError:  # not a POSIX system
    fcntl = None  # type: ignore[assignment]  # looked at before each use

BEAT_S = 5
SILENT_S = 60


def lock_file() -> Path:
    """Return the path of the file that runners keep locked."""
    return settings.DATA_DIR / "runner"


@contextmanager
def beating() -> Iterator[Callable[[], None]]:
    """Show a living runner inside the block; yields a function that has to be called every few seconds."""
    with lock_file().open("a+") as file:
        if fcntl:
            fcntl.flock(file, fcntl.LOCK_SH)
        due = 0.0

        def beat() -> None:
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
    """Whether a job runner uses this data folder and has shown itself within a minute."""
    try:
        with lock_file().open("r") as file:
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
