"""The one guarded client: every request that the portal sends out goes through `fetch` (docs/design.md section 13).

What it holds (docs/feed-rules.md 5.3.2): http and https to ports 80 and 443 of public addresses only, looked at
again at every redirect and at the moment of connecting, so that a name which answers differently the second time gains
nothing; at most three redirects and never from https to http; limits on time and on the *decoded* size; no proxy,
password or cookie from the environment.
"""

import hashlib
import ipaddress
import logging
import re
import socket
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from urllib.parse import SplitResult, urlsplit

import requests
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from requests_hardened import Config, HTTPSession
from requests_hardened.ip_filter import InvalidIPAddress
from requests_hardened.ip_filter_adapter import IPFilterAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from portal.core.http.client_rules import (
    FetchError,
    FetchFailedError,
    FetchRefusedError,
    check_url,
    is_public,
    is_test_server,
    private_address,
    redacted_url,
    redirect_target,
)

__all__ = ["FetchError", "FetchFailedError", "FetchRefusedError", "FetchedResponse", "fetch", "user_agent"]

logger = logging.getLogger(__name__)

CONNECT_S, READ_S, TOTAL_S = 5, 15, 30
MAX_BYTES = 2_000_000
MAX_REDIRECTS = 3
CHUNK = 16_384
REDIRECTS = (301, 302, 303, 307, 308)
LASTING = (301, 308)


@dataclass(frozen=True)
class FetchedResponse:
    """A response of any status. `headers` has lower-case names; `body` is decoded; `url` is the final address.

    `moved` says that it differs from the one that was asked, by redirects that are all meant to last.
    """

    status: int
    url: str
    headers: dict[str, str]
    body: bytes
    sha256: str
    not_modified: bool
    moved: bool = False


def fetch(
    url: str,
    *,
    accept: str = "",
    etag: str = "",
    last_modified: str = "",
    headers: dict[str, str] | None = None,
    form: dict[str, str] | None = None,
    head: bool = False,
    max_bytes: int = MAX_BYTES,
    total_s: float = TOTAL_S,
    allowed_hosts: Iterable[str] | None = None,
) -> FetchedResponse:
    """GET an address under the rules of this module, or POST the fields of `form` to it. `head`: without the body.

    `headers` are further ones, a key for example: they go to the place that was asked and to no other after a redirect.
    `form` goes to the place that was asked only: a redirect is then refused.
    `etag` and `last_modified` make the request conditional: `not_modified` is then true for a 304. `max_bytes` caps the
    decoded body, `total_s` (seconds) everything together, redirects included. `allowed_hosts` narrows the hosts, also
    after redirects; an entry like ".ytimg.com" means every name under it. `settings.GUARDED_CLIENT_ALLOW`, a list of
    "host:port" that is empty outside the tests, lets loopback addresses (nothing else) through at that host and port.

    Raises FetchRefusedError or FetchFailedError. A 404 or a 500 raises nothing: what it means is the caller's business.
    """
    hosts = None if allowed_hosts is None else tuple(host.lower() for host in allowed_hosts)
    secret, first = headers or {}, urlsplit(url).netloc
    headers = {"User-Agent": user_agent(), "Accept-Encoding": "gzip, deflate", "Accept": accept or "*/*"}
    if etag:
        headers["If-None-Match"] = etag
    if last_modified:
        headers["If-Modified-Since"] = last_modified
    with _Deadline(total_s) as deadline:
        lasting = []
        for _hop in range(MAX_REDIRECTS + 1):
            parts = check_url(url, hosts)
            more = secret if parts.netloc == first else {}
            answer = _ask(parts, headers | more, form, max_bytes, deadline, head=head)
            if answer.status not in REDIRECTS or "location" not in answer.headers:
                break
            if form is not None:
                raise FetchRefusedError(
                    "redirected_form",
                    _("%(host)s sends on what was sent to it, which is refused."),
                    host=parts.hostname,
                )
            url = redirect_target(url, answer.headers["location"])
            lasting.append(answer.status in LASTING)
        else:
            raise FetchRefusedError(
                "redirects", _("The address keeps redirecting. Look it up in a browser and enter the last address.")
            )
    if answer.not_modified and not (etag or last_modified):
        raise FetchFailedError(
            "unasked_304", _("The server said that nothing changed, but it was not asked that. Try again later.")
        )
    return replace(answer, moved=bool(lasting) and all(lasting))


def user_agent() -> str:
    """Return the User-Agent: name, address and contact of the portal (docs/feed-rules.md 5.3.2)."""
    contact = f"; {settings.SCHAKEL_CONTACT}" if settings.SCHAKEL_CONTACT else ""
    return re.sub(r"[^\x20-\x7e]", "", f"Schakel/1.0 (+{settings.WAGTAILADMIN_BASE_URL}{contact})")


class _Deadline:
    """Ends a request after a number of seconds, whatever it waits for: a timer shuts its sockets down.

    Socket timeouts count from the last byte, so that one byte a second would otherwise hold a request for ever.
    """

    def __init__(self, seconds: float):
        self.seconds, self.ends = seconds, time.monotonic() + seconds
        self._sockets: list[socket.socket] = []
        self._lock = threading.Lock()
        self._timer = threading.Timer(seconds, self._shut)
        self._timer.daemon = True

    def __enter__(self):
        self._timer.start()
        return self

    def __exit__(self, *exc_info):
        self._timer.cancel()
        with self._lock:
            for one in self._sockets:
                one.close()
            self._sockets.clear()

    @property
    def passed(self) -> bool:
        return time.monotonic() >= self.ends

    def watch(self, connection: socket.socket) -> None:
        """Shut this connection too when the time is over; a duplicate, because TLS takes the original over."""
        with self._lock:
            self._sockets.append(connection.dup())
        if self.passed:
            self._shut()

    def _shut(self):
        with self._lock:
            for one in self._sockets:
                try:
                    one.shutdown(socket.SHUT_RDWR)
                except OSError as error:
                    logger.debug("connection was closed already: %s", error)


