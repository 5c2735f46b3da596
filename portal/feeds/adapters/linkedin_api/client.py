"""Calls LinkedIn's versioned API with a token, and turns its errors into sentences for staff (docs/feed-rules.md 2.2).

The text of an error of LinkedIn is not repeated, because it can contain what was sent.
"""

from datetime import UTC

from django.conf import settings
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from portal.core.http.client import FetchedResponse, fetch
from portal.feeds.adapters.http_responses import parse_json_object, retry_after_s, seconds_until_midnight
from portal.feeds.choices import Outcome
from portal.feeds.errors import UnusableDocument

API = "https://api.linkedin.com/rest"
HOSTS = ("api.linkedin.com",)
MAX_BYTES = 10_000_000

_SENTENCES = {
    401: _("LinkedIn does not accept the connection any more (401): it was withdrawn or has expired. Connect again."),
    403: _(
        "LinkedIn refuses the posts of this page (403): who connected is not its administrator any more, or the app "
        "has no access to this product. Give the role back, or let an administrator of the page connect again."
    ),
    404: _("LinkedIn knows no page with this number (404). Check the number of the source; nothing was removed."),
    429: _("LinkedIn accepts no more requests today (429). It is asked again later."),
}
_SUNSET = _(
    "LinkedIn does not speak version {version} of its API any more. Set SCHAKEL_LINKEDIN_VERSION to a newer one, "
    "a year and a month, and restart."
)
_TROUBLE = _("LinkedIn has a problem of its own (an error 5xx). It is asked again later.")
_OTHER = _("LinkedIn did not give the posts. It is asked again later.")
_SHAPE = _("LinkedIn answered with something else than a list of posts. Nothing of it was used.")
# The codes for a version that is retired or missing, with whatever status.
_VERSION_CODES = {"NONEXISTENT_VERSION", "VERSION_MISSING", "INVALID_VERSION", "UNSUPPORTED_VERSION"}


class Client:
    """Calls the API with one token, and counts the bytes that it received."""

    def __init__(self, token: str):
        self._token = token
        self.n_bytes = 0

    def get(self, resource: str, query: str, *, finder: bool = False) -> dict:
        """Return the document of a resource; `query` is already encoded. Raises UnusableDocument or FetchError."""
        headers = {
            "Authorization": f"Bearer {self._token}",
            "LinkedIn-Version": settings.LINKEDIN_VERSION,
            "X-Restli-Protocol-Version": "2.0.0",
        }
        answer = fetch(
            f"{API}/{resource}?{query}",
            accept="application/json",
            headers=headers | ({"X-RestLi-Method": "FINDER"} if finder else {}),
            allowed_hosts=HOSTS,
            max_bytes=MAX_BYTES,
        )
        self.n_bytes += len(answer.body)
        document = parse_json_object(answer.body)
        if answer.status != 200:
            raise self._refusal(answer, document)
        return document

    def bad_shape(self) -> UnusableDocument:
        """Return the error to raise if a response does not have the expected form."""
        return UnusableDocument("bad_shape", _SHAPE, n_bytes=self.n_bytes)

    def _refusal(self, answer: FetchedResponse, document: dict) -> UnusableDocument:
        status = answer.status
        code = f"http_{status}"
        sentence: str | Promise = _SENTENCES.get(status, _TROUBLE if status >= 500 else _OTHER)
        again = retry_after_s(answer.headers)
        if status == 426 or (status == 400 and str(document.get("code")) in _VERSION_CODES):
            code, sentence = "version", format_lazy(_SUNSET, version=settings.LINKEDIN_VERSION)
        elif status == 429 and again is None:
            again = seconds_until_midnight(UTC)  # LinkedIn counts calls by the day in UTC
        return UnusableDocument(
            code, sentence, outcome=Outcome.FAILED, status=status, n_bytes=self.n_bytes, retry_after_s=again
        )
