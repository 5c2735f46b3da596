"""Rules of the guarded client (client.py): which addresses may be fetched, and the messages of refusals."""

import ipaddress
import re
from urllib.parse import SplitResult, urljoin, urlsplit

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.core.errors import ExplainedError

PORTS = {"http": 80, "https": 443}


class FetchError(ExplainedError):
    """Nothing usable came back. `code` is for the log and the tests."""

    def __init__(self, code: str, message: str | Promise, **values: object):
        super().__init__(message, code=code, **values)


class FetchRefusedError(FetchError):
    """A rule of the portal forbids the request or its response: address, scheme, port, redirect, size."""


class FetchFailedError(FetchError):
    """The server or the network failed: name, connection, certificate, timeout, damaged response."""


def is_test_server(netloc: str) -> bool:
    """Whether this "host:port" is the server of a test; false unless GUARDED_CLIENT_ALLOW names it."""
    return netloc.lower() in settings.GUARDED_CLIENT_ALLOW


def check_url(url: str, hosts: tuple[str, ...] | None = None) -> SplitResult:
    """The parts of an address that may be asked; raises FetchRefusedError with the rule that it breaks.

    Names are only looked at here; what they resolve to is checked when the connection is made.
    """
    bad = FetchRefusedError(
        "bad_address", _("“%(url)s” is not a web address that can be fetched."), url=redacted_url(url)
    )
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise bad from error
    if parts.scheme not in PORTS:
        raise FetchRefusedError(
            "scheme", _("Only http and https addresses are fetched, not “%(url)s”."), url=redacted_url(url)
        )
    host = (parts.hostname or "").rstrip(".")
    if not host or re.search(r"[\x00-\x20\x7f\\]", url) or not _is_host(host):
        raise bad
    if parts.username is not None or parts.password is not None:
        raise FetchRefusedError("credentials", _("The address holds a user name or password. Enter it without."))
    if is_test_server(parts.netloc):
        return parts
    if hosts is not None and not any(host == name or (name.startswith(".") and host.endswith(name)) for name in hosts):
        raise FetchRefusedError("host", _("%(host)s is not a place that this is fetched from."), host=host)
    if port not in (None, PORTS[parts.scheme]):
        raise FetchRefusedError("port", _("Only the usual ports 80 and 443 are asked, not %(port)s."), port=port)
    if (address := _literal(host)) is not None and not is_public(address):
        raise private_address(host)
    return parts


def redirect_target(url: str, location: str) -> str:
    """Return the target of a redirect; never from https to http."""
    try:
        target = urljoin(url, location)
        downgrade = urlsplit(url).scheme == "https" and urlsplit(target).scheme == "http"
    except ValueError as error:
        raise FetchRefusedError(
            "bad_address", _("“%(url)s” is not a web address that can be fetched."), url=redacted_url(location)
        ) from error
    if downgrade:
        raise FetchRefusedError("downgrade", _("The address redirects from https to http, which is not followed."))
    return target


def is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Whether an IP address is public, also when an IPv4 address is embedded in an IPv6 one."""
    if address.version == 6:
        if address.ipv4_mapped:
            return is_public(address.ipv4_mapped)
        # Today's global unicast is 2000::/3: this leaves out NAT64, IPv4-compatible and site-local ones.
        if address not in ipaddress.ip_network("2000::/3") or address.sixtofour or address.teredo:
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def _literal(host):
    """Return the IP address that a host is written as; None for a name. `_is_host` refuses odd spellings of IPv4."""
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _is_host(host: str) -> bool:
    """Whether a host is an IP address in its usual notation, or an ASCII name."""
    if _literal(host) is not None:
        return "%" not in host
    labels = host.split(".")
    # 2130706433, 0x7f.1 and 0177.0.0.1 are addresses for many resolvers, never names.
    if len(host) > 253 or re.fullmatch(r"\d+|0[xX][0-9a-fA-F]*", labels[-1]):
        return False
    return all(re.fullmatch(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?", label) for label in labels)


def private_address(host):
    return FetchRefusedError(
        "private_address", _("%(host)s is not on the public internet, so it is not asked."), host=host
    )


def redacted_url(url: str) -> str:
    """Return an address for the log: without its query, which can contain a key."""
    return url.split("?")[0].split("#")[0][:200]
