"""Checks the settings of the search server before anything is sent to it."""

import re
import ssl
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from search.engines.elasticsearch.server_connection import SearchServer

LOCAL = ("localhost", "127.0.0.1", "::1")
_INDEX = re.compile(r"[a-z0-9][a-z0-9-]{0,99}")


def checked_server(address: str, api_key: str, ca_file: str, index: str) -> SearchServer:
    """Return the server of these settings. Raises ImproperlyConfigured with what is wrong and what to write."""
    for wrong in (_wrong_address(address), _wrong_key(address, api_key), _wrong_file(ca_file), _wrong_index(index)):
        if wrong:
            raise ImproperlyConfigured(wrong)
    return SearchServer(address, api_key, ca_file)


def _wrong_address(address: str) -> str:
    try:
        parts = urlsplit(address)
        complete = bool(parts.hostname) and parts.port != 0 and not (parts.query or parts.fragment)
    except ValueError:
        complete = False
    if complete:
        return ""
    return "SEARCH_URL is not a whole address. Write it like https://search.example.org:9200."


def _wrong_key(address: str, api_key: str) -> str:
    parts = urlsplit(address)
    if api_key and parts.username:
        return "SEARCH_API_KEY and a name in SEARCH_URL are given. Keep one of them."
    if (api_key or parts.password) and parts.scheme == "http" and parts.hostname not in LOCAL:
        return "SEARCH_URL begins with http://, so everybody on the way could read the key. Use an https:// address."
    return ""


def _wrong_file(ca_file: str) -> str:
    if not ca_file:
        return ""
    try:
        ssl.create_default_context(cafile=ca_file)
    except (OSError, ssl.SSLError) as error:
        reason = error.strerror or "it holds no certificate"
        return f"SEARCH_CA_FILE is “{ca_file}”, which cannot be used ({reason}). Name a file of certificates (PEM)."
    return ""


def _wrong_index(index: str) -> str:
    if _INDEX.fullmatch(index):
        return ""
    return f"SEARCH_INDEX is “{index}”. Use small letters, digits and hyphens, for example schakel."
