"""A real web server for the suite, on a free port of 127.0.0.1: `local_server` answers what a test tells it to."""

import threading
import time
from collections import defaultdict
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl

import pytest


@dataclass
class Answer:
    """One answer: `pause_s` before each byte of the body when it drips, `cut_at` bytes and then the line goes dead."""

    body: bytes = b""
    status: int = 200
    headers: dict = field(default_factory=dict)
    drip_s: float = 0
    cut_at: int | None = None
    wait_for: threading.Event | None = None
    endless: bool = False


class QuietServer(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        """A client that hangs up halfway is what many tests are about: no traceback."""


class LocalServer:
    """Answers paths with what `answer` was given; several answers for a path are given in turn, the last one stays."""

    def __init__(self):
        self.answers: dict[str, list[Answer]] = defaultdict(list)
        self.requests: list[tuple[str, dict]] = []
        self.forms: list[dict[str, str]] = []
        self.heads: list[str] = []
        self.head_answers: dict[str, tuple[int, dict]] = {}
        self.arrived = threading.Event()
        self.stopped = threading.Event()
        self.httpd = QuietServer(("127.0.0.1", 0), self._handler())
        self.netloc = f"127.0.0.1:{self.httpd.server_port}"
        threading.Thread(target=self.httpd.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def url(self, path: str) -> str:
        return f"http://{self.netloc}{path}"

    def answer(self, path: str, *answers: Answer) -> str:
        """Tell what to answer at a path (without its query) and get the address of it."""
        self.answers[path] = list(answers)
        return self.url(path)

    def close(self):
        self.stopped.set()
        self.httpd.shutdown()
        self.httpd.server_close()

    def _handler(self):
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                path = self.path.split("?")[0]
                server.requests.append((self.path, dict(self.headers)))
                waiting = server.answers.get(path) or [Answer(b"not found", 404)]
                given = waiting.pop(0) if len(waiting) > 1 else waiting[0]
                server.arrived.set()
                if given.wait_for is not None:
                    given.wait_for.wait(20)
                self.send_response(given.status)
                for name, value in given.headers.items():
                    self.send_header(name, value)
                if not given.endless and given.status != 304 and "Content-Length" not in given.headers:
                    self.send_header("Content-Length", str(len(given.body)))
                self.end_headers()
                try:
                    self._send(given)
                except (BrokenPipeError, ConnectionResetError):
                    self.close_connection = True

            def do_HEAD(self):
                path = self.path.split("?")[0]
                server.heads.append(path)
                status, headers = server.head_answers.get(path, (405, {}))
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                server.forms.append(dict(parse_qsl(body)))
                self.do_GET()

            def _send(self, given):
                if given.endless:
                    while not server.stopped.is_set():
                        self.wfile.write(b"x" * 65536)
                elif given.drip_s:
                    for byte in given.body:
                        if server.stopped.is_set():
                            return
                        self.wfile.write(bytes([byte]))
                        self.wfile.flush()
                        time.sleep(given.drip_s)
                else:
                    self.wfile.write(given.body if given.cut_at is None else given.body[: given.cut_at])
                    self.close_connection = given.cut_at is not None

            def log_message(self, *args):
                """The suite's output is no access log."""

        return Handler


@pytest.fixture
def local_server(settings):
    """A LocalServer that the guarded client may reach."""
    server = LocalServer()
    settings.GUARDED_CLIENT_ALLOW = [server.netloc]
    yield server
    server.close()
