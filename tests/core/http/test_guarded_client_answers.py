"""The guarded client keeps its limits on time and size, and says in words what went wrong."""

import gzip
import hashlib
import time
import tracemalloc
import zlib

import pytest

from portal.core.http.client import FetchFailedError, FetchRefusedError, fetch, user_agent
from tests.local_server import Answer, local_server  # noqa: F401

pytestmark = pytest.mark.usefixtures("local_server")


def test_an_answer_comes_with_status_headers_body_and_hash(local_server):  # noqa: F811
    answer = fetch(
        local_server.answer("/feed", Answer(b"<feed/>", headers={"ETag": '"1"', "Content-Type": "text/xml"}))
    )
    assert (answer.status, answer.body, answer.not_modified) == (200, b"<feed/>", False)
    assert answer.headers["etag"] == '"1"'
    assert answer.sha256 == hashlib.sha256(b"<feed/>").hexdigest()


def test_it_says_who_it_is_and_what_it_wants(local_server, settings):  # noqa: F811
    settings.SCHAKEL_CONTACT = "portal@example.org"
    settings.WAGTAILADMIN_BASE_URL = "https://schakel.example.org"
    fetch(local_server.answer("/feed", Answer(b"x")), accept="application/atom+xml")
    _path, headers = local_server.requests[0]
    assert headers["User-Agent"] == "Schakel/1.0 (+https://schakel.example.org; portal@example.org)"
    assert headers["Accept"] == "application/atom+xml"
    assert "Cookie" not in headers


def test_a_form_is_posted_to_the_place_that_was_asked_and_no_further(local_server):  # noqa: F811
    url = local_server.answer("/token", Answer(b"{}"))
    assert fetch(url, form={"code": "geheim&=é"}).body == b"{}"
    assert local_server.forms == [{"code": "geheim&=é"}]
    onward = local_server.answer("/moved", Answer(status=307, headers={"Location": url}))
    with pytest.raises(FetchRefusedError) as refused:
        fetch(onward, form={"code": "geheim"})
    assert refused.value.code == "redirected_form"
    assert len(local_server.forms) == 2


def test_a_contact_with_a_line_break_cannot_add_a_header(settings):
    settings.SCHAKEL_CONTACT = "a@example.org\r\nX-Evil: 1"
    assert "\n" not in user_agent()


def test_a_proxy_or_password_of_the_environment_is_not_used(local_server, monkeypatch, tmp_path):  # noqa: F811
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login me password secret\n")
    monkeypatch.setenv("NETRC", str(netrc))
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert fetch(local_server.answer("/feed", Answer(b"x"))).body == b"x"
    assert "Authorization" not in local_server.requests[0][1]


def test_a_conditional_request_can_be_answered_with_not_modified(local_server):  # noqa: F811
    url = local_server.answer("/feed", Answer(status=304))
    assert fetch(url, etag='"1"', last_modified="Mon, 13 Sep 2021 09:57:13 GMT").not_modified
    headers = local_server.requests[0][1]
    assert headers["If-None-Match"] == '"1"'
    assert headers["If-Modified-Since"] == "Mon, 13 Sep 2021 09:57:13 GMT"


def test_not_modified_without_having_asked_is_a_failure(local_server):  # noqa: F811
    with pytest.raises(FetchFailedError) as failed:
        fetch(local_server.answer("/feed", Answer(status=304)))
    assert failed.value.code == "unasked_304"


@pytest.mark.parametrize("status", [404, 410, 429, 500, 503])
def test_an_error_status_is_an_answer_and_no_exception(local_server, status):  # noqa: F811
    answer = fetch(local_server.answer("/feed", Answer(b"sorry", status=status, headers={"Retry-After": "60"})))
    assert (answer.status, answer.headers["retry-after"]) == (status, "60")


