"""One parent over the two programs that make the site: the web server (granian) and the job runner.

Standard library only. The parent starts both, starts again what ends by itself, passes SIGTERM and Ctrl-C on and
leaves with code 0. Under systemd the two may as well be two services (docs/operations.md).
"""

import os
import signal
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from subprocess import Popen

from portal.launch import process
from portal.launch.environment import PYTHON, ROOT
from portal.launch.errors import StartError

THREADS = 16
LOOK_S = 0.2
AGAIN_AFTER_S = 2
READY_WITHIN_S = 60


@dataclass(eq=False)
class Program:
    """A program under the parent."""

    name: str
    command: list
    running: Popen = field(init=False)
    again_at: float = field(default=0.0)

    def start(self) -> None:
        self.running = process.start(self.command, private=True, cwd=ROOT)


def programs(host: str, port: int) -> list[Program]:
    """The web server and the job runner, for that address."""
    workers = os.environ.get("SCHAKEL_WORKERS", "1")
    threads = os.environ.get("SCHAKEL_THREADS", str(THREADS))
    server = [PYTHON, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", port, "--workers", workers]
    server += ["--blocking-threads", threads, "--respawn-failed-workers", "--log-level", "error"]
    return [
        Program("server", [*server, "portal.wsgi:application"]),
        Program("job runner", [PYTHON, ROOT / "manage.py", "runjobs"]),
    ]


def serve(host: str, port: int, ready: Callable[[int], None]) -> int:
    """Run everything until SIGTERM or Ctrl-C and return 0; `ready(status)` is called once the site answers.

    The job runner begins when the site has answered, so that the first visitor does not wait for it. Raises StartError
    when the server ends at once or gives no answer at all within a minute.
    """
    web, runner = programs(host, port)
    stopping = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda received, _frame: stopping.append(received))
    begun = [web]
    web.start()
    deadline = time.monotonic() + READY_WITHIN_S
    try:
        while not stopping:
            if runner in begun:
                _restart_what_ended(begun)
                time.sleep(LOOK_S)
            elif status := _status(host, port):
                runner.start()
                begun.append(runner)
                ready(status)
            elif web.running.poll() is not None or time.monotonic() > deadline:
                raise StartError(
                    "The web server was started but the site does not answer.",
                    f"Why is said above or in {os.environ.get('SCHAKEL_DATA', 'data')}/logs/portal.log.",
                )
            else:
                time.sleep(LOOK_S / 4)
    finally:
        process.end([program.running for program in begun])
    return 0


def _restart_what_ended(everything: list[Program]) -> None:
    """Start again what ended by itself, two seconds later, with a line that says so."""
    for program in everything:
        code = program.running.poll()
        if code is None:
            continue
        now = time.monotonic()
        if not program.again_at:
            process.end_what_is_left(program.running)  # a worker of a killed server would keep its port
            print(
                f"The {program.name} ended by itself (code {code}); it is started again.", file=sys.stderr, flush=True
            )
            program.again_at = now + AGAIN_AFTER_S
        elif now >= program.again_at:
            program.again_at = 0.0
            program.start()


def _status(host: str, port: int) -> int:
    """The status with which the Dutch home answers; 0 when nothing answers."""
    here = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    names = [name.strip() for name in os.environ.get("SCHAKEL_HOSTS", "").split(",") if name.strip(" .*")]
    headers = {"Host": names[0].lstrip(".")} if names else {}
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(urllib.request.Request(f"http://{here}:{port}/nl/", headers=headers), timeout=10) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0
