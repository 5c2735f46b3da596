"""A mail server of a test: what the portal sends arrives as it would at another one."""

import socketserver
import threading

import pytest


class MailServer(socketserver.StreamRequestHandler):
    """Speaks just enough SMTP to take messages, and refuses the recipients that the server is told to."""

    def handle(self):
        self.say("220 here")
        while line := self.rfile.readline().strip().decode():
            verb = line[:4].upper()
            refused = [code for name, code in self.server.refused.items() if verb == "RCPT" and name in line]
            if refused:
                self.say(f"{refused[0]} not taken")
            elif verb == "DATA":
                self.say("354 go on")
                text = b""
                while (part := self.rfile.readline()) != b".\r\n":
                    text += part
                self.server.taken.append(text.decode())
                self.say("250 taken")
            else:
                self.say("221 bye" if verb == "QUIT" else "250 fine")

    def say(self, line):
        self.wfile.write(f"{line}\r\n".encode())


@pytest.fixture
def mail_server(settings):
    """A mail server of the test. `refused` has codes for recipients, `taken` what it took."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), MailServer) as server:
        server.refused, server.taken, server.daemon_threads = {}, [], True
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        settings.EMAIL_BACKEND = "portal.jobs.mail.QueuedEmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        yield server
        server.shutdown()