def test_a_body_over_the_cap_is_stopped(local_server):  # noqa: F811
    with pytest.raises(FetchRefusedError) as refused:
        fetch(local_server.answer("/feed", Answer(b"x" * 2001)), max_bytes=2000)
    assert refused.value.code == "too_large"
    assert fetch(local_server.answer("/feed", Answer(b"x" * 2000)), max_bytes=2000).body == b"x" * 2000


def test_a_body_without_end_is_stopped(local_server):  # noqa: F811
    with pytest.raises(FetchRefusedError) as refused:
        fetch(local_server.answer("/feed", Answer(endless=True)))
    assert refused.value.code == "too_large"


@pytest.mark.parametrize("rounds", [1, 2])
def test_a_compressed_bomb_is_stopped_with_little_memory(local_server, rounds):  # noqa: F811
    body = b"\0" * 200_000_000
    for _round in range(rounds):
        body = gzip.compress(body, 9)
    url = local_server.answer("/feed", Answer(body, headers={"Content-Encoding": ", ".join(["gzip"] * rounds)}))
    tracemalloc.start()
    try:
        with pytest.raises(FetchRefusedError) as refused:
            fetch(url)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert refused.value.code == "too_large"
    assert peak < 20_000_000


def test_a_compressed_answer_is_unpacked_and_a_damaged_one_refused(local_server):  # noqa: F811
    packed = gzip.compress(b"<feed/>" * 500)
    url = local_server.answer("/feed", Answer(packed, headers={"Content-Encoding": "gzip"}))
    assert fetch(url).body == b"<feed/>" * 500
    url = local_server.answer("/feed", Answer(packed[:20] + b"\xff" * 30, headers={"Content-Encoding": "gzip"}))
    with pytest.raises(FetchFailedError) as failed:
        fetch(url)
    assert failed.value.code == "damaged"
    assert isinstance(failed.value.__cause__.__context__, Exception)


def test_a_body_that_stops_halfway_is_no_answer(local_server):  # noqa: F811
    with pytest.raises(FetchFailedError) as failed:
        fetch(local_server.answer("/feed", Answer(b"x" * 50_000, cut_at=100)))
    assert failed.value.code == "cut_off"


@pytest.mark.parametrize("headers", [{}, {"Content-Encoding": "gzip"}])
def test_one_byte_at_a_time_for_ever_ends_at_the_deadline(local_server, headers):  # noqa: F811
    body = gzip.compress(b"x" * 100) if headers else b"x" * 1000
    url = local_server.answer("/feed", Answer(body, headers=headers, drip_s=0.1))
    began = time.monotonic()
    with pytest.raises(FetchFailedError) as failed:
        fetch(url, total_s=0.6)
    assert failed.value.code == "timeout"
    assert time.monotonic() - began < 10


def test_a_server_that_never_answers_ends_at_the_deadline(local_server):  # noqa: F811
    began = time.monotonic()
    with pytest.raises(FetchFailedError) as failed:
        fetch(local_server.answer("/feed", Answer(wait_for=local_server.stopped)), total_s=0.5)
    assert failed.value.code == "timeout"
    assert time.monotonic() - began < 10


def test_a_closed_port_is_a_failed_connection(local_server, settings):  # noqa: F811
    settings.GUARDED_CLIENT_ALLOW = ["127.0.0.1:1"]
    with pytest.raises(FetchFailedError) as failed:
        fetch("http://127.0.0.1:1/")
    assert failed.value.code == "connection"
    assert "127.0.0.1" in str(failed.value)


def test_a_server_that_does_not_speak_tls_is_a_certificate_failure(local_server):  # noqa: F811
    with pytest.raises(FetchFailedError) as failed:
        fetch(f"https://{local_server.netloc}/", total_s=5)
    assert failed.value.code == "tls"


def test_a_deflated_answer_is_unpacked(local_server):  # noqa: F811
    url = local_server.answer("/feed", Answer(zlib.compress(b"<feed/>"), headers={"Content-Encoding": "deflate"}))
    assert fetch(url).body == b"<feed/>"
