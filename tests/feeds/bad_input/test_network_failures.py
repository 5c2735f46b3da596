"""Bad input 18 to 28 of docs/feed-rules.md 5.5: servers that mislead, hang, overflow or fail; the archive stays."""

import gzip
import os
import resource
import socket
import ssl
import struct
import threading
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from portal.feeds.adapters.registry import ADAPTERS_BY_KIND
from portal.feeds.choices import Outcome
from portal.feeds.models import Item, Source
from portal.feeds.pulling.pull import pull
from tests.captured import ROOT
from tests.feeds.atom import entry, feed
from tests.local_server import Answer

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)


@pytest.fixture
def second_pull(source, answers):
    """Pull a good feed and then this answer: the archive must stay as it was. Returns the line of the log."""

    def pull_answer(answer):
        answers(Answer(feed(entry())), answer)
        pull(source, NOW)
        before = list(Item.objects.values())
        log = pull(source, NOW + timedelta(hours=6))
        assert list(Item.objects.values()) == before
        assert log.message.endswith(".")
        return log

    return pull_answer


@pytest.fixture
def anywhere(monkeypatch):
    """The adapter without its list of hosts, so that only the rules of the client hold."""
    from portal.feeds.adapters import youtube_atom

    fetch = youtube_atom.fetch
    monkeypatch.setattr(youtube_atom, "fetch", lambda url, **more: fetch(url, **more | {"allowed_hosts": None}))


@pytest.mark.parametrize(
    "target",
    ["10.0.0.1", "169.254.169.254", "[::1]", "[::ffff:127.0.0.1]", "[64:ff9b::a9fe:a9fe]", "127.0.0.1"],
)
def test_18_a_redirect_into_a_private_network_is_blocked(second_pull, anywhere, local_server, target):
    log = second_pull(Answer(status=301, headers={"Location": f"http://{target}/"}))
    assert (log.outcome, log.error_class) == (Outcome.REFUSED, "private_address")
    assert len(local_server.requests) == 2


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://example.org/x", "gopher://example.org/", "data:,x"])
def test_19_a_redirect_to_another_scheme_is_blocked(second_pull, anywhere, target):
    log = second_pull(Answer(status=302, headers={"Location": target}))
    assert (log.outcome, log.error_class) == (Outcome.REFUSED, "scheme")


def test_20_a_redirect_loop_is_stopped(second_pull, local_server):
    log = second_pull(Answer(status=302, headers={"Location": "/feeds/videos.xml?again"}))
    assert (log.outcome, log.error_class) == (Outcome.REFUSED, "redirects")
    assert len(local_server.requests) == 1 + 4


def test_20_a_redirect_from_https_to_http_is_stopped():
    from portal.core.http.client_rules import FetchRefusedError, redirect_target

    with pytest.raises(FetchRefusedError) as refused:
        redirect_target("https://www.youtube.com/feeds/videos.xml", "http://www.youtube.com/feeds/videos.xml")
    assert refused.value.code == "downgrade"


def test_21_a_name_that_changes_its_address_between_two_questions_gains_nothing(
    source, answers, local_server, settings, monkeypatch
):
    port = local_server.httpd.server_port
    settings.GUARDED_CLIENT_ALLOW = [f"rebinding.example.org:{port}"]
    Source.objects.update(config=f"http://rebinding.example.org:{port}/feeds/videos.xml")
    source.refresh_from_db()
    answers(Answer(feed(entry())))
    asked, real = [], socket.getaddrinfo

    def rebinding(host, *args, **kwargs):
        if host != "rebinding.example.org":
            return real(host, *args, **kwargs)
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1" if len(asked) == 1 else "10.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    assert pull(source).outcome == Outcome.OK, "it is connected to at the address that was checked"
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda *args, **kwargs: [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("10.0.0.1", port))]
    )
    assert pull(source).error_class == "private_address"


@pytest.mark.parametrize("target", ["http://2130706433/", "http://0x7f.1/", "http://0177.0.0.1/", "http://127.1/"])
def test_21_an_address_in_an_odd_spelling_is_blocked(second_pull, anywhere, target):
    log = second_pull(Answer(status=302, headers={"Location": target}))
    assert (log.outcome, log.error_class) == (Outcome.REFUSED, "bad_address")


def test_22_a_body_without_an_end_is_stopped_at_the_cap(second_pull):
    began = time.monotonic()
    log = second_pull(Answer(endless=True))
    assert (log.outcome, log.error_class) == (Outcome.REFUSED, "too_large")
    assert time.monotonic() - began < 20


