"""Secrets that have to be kept in the database, sealed with the portal's secret key: a copy of it tells nothing.

`SECRET_KEY` comes from the environment or from a file of mode 0600 beside the database (DESIGN.md 13). With another
key, what was sealed cannot be opened any more.
"""

import base64
import hashlib

from django.conf import settings


class CannotOpen(Exception):
    """What was sealed was changed, or sealed with another key."""


def seal(secret: str) -> str:
    """The secret in a form that only `opened` reads; "" stays ""."""
    return _box().encrypt(secret.encode()).decode() if secret else ""


def opened(sealed: str) -> str:
    """The secret in what `seal` made of it. Raises CannotOpen."""
    if not sealed:
        return ""
    from cryptography.fernet import InvalidToken

    try:
        return _box().decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise CannotOpen from error


def _box():
    # Loaded here: it takes longer than the rest of the room, and only sources with a connection need it.
    from cryptography.fernet import Fernet

    key = hashlib.sha256(b"portal.feeds.sealed" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
