"""The guarded client asks the public internet only, however an address is spelled and wherever it redirects."""

import socket

import pytest

from portal.core.http.client import FetchFailedError, FetchRefusedError, fetch
from portal.core.http.client_rules import check_url, redirect_target
from tests.local_server import Answer, local_server  # noqa: F401


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://127.0.0.1/", "private_address"),
        ("http://127.0.0.1./", "private_address"),
        ("http://10.0.0.1/", "private_address"),
        ("http://192.168.1.1/", "private_address"),
        ("http://172.16.0.1/", "private_address"),
        ("http://169.254.169.254/latest/meta-data/", "private_address"),
        ("http://100.64.0.1/", "private_address"),
        ("http://0.0.0.0/", "private_address"),
        ("http://255.255.255.255/", "private_address"),
        ("http://224.0.0.1/", "private_address"),
        ("http://[::1]/", "private_address"),
        ("http://[::]/", "private_address"),
        ("http://[::ffff:127.0.0.1]/", "private_address"),
        ("http://[::ffff:a9fe:a9fe]/", "private_address"),
        ("http://[::127.0.0.1]/", "private_address"),
        ("http://[64:ff9b::7f00:1]/", "private_address"),
        ("http://[64:ff9b::a9fe:a9fe]/", "private_address"),
        ("http://[2002:7f00:1::]/", "private_address"),
        ("http://[fe80::1]/", "private_address"),
        ("http://[fe80::1%25eth0]/", "bad_address"),
        ("http://[fd00::1]/", "private_address"),
        ("http://[fec0::1]/", "private_address"),
        ("http://[ff02::1]/", "private_address"),
        ("http://localhost/", "private_address"),
        ("http://2130706433/", "bad_address"),
        ("http://0x7f.1/", "bad_address"),
        ("http://0x7f000001/", "bad_address"),
        ("http://0177.0.0.1/", "bad_address"),
        ("http://127.1/", "bad_address"),
        ("http://①②⑦.0.0.1/", "bad_address"),
        ("http://example.org:8080/", "port"),
        ("http://example.org:443/", "port"),
        ("https://example.org:22/", "port"),
        ("http://example.org:99999/", "bad_address"),
        ("file:///etc/passwd", "scheme"),
        ("ftp://example.org/", "scheme"),
        ("gopher://example.org/", "scheme"),
        ("data:text/xml,<feed/>", "scheme"),
        ("/etc/passwd", "scheme"),
        ("", "scheme"),
        ("http://", "bad_address"),
        ("http://user:secret@example.org/", "credentials"),
        ("http://example.org\\@127.0.0.1/", "bad_address"),
        ("http://exa mple.org/", "bad_address"),
        ("http://example.org/a\r\nHost: x", "bad_address"),
        (f"http://{'a' * 64}.example.org/", "bad_address"),
    ],
)
def test_an_address_off_the_public_web_is_refused(url, code):
    with pytest.raises(FetchRefusedError) as refused:
        fetch(url)
    assert refused.value.code == code
    assert str(refused.value).endswith(".")


def test_without_the_setting_the_suites_own_server_is_refused_too(local_server, settings):  # noqa: F811
    settings.GUARDED_CLIENT_ALLOW = []
    with pytest.raises(FetchRefusedError) as refused:
        fetch(local_server.answer("/", Answer(b"x")))
    assert refused.value.code == "port"
    assert local_server.requests == []


def test_the_setting_lets_loopback_through_and_nothing_else(settings):
    settings.GUARDED_CLIENT_ALLOW = ["10.0.0.1:80"]
    with pytest.raises(FetchRefusedError) as refused:
        fetch("http://10.0.0.1:80/")
    assert refused.value.code == "private_address"


def test_a_name_that_resolves_to_a_private_address_is_refused(monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: [(socket.AF_INET, 1, 6, "", ("10.1.2.3", 80))])
    with pytest.raises(FetchRefusedError) as refused:
        fetch("http://feeds.example.org/")
    assert refused.value.code == "private_address"