def test_23_two_hundred_kilobytes_that_unpack_to_two_hundred_megabytes_are_stopped(second_pull):
    bomb = gzip.compress(b"\0" * 200_000_000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    log = second_pull(Answer(bomb, headers={"Content-Encoding": "gzip"}))
    assert (log.outcome, log.error_class) == (Outcome.REFUSED, "too_large")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 60_000, "kilobytes"


def test_24_one_byte_at_a_time_ends_at_the_deadline(second_pull, monkeypatch):
    monkeypatch.setattr(ADAPTERS_BY_KIND["youtube_atom"], "total_s", 1)
    began = time.monotonic()
    log = second_pull(Answer(feed(entry()), drip_s=0.1))
    assert (log.outcome, log.error_class) == (Outcome.FAILED, "timeout")
    assert time.monotonic() - began < 15


class OneShot:
    """A server of bare sockets: `answer(connection)` does what it wants with each connection."""

    def __init__(self, answer):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.netloc = f"127.0.0.1:{self.listener.getsockname()[1]}"
        self.answer = answer
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        while True:
            try:
                connection, _address = self.listener.accept()
            except OSError:
                return
            try:
                self.answer(connection)
            except OSError:
                connection.close()


@pytest.fixture
def failing(source, answers, settings):
    """Point a source that was pulled before at a server that fails; returns the log of the second pull."""
    servers = []

    def pull_from(answer, scheme):
        answers(Answer(feed(entry())))
        pull(source)
        servers.append(OneShot(answer))
        settings.GUARDED_CLIENT_ALLOW = [servers[-1].netloc]
        Source.objects.update(config=f"{scheme}://{servers[-1].netloc}/feed")
        source.refresh_from_db()
        log = pull(source)
        assert log.outcome == Outcome.FAILED
        assert log.message.endswith(".")
        assert Item.objects.count() == 1
        assert Source.objects.get().consecutive_failures == 1
        return log

    yield pull_from
    for server in servers:
        server.listener.close()


def test_25_a_certificate_that_ran_out_or_that_nobody_signed_is_a_soft_failure(failing):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(ROOT / "tests" / "fixtures" / "feeds" / "untrusted.pem")

    def answer(connection):
        with context.wrap_socket(connection, server_side=True):
            """The client leaves during the handshake."""

    assert failing(answer, "https").error_class == "tls"


def test_25_a_server_that_does_not_speak_tls_is_a_soft_failure(failing):
    def answer(connection):
        connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        connection.close()

    assert failing(answer, "https").error_class == "tls"


def test_25_a_connection_that_is_reset_is_a_soft_failure(failing):
    def answer(connection):
        connection.recv(100)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.close()

    assert failing(answer, "http").error_class == "connection"


def test_26_a_day_of_404_removes_nothing_and_the_counter_starts_again(source, answers):
    gone = Answer(b"Error 404 (Not Found)!!1", 404, {"Content-Type": "text/html"})
    answers(Answer(feed(entry())), *[gone] * 4, Answer(feed(entry(title="Terug"))))
    pull(source, NOW)
    for hours in (6, 12, 18, 24):
        log = pull(source, NOW + timedelta(hours=hours))
        assert (log.outcome, log.error_class) == (Outcome.FAILED, "http_404")
    source.refresh_from_db()
    assert (source.consecutive_failures, source.enabled) == (4, True)
    assert Item.objects.get().title == "Webinar: buurtwerk"
    pull(source, NOW + timedelta(hours=30))
    source.refresh_from_db()
    assert (source.consecutive_failures, Item.objects.get().title) == (0, "Terug")


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(
    ("retry_after", "least_h", "most_h"),
    [
        ("43200", 12, 14),
        (lambda: format_datetime(datetime.now(UTC) + timedelta(hours=20), usegmt=True), 19, 21),
        ("tomorrow", 10, 14),
        ("315360000", 24, 24),
    ],
)
def test_27_retry_after_is_obeyed_up_to_a_day(source, answers, status, retry_after, least_h, most_h):
    value = retry_after if isinstance(retry_after, str) else retry_after()
    answers(Answer(b"", status, {"Retry-After": value}))
    assert pull(source, NOW).outcome == Outcome.FAILED
    source.refresh_from_db()
    assert timedelta(hours=least_h) <= source.next_run_at - NOW <= timedelta(hours=most_h)


def test_28_not_modified_without_having_asked_is_a_failure(second_pull):
    assert second_pull(Answer(status=304)).error_class == "unasked_304"


def test_28_the_same_validator_with_a_new_body_is_read(source, answers):
    answers(
        Answer(feed(entry()), headers={"ETag": '"a"'}), Answer(feed(entry(title="Anders")), headers={"ETag": '"a"'})
    )
    pull(source, NOW)
    assert pull(source, NOW + timedelta(hours=6)).n_changed == 1
    assert Item.objects.get().title == "Anders"


def test_the_client_of_these_tests_takes_no_proxy_from_the_environment(source, answers, monkeypatch):
    answers(Answer(feed(entry())))
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setitem(os.environ, name, "http://127.0.0.1:9")
    assert pull(source).outcome == Outcome.OK
