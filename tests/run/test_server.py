"""The parent over web server and job runner: starts again what ends, stops everything, leaves nothing behind."""

import os
import signal
import socket
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from tests.run.starts import ROOT

PARENT = """
import sys
from portal.launch import server
from portal.launch.errors import StartError

def programs(host, port):
    web, runner = [sys.executable, WEB, port], [sys.executable, RUNNER]
    return [server.Program("server", web), server.Program("job runner", runner)]

WEB, RUNNER, PORT = sys.argv[1:]
server.programs = programs
server.AGAIN_AFTER_S = 0.2
try:
    code = server.serve("127.0.0.1", int(PORT), lambda status: print("ready", status, flush=True))
except StartError as trouble:
    sys.exit(f"{trouble}")
print("left with", code)
"""
WEB = """
import http.server, os, sys
class Home(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
    def log_message(self, *words):
        pass
print("web", os.getpid(), flush=True)
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Home).serve_forever()
"""
RUNNER = """
import os, time
print("runner", os.getpid(), flush=True)
time.sleep(600)
"""


@pytest.fixture
def parent(tmp_path):
    """Start the parent over two small programs: `parent(web, runner)`; a program is given as Python source."""
    started = []

    def start(web=WEB, runner=RUNNER):
        files = []
        for name, source in (("web.py", web), ("runner.py", runner)):
            (tmp_path / name).write_text(textwrap.dedent(source))
            files.append(str(tmp_path / name))
        with socket.socket() as trial:
            trial.bind(("127.0.0.1", 0))
            port = str(trial.getsockname()[1])
        command = [sys.executable, "-c", PARENT, *files, port]
        environment = {name: value for name, value in os.environ.items() if name != "SCHAKEL_HOSTS"}
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        started.append(subprocess.Popen(command, cwd=ROOT, env=environment, text=True, **pipes))
        return started[0]

    yield start
    for process in started:
        process.kill()
        process.communicate()


def number_of(process, name) -> int:
    """The process number that a child prints when it begins."""
    while line := process.stdout.readline():
        if line.startswith(f"{name} "):
            return int(line.split()[1])
    raise AssertionError(f"{name} never began: {process.stderr.read()}")


def gone(number: int) -> bool:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            os.kill(number, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize("received", [signal.SIGTERM, signal.SIGINT])
def test_one_signal_stops_everything_with_code_0(parent, received):
    process = parent()
    web, runner = number_of(process, "web"), number_of(process, "runner")
    process.send_signal(received)
    assert process.wait(20) == 0
    assert gone(web)
    assert gone(runner)


def test_it_says_that_it_is_ready_when_the_site_answers(parent):
    process = parent()
    lines = [process.stdout.readline() for _line in range(3)]
    assert "ready 200\n" in lines


def test_a_runner_that_ends_is_started_again_with_a_line_that_says_so(parent):
    process = parent()
    first = number_of(process, "runner")
    os.kill(first, signal.SIGKILL)
    second = number_of(process, "runner")
    assert second != first
    assert "The job runner ended by itself (code -9); it is started again." in process.stderr.readline()


def test_a_web_server_that_ends_is_started_again(parent):
    process = parent()
    web = number_of(process, "web")
    number_of(process, "runner")
    os.kill(web, signal.SIGKILL)
    assert number_of(process, "web") != web


def test_a_web_server_that_cannot_start_is_said_in_a_sentence(parent):
    process = parent(web="import sys; sys.exit('no such module')")
    out, errors = process.communicate(timeout=20)
    assert process.returncode == 1
    assert "the site does not answer" in errors
    assert "Traceback" not in errors


def beginning(worker: str) -> str:
    """A web server that has begun a worker of that source before anything else, as granian does."""
    begun = f"""
import subprocess, sys
quiet = subprocess.DEVNULL
print("worker", subprocess.Popen([sys.executable, "-c", {worker!r}], stdout=quiet, stderr=quiet).pid, flush=True)
"""
    return begun + WEB


def test_what_a_killed_web_server_leaves_behind_is_ended_and_gives_its_port_free(parent):
    """granian's worker has the port open as well, and would answer beside the next one for ever."""
    process = parent(web=beginning("import time; time.sleep(60)"))
    worker, web = number_of(process, "worker"), number_of(process, "web")
    number_of(process, "runner")
    os.kill(web, signal.SIGKILL)
    assert gone(worker)
    assert number_of(process, "web") != web
    process.terminate()
    assert process.wait(20) == 0


def test_nothing_that_the_web_server_began_outlives_a_stop(parent):
    process = parent(
        web=beginning("import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)")
    )
    worker = number_of(process, "worker")
    number_of(process, "runner")
    process.terminate()
    assert process.wait(20) == 0
    assert gone(worker)


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel ends orphans on Linux only")
def test_a_worker_of_granian_ends_with_its_server_also_without_our_parent(tmp_path):
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = trial.getsockname()[1]
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "portal.wsgi:application"]
    environment = os.environ | {"SCHAKEL_DATA": str(tmp_path)}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, cwd=ROOT, env=environment, **quiet) as server:
        deadline = time.monotonic() + 60
        while not listens(port):
            assert time.monotonic() < deadline, "the server never listened"
            time.sleep(0.1)
        children = [int(one) for one in Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()]
        server.kill()
    assert children
    assert all(gone(number) for number in children)
    assert not listens(port)


def listens(port: int) -> bool:
    with socket.socket() as trial:
        return not trial.connect_ex(("127.0.0.1", port))


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel ends orphans on Linux only")
def test_no_program_outlives_a_parent_that_is_killed(parent):
    process = parent()
    web, runner = number_of(process, "web"), number_of(process, "runner")
    process.kill()
    assert gone(web)
    assert gone(runner)


def test_what_a_worker_loads_at_its_start_is_not_looked_through_again_for_what_has_gone():
    loaded = "import gc, portal.wsgi; print(gc.get_freeze_count() > 10_000)"
    answer = subprocess.run([sys.executable, "-c", loaded], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert answer.stdout.strip() == "True", answer.stderr
