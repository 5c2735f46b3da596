"""Gets tokens from LinkedIn with somebody's permission: three-legged OAuth 2 (docs/feed-rules.md 2.2).

Tokens, codes and the secret of the app are in the body of a POST or in a return value, never in an address, a message
or a log.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core.http.client import fetch
from portal.feeds.adapters.http_responses import parse_json_object
from portal.feeds.choices import Outcome
from portal.feeds.errors import UnusableDocument

SITE = "https://www.linkedin.com/oauth/v2"
HOSTS = ("www.linkedin.com",)
# Only permission to read is asked for: the smallest scope with which a product gives the posts of a page.
SCOPES = {"pages": "r_dma_admin_pages_content", "community": "r_organization_social"}
PRODUCTS = {"pages": "Pages Data Portability API", "community": "Community Management API"}

_REFUSED = _("LinkedIn did not give a permission for this answer. Connect again.")
_TROUBLE = _("LinkedIn has a problem of its own, so there is no permission yet. Try again later.")


@dataclass(frozen=True)
class Grant:
    """The tokens of LinkedIn: an access token and, for some apps, a refresh token, each with its end (aware, UTC)."""

    access_token: str = field(repr=False)
    expires_at: datetime
    refresh_token: str = field(repr=False, default="")
    refresh_expires_at: datetime | None = None


def is_configured() -> bool:
    """Return whether the id and secret of the app at LinkedIn are set."""
    return bool(settings.LINKEDIN_CLIENT_ID and settings.LINKEDIN_CLIENT_SECRET)


def authorization_url(redirect_uri: str, state: str) -> str:
    """Return where an administrator of the page is sent to give permission."""
    query = {
        "response_type": "code",
        "client_id": settings.LINKEDIN_CLIENT_ID,
        "redirect_uri": redirect_uri,
        "state": state,
        "scope": SCOPES[settings.LINKEDIN_PRODUCT],
    }
    return f"{SITE}/authorization?{urlencode(query)}"


def exchange_code(code: str, redirect_uri: str) -> Grant:
    """Return the tokens for the code that LinkedIn sent back. Raises UnusableDocument or FetchError."""
    return _request_grant(grant_type="authorization_code", code=code, redirect_uri=redirect_uri)


def refresh_grant(refresh_token: str) -> Grant:
    """Return new tokens for a refresh token; its own end does not move. Raises UnusableDocument or FetchError."""
    return _request_grant(grant_type="refresh_token", refresh_token=refresh_token)


def _request_grant(**fields: str) -> Grant:
    app = {"client_id": settings.LINKEDIN_CLIENT_ID, "client_secret": settings.LINKEDIN_CLIENT_SECRET}
    answer = fetch(f"{SITE}/accessToken", form=fields | app, accept="application/json", allowed_hosts=HOSTS)
    if answer.status != 200:
        # Only a 4xx says something about the permission; any other error is a problem of LinkedIn.
        refused = 400 <= answer.status < 500 and answer.status != 429
        code, sentence = ("not_granted", _REFUSED) if refused else ("no_answer", _TROUBLE)
        raise UnusableDocument(code, sentence, outcome=Outcome.FAILED, status=answer.status)
    try:
        document = parse_json_object(answer.body)
        token, seconds = document["access_token"], int(document["expires_in"])
        again, again_seconds = document.get("refresh_token"), document.get("refresh_token_expires_in")
        refresh_ends = None if again_seconds is None else _after(int(again_seconds))
    except (ValueError, KeyError, TypeError, OverflowError) as error:
        raise UnusableDocument("not_granted", _REFUSED, status=answer.status) from error
    if not (isinstance(token, str) and token and seconds > 0):
        raise UnusableDocument("not_granted", _REFUSED, status=answer.status)
    if not (isinstance(again, str) and again):
        again, refresh_ends = "", None
    return Grant(token, _after(seconds), again, refresh_ends)


def _after(seconds: int) -> datetime:
    """Return the time that many seconds from now, at least now and at most in ten years."""
    return timezone.now() + timedelta(seconds=max(0, min(seconds, 10 * 365 * 24 * 3600)))
