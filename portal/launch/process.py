"""Starting other programs so that they stop when this one does."""

import contextlib
import ctypes
import multiprocessing
import os
import signal
import subprocess
import sys
from typing import Any

PATIENCE_S = 15


def start(command: list, private: bool = False, **options: Any) -> subprocess.Popen[bytes]:
    """Start a program in a session of its own: a Ctrl-C reaches only us, and we pass it on.

    On Linux the kernel also ends it when we are killed without a chance to do so. What a `private` program makes can
    be read by its own user only. Options are those of Popen.
    """
    if private and sys.platform != "win32":
        options["umask"] = 0o077
    if sys.platform == "linux":
        options["preexec_fn"] = _end_with_parent
    return subprocess.Popen([str(part) for part in command], start_new_session=True, **options)


def finish(process: subprocess.Popen) -> int:
    """Wait for a program and return its code; when we are interrupted, end it first."""
    try:
        return process.wait()
    except BaseException:
        end([process])
        raise


def end(processes: list[subprocess.Popen], patience_s: float = PATIENCE_S) -> None:
    """Ask programs to stop and wait for them; whoever does not in `patience_s` seconds is killed."""
    for process in processes:
        if process.poll() is None:
            process.terminate()
    for process in processes:
        try:
            process.wait(patience_s)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        end_what_is_left(process)


def end_what_is_left(process: subprocess.Popen) -> None:
    """Kill what a program that ended has begun and left behind: all that is in its session (see `start`)."""
    if os.name != "nt":
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)


def end_with_the_server() -> None:
    """To be called in a worker of the web server: end at once when the server is killed, and leave its port.

    The server has no chance to tell its workers then. On Linux the kernel does; elsewhere `end_what_is_left`.
    """
    parent = multiprocessing.parent_process()
    if parent is None or sys.platform != "linux":
        return
    _end_with_parent(signal.SIGKILL)
    if os.getppid() != parent.pid:  # it was killed before the kernel was asked
        os.kill(os.getpid(), signal.SIGKILL)


def _end_with_parent(number: int = signal.SIGTERM) -> None:
    pr_set_pdeathsig = 1
    ctypes.CDLL(None).prctl(pr_set_pdeathsig, number)
