"""Repairs web addresses as a browser would, or empties them. An invalid address never costs the item."""

import re
from urllib.parse import quote, urljoin, urlsplit

MAX_LENGTH = 500

# A browser removes line breaks anywhere in an address, and control characters and spaces around it.
_BREAKS = re.compile(r"[\t\r\n]")
_AROUND = "".join(map(chr, range(0x21)))
_SCHEME = re.compile(r"^(https?):[/\\]*", re.IGNORECASE)
_BARE_HOST = re.compile(r"www\.[^\s/:]+\.[^\s/:]+(?:[/?#]|$)", re.IGNORECASE)
# Characters that have to be percent-encoded.
_ENCODED = re.compile(r"[\x00-\x20\"<>^`{|}\x7f]")
_LABEL = re.compile(r"[\w-]{1,63}")


def web_address(written: str, base: str = "") -> str:
    """Return the http(s) address that is written; "" if it cannot be stored. It may be relative to a `base`."""
    written = _BREAKS.sub("", written).strip(_AROUND)
    if _BARE_HOST.match(written):
        written = f"https://{written}"
    written = _SCHEME.sub(lambda match: f"{match[1].lower()}://", written)
    end_of_path = next((at for at, character in enumerate(written) if character in "?#"), len(written))
    written = written[:end_of_path].replace("\\", "/") + written[end_of_path:]
    written = _ENCODED.sub(lambda match: quote(match[0]), written)
    try:
        address = urljoin(base, written) if base else written
        return address if _is_storable(address) else ""
    except ValueError:
        return ""


def _is_storable(address: str) -> bool:
    """Return whether an address has a host with a dot (or an IP address), no user name, and a length that fits."""
    address.encode()  # fails for lone surrogates; UnicodeEncodeError is a ValueError
    parts = urlsplit(address)
    host = (parts.hostname or "").removesuffix(".")
    if parts.scheme not in ("http", "https") or "@" in parts.netloc or parts.port == 0 or len(address) > MAX_LENGTH:
        return False
    labels = host.split(".")
    return ":" in host or (len(labels) > 1 and all(_LABEL.fullmatch(label) for label in labels))
