"""Calls the Data API with the key in a header, so that no address and no log contains it."""

from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.core.http.client import FetchedResponse, fetch
from portal.feeds.adapters.base import Source
from portal.feeds.adapters.http_responses import parse_json_object, retry_after_s, seconds_until_midnight, value_at
from portal.feeds.adapters.youtube_api.quota import PACIFIC, UNITS_FOR_PULLS, spend, units_today
from portal.feeds.choices import Outcome
from portal.feeds.errors import UnusableDocument

API = "https://www.googleapis.com/youtube/v3"
HOSTS = ("www.googleapis.com", "youtube.googleapis.com")
MAX_BYTES = 5_000_000  # fifty videos with long descriptions in several languages

_QUOTA = _("Today's units of the key are spent. It goes on after midnight in California.")
_KEY = _("YouTube does not accept the key: it was revoked, or may not be used for this from this server.")
_GONE = _("YouTube knows no such channel or playlist. Nothing was removed.")
_TROUBLE = _("YouTube's Data API has a problem of its own. It is asked again later.")
_SHAPE = _("YouTube's Data API answered with something else than a list. Nothing of it was used.")
_REASONS = {
    **dict.fromkeys(("quotaExceeded", "dailyLimitExceeded", "rateLimitExceeded", "userRateLimitExceeded"), _QUOTA),
    **dict.fromkeys(("keyInvalid", "API_KEY_INVALID", "keyExpired", "ipRefererBlocked", "accessNotConfigured"), _KEY),
    **dict.fromkeys(("forbidden", "playlistItemsNotAccessible", "channelForbidden", "PERMISSION_DENIED"), _KEY),
    **dict.fromkeys(("playlistNotFound", "channelNotFound", "notFound"), _GONE),
}


class PageTokenExpired(Exception):
    """The list changed while it was read: begin again."""


class Client:
    """Calls the API for one source, and counts units and bytes."""

    def __init__(self, key: str, source: Source):
        self._key, self._source = key, source
        self.n_bytes = 0

    def items(self, resource: str, **parameters: str | int) -> tuple[list[dict], str]:
        """Return the objects on one page of a list, and the token of the next page ("" after the last).

        Raises UnusableDocument, FetchError or PageTokenExpired.
        """
        if units_today(self._source) >= UNITS_FOR_PULLS:
            raise self._unusable("quota", _QUOTA, retry_after=seconds_until_midnight(PACIFIC))
        spend(self._source)
        answer = fetch(
            f"{API}/{resource}?{urlencode(parameters, errors='replace')}",
            accept="application/json",
            headers={"X-Goog-Api-Key": self._key},
            allowed_hosts=HOSTS,
            max_bytes=MAX_BYTES,
        )
        self.n_bytes += len(answer.body)
        document = parse_json_object(answer.body)
        if answer.status != 200:
            raise self._refusal(answer, document)
        items = document.get("items")
        if not isinstance(items, list):
            raise self._unusable("bad_shape", _SHAPE, status=200, outcome=Outcome.REJECTED)
        token = document.get("nextPageToken")
        return [item for item in items if isinstance(item, dict)], token if isinstance(token, str) else ""

    def _refusal(self, answer: FetchedResponse, document: dict) -> Exception:
        """Return the exception for an error of the API."""
        reasons = _reasons(document)
        if "invalidPageToken" in reasons:
            return PageTokenExpired()
        for reason in reasons:
            sentence = _REASONS.get(reason)
            if sentence is _QUOTA:
                return self._unusable(
                    "quota", _QUOTA, status=answer.status, retry_after=seconds_until_midnight(PACIFIC)
                )
            if sentence is not None:
                return self._unusable(f"api_{reason}"[:40], sentence, status=answer.status)
        again = retry_after_s(answer.headers)
        return self._unusable(f"http_{answer.status}", _TROUBLE, status=answer.status, retry_after=again)

    def _unusable(
        self,
        code: str,
        sentence: str | Promise,
        *,
        status: int | None = None,
        retry_after: int | None = None,
        outcome: Outcome = Outcome.FAILED,
    ) -> UnusableDocument:
        return UnusableDocument(
            code, sentence, outcome=outcome, status=status, n_bytes=self.n_bytes, retry_after_s=retry_after
        )


def _reasons(document: dict) -> list[str]:
    """Return the reasons that an error of the API names in either of its forms, the precise ones first."""
    lists = (value_at(document, "error", name) for name in ("details", "errors"))
    reasons = [value_at(part, "reason") for parts in lists if isinstance(parts, list) for part in parts]
    reasons.append(value_at(document, "error", "status"))
    return [reason for reason in reasons if isinstance(reason, str) and reason]
