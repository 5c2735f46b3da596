"""A way to a search server on which a test can lay trouble: slow answers, refusals, a line that is cut."""

import json
import ssl
import threading
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        """A client that stopped waiting is what the tests are about: no traceback."""


@dataclass
class Way:
    """Hands requests on to `server` ("" when there is none behind it) until it is told to make trouble.

    `slow_s` delays every answer; `status` is answered to the first `times` requests for a path with `part` in it.
    With `certificate` (a PEM file with its key) it speaks TLS.
    """

    server: str = ""
    slow_s: float = 0.0
    status: int = 0
    part: str = ""
    times: float = float("inf")
    product: str = "Elasticsearch"
    certificate: str = ""
    requests: list[tuple[str, dict]] = field(default_factory=list)

    def __post_init__(self):
        self.stopped = threading.Event()
        self.httpd = _Quiet(("127.0.0.1", 0), self._handler())
        self.address = f"http{'s' if self.certificate else ''}://127.0.0.1:{self.httpd.server_port}"
        if self.certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(self.certificate)
            self.httpd.socket = context.wrap_socket(self.httpd.socket, server_side=True)
        threading.Thread(target=self.httpd.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def mend(self) -> None:
        """Take the trouble away."""
        self.slow_s, self.status = 0.0, 0

    def close(self) -> None:
        self.stopped.set()
        self.httpd.shutdown()
        self.httpd.server_close()

    def _handler(self):
        way = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answer(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                headers = {name.lower(): value for name, value in self.headers.items()}  # their case says nothing
                way.requests.append((f"{self.command} {self.path}", headers))
                if way.slow_s:
                    way.stopped.wait(way.slow_s)
                status, sent = way.refusal() if way.refuses(self.path) else way.handed_on(self, body)
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("X-Elastic-Product", way.product)
                self.send_header("Content-Length", str(len(sent)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(sent)

            do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = answer

            def log_message(self, *args):
                """The suite's output is no access log."""

        return Handler

    def refuses(self, path: str) -> bool:
        if self.status and self.part in path and self.times > 0:
            self.times -= 1
            return True
        return not self.server

    def refusal(self) -> tuple[int, bytes]:
        reason = {"type": "es_rejected_execution_exception", "reason": "rejected execution"}
        return self.status or 503, json.dumps(
            {"error": {**reason, "root_cause": [reason]}, "status": self.status}
        ).encode()

    def handed_on(self, handler, body: bytes) -> tuple[int, bytes]:
        headers = {name: handler.headers[name] for name in ("Content-Type", "Accept") if name in handler.headers}
        asked = urllib.request.Request(self.server + handler.path, body or None, headers, method=handler.command)
        try:
            with urllib.request.urlopen(asked, timeout=30) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()
