"""What the portal looks at of who asks: the address, to count and never to keep; the language, for the staff."""

import ipaddress
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest

# The cookie of a device from which somebody of the staff logged in (login.py). Sent to the admin only.
KNOWN_DEVICE = "schakel_known"
KNOWN_FOR = timedelta(days=180)


def known_device_of(request: HttpRequest) -> tuple[str, str]:
    """The account that was used on this device and the number of the device, as the portal signed them; else empty."""
    try:
        account, device = signing.loads(request.COOKIES.get(KNOWN_DEVICE, ""), salt=KNOWN_DEVICE, max_age=KNOWN_FOR)
    except signing.BadSignature:
        return "", ""
    return account, device


def client_address(request: HttpRequest) -> str:
    """Return the IP address of the client, as the proxy in front reports it if there is one (SCHAKEL_BEHIND_PROXY)."""
    seen = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip() if settings.BEHIND_PROXY else ""
    return seen or request.META.get("REMOTE_ADDR", "")


def client_network(address: str) -> str:
    """Return an IPv4 address as it is, and of an IPv6 address the /64 network that one household or server has."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if parsed.version == 4:
        return str(parsed)
    return str(parsed.ipv4_mapped or ipaddress.ip_network((parsed, 64), strict=False).network_address)


def browser_language(request: HttpRequest) -> str:
    """Return the first language of the browser that the admin is translated into; Dutch when there is none."""
    offered = dict(settings.WAGTAILADMIN_PERMITTED_LANGUAGES)
    for wish in request.headers.get("Accept-Language", "").split(","):
        code = wish.partition(";")[0].strip().partition("-")[0].lower()
        if code in offered:
            return code
    return settings.LANGUAGE_CODE
