"""The token in a form of visitors: it says when the form was made, is signed, and counts once.

It stands in for Django's protection against forged requests, which needs a cookie.
"""

import secrets
import time
from dataclasses import dataclass

from django.core.signing import BadSignature, Signer
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.core.errors import ExplainedError

# Nobody reads and fills in the form in less; somebody may leave it open over night.
SHORTEST_S = 3
LONGEST_S = 24 * 3600


@dataclass(frozen=True)
class FormToken:
    """The nonce of a form and the time at which it was made, in seconds."""

    nonce: str
    made_at: int


class TokenError(ExplainedError):
    """A token that does not count. `is_lasting`: it never will, so the form needs another one."""

    def __init__(self, message: str | Promise, *, is_lasting: bool):
        super().__init__(message)
        self.is_lasting = is_lasting


def new_token(salt: str) -> str:
    """Return a token for a form; each kind of form has a salt of its own."""
    return Signer(salt=salt).sign_object([secrets.token_hex(16), int(time.time())])


def read_token(text: str, salt: str) -> FormToken:
    """Return what a token says. Raises TokenError for one that is forged, too old or used too soon."""
    try:
        nonce, made_at = Signer(salt=salt).unsign_object(text)
    except (BadSignature, ValueError) as error:
        raise TokenError(
            _("The form was not complete. What you filled in is still here: please send it again."), is_lasting=True
        ) from error
    age = time.time() - made_at
    if age > LONGEST_S:
        raise TokenError(
            _("The form was open for more than a day. What you filled in is still here: please send it again."),
            is_lasting=True,
        )
    if age < SHORTEST_S:
        raise TokenError(
            _(
                "The form came back within a few seconds, as programs do. What you filled in is still here: please "
                "send it again."
            ),
            is_lasting=False,
        )
    return FormToken(nonce, made_at)
