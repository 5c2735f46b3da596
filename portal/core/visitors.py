"""Where a request comes from, as far as the portal looks at it: to count, never to keep."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """Where a request comes from: what the proxy in front says it saw, when there is one (SCHAKEL_BEHIND_PROXY)."""
    seen = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip() if settings.BEHIND_PROXY else ""
    return seen or request.META.get("REMOTE_ADDR", "")


def network_of(address: str) -> str:
    """An IPv4 address as it is, of an IPv6 address the /64 that one household or server has."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if parsed.version == 4:
        return str(parsed)
    return str(parsed.ipv4_mapped or ipaddress.ip_network((parsed, 64), strict=False).network_address)
