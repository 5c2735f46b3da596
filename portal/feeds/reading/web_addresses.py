"""Addresses as sources write them: mended as a browser would, or left out. One that is none never costs the item."""

import re
from urllib.parse import quote, urljoin, urlsplit

LONGEST = 500

# What a browser drops: breaks anywhere in an address, and control characters and blanks around it.
_BREAKS = re.compile(r"[\t\r\n]")
_AROUND = "".join(map(chr, range(0x21)))
_SCHEME = re.compile(r"^(https?):[/\\]*", re.IGNORECASE)
_BARE_HOST = re.compile(r"www\.[^\s/:]+\.[^\s/:]+(?:[/?#]|$)", re.IGNORECASE)
# What may not stand in an address as it is.
_ENCODED = re.compile(r"[\x00-\x20\"<>^`{|}\x7f]")
_LABEL = re.compile(r"[\w-]{1,63}")


def web_address(written: str, base: str = "") -> str:
    """The http(s) address that somebody wrote, "" when there is none that can be kept.

    With a `base` what is written may be relative to it.
    """
    written = _BREAKS.sub("", written).strip(_AROUND)
    if _BARE_HOST.match(written):
        written = f"https://{written}"
    written = _SCHEME.sub(lambda match: f"{match[1].lower()}://", written)
    place, mark, rest = re.fullmatch(r"([^?#]*)([?#]?)(.*)", written, re.DOTALL).groups()
    written = _ENCODED.sub(lambda match: quote(match[0]), place.replace("\\", "/") + mark + rest)
    try:
        address = urljoin(base, written) if base else written
        return address if _can_be_kept(address) else ""
    except ValueError:
        return ""


def _can_be_kept(address: str) -> bool:
    """Whether it leads to a host with a dot in its name (or an IP address), and hides no name before an "@"."""
    address.encode()  # lone surrogates are no letters: UnicodeEncodeError is a ValueError
    parts = urlsplit(address)
    host = (parts.hostname or "").removesuffix(".")
    if parts.scheme not in ("http", "https") or "@" in parts.netloc or parts.port == 0 or len(address) > LONGEST:
        return False
    labels = host.split(".")
    return ":" in host or (len(labels) > 1 and all(_LABEL.fullmatch(label) for label in labels))
