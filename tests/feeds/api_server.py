"""What the servers share that answer like an API: an address of their own, and JSON."""

import json
import threading
from http.server import BaseHTTPRequestHandler

from tests.local_server import QuietServer


class ApiServer:
    """Serves at `netloc` with the handler that `_handler` gives, until it is closed."""

    def __init__(self):
        self.httpd = QuietServer(("127.0.0.1", 0), self._handler())
        self.netloc = f"127.0.0.1:{self.httpd.server_port}"
        threading.Thread(target=self.httpd.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def close(self):
        self.httpd.shutdown()
        self.httpd.server_close()


class JsonHandler(BaseHTTPRequestHandler):
    def give(self, status, document, headers=None):
        """Answer a document as JSON; bytes go out as they are."""
        body = document if isinstance(document, bytes) else json.dumps(document).encode()
        self.send_response(status)
        for name, value in ({"Content-Type": "application/json"} | (headers or {})).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        """The suite's output is no access log."""
