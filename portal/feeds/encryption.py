"""Encrypts the secrets that are stored in the database with the portal's secret key.

`SECRET_KEY` comes from the environment or from a file of mode 0600 beside the database, so a copy of the database
alone reveals nothing. With another key, what was encrypted is lost.
"""

import base64
import hashlib
from typing import Any

from django.conf import settings

# Part of the key: with another value, stored tokens could not be decrypted any more.
_PURPOSE = b"portal.feeds.sealed"


class DecryptionError(Exception):
    """The text was changed, or encrypted with another `SECRET_KEY`."""


def encrypt(secret: str) -> str:
    """Return a secret in a form that only `decrypt` reads; "" stays ""."""
    return _fernet().encrypt(secret.encode()).decode() if secret else ""


def decrypt(encrypted: str) -> str:
    """Return the secret that `encrypt` was given. Raises DecryptionError."""
    if not encrypted:
        return ""
    from cryptography.fernet import InvalidToken  # see _fernet

    try:
        return _fernet().decrypt(encrypted.encode()).decode()
    except InvalidToken as error:
        raise DecryptionError from error


def _fernet() -> Any:
    # Imported here, because it is slow (70 ms) and only sources with a connection need it.
    from cryptography.fernet import Fernet

    key = hashlib.sha256(_PURPOSE + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