def test_a_name_is_connected_to_at_the_address_that_was_checked(local_server, settings, monkeypatch):  # noqa: F811
    """DNS rebinding: the second answer for the name is never asked for."""
    port = local_server.httpd.server_port
    settings.GUARDED_CLIENT_ALLOW = [f"feeds.example.org:{port}"]
    local_server.answer("/feed", Answer(b"hello"))
    asked, real = [], socket.getaddrinfo

    def rebinding(host, *args, **kwargs):
        asked.append(host)
        if host != "feeds.example.org":
            return real(host, *args, **kwargs)
        first = asked.count(host) == 1
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1" if first else "10.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    assert fetch(f"http://feeds.example.org:{port}/feed").body == b"hello"
    assert asked.count("feeds.example.org") == 1


def test_an_unknown_name_fails_softly(monkeypatch):
    def unknown(*args, **kwargs):
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(FetchFailedError) as failed:
        fetch("https://nowhere.example.org/")
    assert failed.value.code == "dns"
    assert "nowhere.example.org" in str(failed.value)


@pytest.mark.parametrize(
    "target",
    [
        "http://10.0.0.1/",
        "http://169.254.169.254/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "file:///etc/passwd",
        "ftp://example.org/",
        "gopher://example.org/",
        "data:text/xml,<feed/>",
        "http://2130706433/",
        "http://127.0.0.1:1/",
        "//0.0.0.0/",
        "http://[broken/",
    ],
)
def test_a_redirect_off_the_public_web_is_refused(local_server, target):  # noqa: F811
    with pytest.raises(FetchRefusedError):
        fetch(local_server.answer("/feed", Answer(status=302, headers={"Location": target})))
    assert len(local_server.requests) == 1


def test_a_redirect_leaves_the_allowed_hosts_only_in_vain(local_server):  # noqa: F811
    url = local_server.answer("/feed", Answer(status=302, headers={"Location": "https://consent.youtube.com/m"}))
    with pytest.raises(FetchRefusedError) as refused:
        fetch(url, allowed_hosts=["www.youtube.com"])
    assert refused.value.code == "host"
    assert "consent.youtube.com" in str(refused.value)


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("https://www.youtube.com/feeds", True),
        ("https://WWW.YouTube.com/feeds", True),
        ("https://i4.ytimg.com/vi/x/hq.jpg", True),
        ("https://ytimg.com.example.org/", False),
        ("https://eviltimg.com/", False),
        ("https://notytimg.com/", False),
        ("https://youtube.com.example.org/", False),
    ],
)
def test_allowed_hosts_are_whole_names(url, allowed):
    if allowed:
        assert check_url(url, ("www.youtube.com", ".ytimg.com")).scheme == "https"
    else:
        with pytest.raises(FetchRefusedError):
            check_url(url, ("www.youtube.com", ".ytimg.com"))


def test_three_redirects_are_followed_and_a_fourth_is_not(local_server):  # noqa: F811
    for n in range(4):
        local_server.answer(f"/{n}", Answer(status=301, headers={"Location": f"/{n + 1}"}))
    local_server.answer("/4", Answer(b"end"))
    answer = fetch(local_server.url("/1"))
    assert (answer.body, answer.url) == (b"end", local_server.url("/4"))
    with pytest.raises(FetchRefusedError) as refused:
        fetch(local_server.url("/0"))
    assert refused.value.code == "redirects"


def test_a_redirect_loop_is_stopped(local_server):  # noqa: F811
    with pytest.raises(FetchRefusedError) as refused:
        fetch(local_server.answer("/round", Answer(status=302, headers={"Location": "/round"})))
    assert refused.value.code == "redirects"


def test_the_body_of_a_redirect_is_not_read(local_server):  # noqa: F811
    local_server.answer("/end", Answer(b"end"))
    assert (
        fetch(local_server.answer("/feed", Answer(status=302, headers={"Location": "/end"}, endless=True))).body
        == b"end"
    )


def test_https_is_never_left_for_http():
    with pytest.raises(FetchRefusedError) as refused:
        redirect_target("https://example.org/feed", "http://example.org/feed")
    assert refused.value.code == "downgrade"
    assert redirect_target("http://example.org/feed", "https://example.org/feed") == "https://example.org/feed"
