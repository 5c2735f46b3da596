"""The generation: a number that moves after each change that visitors can see.

It is the time stamp of one file in the data folder, so that the server and the job runner share it whatever the
database is. A look at it costs some microseconds.
"""

import os
import time
from pathlib import Path

from django.conf import settings


def _file() -> Path:
    return settings.DATA_DIR / "copies" / "generation"


def generation() -> int:
    """Return the time of the last change that visitors can see, in nanoseconds; 0 before the first."""
    try:
        return os.stat(_file()).st_mtime_ns
    except FileNotFoundError:
        return 0


def advance_generation() -> None:
    """Move the generation. Call `invalidate` instead, which does so after the commit.

    Writes nothing but a time stamp, so that a full disk does not keep outdated pages alive.
    """
    path = _file()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    now = max(time.time_ns(), os.stat(path).st_mtime_ns + 1)
    os.utime(path, ns=(now, now))