class _GuardedAdapter(IPFilterAdapter):
    """Connects to the IP address that was checked (requests-hardened pins it), by a stricter rule of what is public."""

    def __init__(self, *, tls: bool, allow_loopback: bool, watch: Callable[[socket.socket], None]):
        self._watch = watch
        super().__init__(is_https_proto=tls, allow_loopback=allow_loopback)

    def init_poolmanager(self, *args, **kwargs):
        super().init_poolmanager(*args, **kwargs)
        watch = self._watch

        class Watched(HTTPConnection):
            def _new_conn(self) -> socket.socket:
                connection = super()._new_conn()
                watch(connection)
                return connection

        plain, tls = type("Plain", (Watched, HTTPConnection), {}), type("Tls", (Watched, HTTPSConnection), {})
        self.poolmanager.pool_classes_by_scheme = {
            "http": type("PlainPool", (HTTPConnectionPool,), {"ConnectionCls": plain}),
            "https": type("TlsPool", (HTTPSConnectionPool,), {"ConnectionCls": tls}),
        }

    def build_connection_pool_key_attributes(self, request, verify, cert=None):
        host, pool = super().build_connection_pool_key_attributes(request, verify, cert)
        address = ipaddress.ip_address(host["host"].strip("[]"))
        if not is_public(address) and not (self._allow_loopback and address.is_loopback):
            raise InvalidIPAddress(address)
        return host, pool


class _Session(HTTPSession):
    def get_redirect_target(self, resp):
        """Nothing: redirects are followed by `fetch`; requests would read the whole body of one, without a limit."""


def _ask(
    parts: SplitResult,
    headers: dict[str, str],
    form: dict | None,
    max_bytes: int,
    deadline: _Deadline,
    *,
    head: bool = False,
) -> FetchedResponse:
    """Make one request, a POST when there is a form or else a HEAD when only that is asked; follow no redirect."""
    url, host = parts._replace(fragment="").geturl(), parts.hostname or ""
    config = Config(
        ip_filter_enable=True,
        ip_filter_allow_loopback_ips=False,
        never_redirect=True,
        default_timeout=(CONNECT_S, READ_S),
    )
    try:
        with _Session(config) as session:
            session.trust_env = False
            session.mount(
                f"{parts.scheme}://",
                _GuardedAdapter(
                    tls=parts.scheme == "https", allow_loopback=is_test_server(parts.netloc), watch=deadline.watch
                ),
            )
            method = "POST" if form is not None else "HEAD" if head else "GET"
            with session.request(method, url, headers=headers, data=form, stream=True) as response:
                answer_headers = {name.lower(): value for name, value in response.headers.items()}
                redirected = response.status_code in REDIRECTS
                body = b"" if redirected else _read(response, max_bytes, deadline, host)
                return FetchedResponse(
                    status=response.status_code,
                    url=url,
                    headers=answer_headers,
                    body=body,
                    sha256=hashlib.sha256(body).hexdigest(),
                    not_modified=response.status_code == 304,
                )
    except (requests.RequestException, OSError) as error:
        failure = _failure(error, host, deadline)
        logger.info("fetch %s: %s (%s)", redacted_url(url), failure.code, type(error).__name__)
        raise failure from error


def _read(response: requests.Response, max_bytes: int, deadline: _Deadline, host: str) -> bytes:
    """Return the decoded body, read in small chunks so that a decompression bomb is stopped early."""
    body = bytearray()
    for chunk in response.iter_content(CHUNK):
        body += chunk
        if len(body) > max_bytes:
            raise FetchRefusedError(
                "too_large", _("The answer of %(host)s is larger than %(limit)s bytes."), host=host, limit=max_bytes
            )
        if deadline.passed:
            break
    if deadline.passed:
        raise _too_slow(host, deadline)
    return bytes(body)


def _too_slow(host, deadline):
    return FetchFailedError(
        "timeout",
        _("%(host)s did not answer completely within %(seconds)s seconds."),
        host=host,
        seconds=deadline.seconds,
    )


def _failure(error: Exception, host: str, deadline: _Deadline) -> FetchError:
    """Return the error that explains an exception of the network to the staff."""
    if deadline.passed:
        return _too_slow(host, deadline)
    if isinstance(error, InvalidIPAddress):
        return private_address(host)
    if isinstance(error, requests.exceptions.SSLError):
        return FetchFailedError("tls", _("The certificate of %(host)s cannot be trusted."), host=host)
    if isinstance(error, requests.Timeout):
        return FetchFailedError("timeout", _("%(host)s does not answer."), host=host)
    if isinstance(error.__cause__, socket.gaierror):
        return FetchFailedError(
            "dns", _("There is no server called %(host)s, or its name could not be looked up."), host=host
        )
    if isinstance(error, requests.exceptions.ChunkedEncodingError):
        return FetchFailedError("cut_off", _("The answer of %(host)s stopped halfway."), host=host)
    if isinstance(error, requests.exceptions.ContentDecodingError):
        return FetchFailedError("damaged", _("The answer of %(host)s is damaged: it cannot be unpacked."), host=host)
    if isinstance(error, requests.exceptions.InvalidURL):
        return FetchRefusedError("bad_address", _("“%(url)s” is not a web address that can be fetched."), url=host)
    return FetchFailedError("connection", _("The connection to %(host)s failed."), host=host)
