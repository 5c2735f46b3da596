"""Asking somebody's permission at LinkedIn and getting tokens for it: OAuth 2, three-legged (feeds.md 2.2).

Tokens, codes and the secret of the app are in the body of a POST or in what this hands back, never in an address, a
message or a log.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core.http.client import fetch
from portal.feeds.adapters.base import Unusable
from portal.feeds.adapters.http_responses import json_object
from portal.feeds.choices import Outcome

SITE = "https://www.linkedin.com/oauth/v2"
HOSTS = ("www.linkedin.com",)
# What is asked for is only to read, and only what the product gives for the posts of a page.
SCOPES = {"pages": "r_dma_admin_pages_content", "community": "r_organization_social"}
PRODUCTS = {"pages": "Pages Data Portability API", "community": "Community Management API"}

_REFUSED = _("LinkedIn did not give a permission for this answer. Connect again.")
_TROUBLE = _("LinkedIn has a problem of its own, so there is no permission yet. Try again later.")


@dataclass(frozen=True)
class Grant:
    """What LinkedIn gave: an access token and, to some apps, a refresh token; each with its end (aware, UTC)."""

    access_token: str = field(repr=False)
    expires_at: datetime
    refresh_token: str = field(repr=False, default="")
    refresh_expires_at: datetime | None = None


def ready() -> bool:
    """Whether the app at LinkedIn is known here."""
    return bool(settings.LINKEDIN_CLIENT_ID and settings.LINKEDIN_CLIENT_SECRET)


def authorization_url(redirect_uri: str, state: str) -> str:
    """Where an administrator of the page is sent to give the permission."""
    asked = {
        "response_type": "code",
        "client_id": settings.LINKEDIN_CLIENT_ID,
        "redirect_uri": redirect_uri,
        "state": state,
        "scope": SCOPES[settings.LINKEDIN_PRODUCT],
    }
    return f"{SITE}/authorization?{urlencode(asked)}"


def exchanged(code: str, redirect_uri: str) -> Grant:
    """The tokens for the code of an answer. Raises Unusable or FetchError."""
    return _granted(grant_type="authorization_code", code=code, redirect_uri=redirect_uri)


def refreshed(refresh_token: str) -> Grant:
    """New tokens for a refresh token, whose own end does not move (feeds.md 2.2). Raises Unusable or FetchError."""
    return _granted(grant_type="refresh_token", refresh_token=refresh_token)


def _granted(**fields: str) -> Grant:
    app = {"client_id": settings.LINKEDIN_CLIENT_ID, "client_secret": settings.LINKEDIN_CLIENT_SECRET}
    answer = fetch(f"{SITE}/accessToken", form=fields | app, accept="application/json", allowed_hosts=HOSTS)
    if answer.status != 200:
        # 4xx is about what was sent; anything else is LinkedIn's trouble and says nothing about the permission.
        refused = 400 <= answer.status < 500 and answer.status != 429
        code, sentence = ("not_granted", _REFUSED) if refused else ("no_answer", _TROUBLE)
        raise Unusable(code, sentence, outcome=Outcome.FAILED, status=answer.status)
    try:
        document = json_object(answer.body)
        token, seconds = document["access_token"], int(document["expires_in"])
        again, again_seconds = document.get("refresh_token"), document.get("refresh_token_expires_in")
        refresh_ends = None if again_seconds is None else _after(int(again_seconds))
    except (ValueError, KeyError, TypeError, OverflowError) as error:
        raise Unusable("not_granted", _REFUSED, status=answer.status) from error
    if not (isinstance(token, str) and token and seconds > 0):
        raise Unusable("not_granted", _REFUSED, status=answer.status)
    if not (isinstance(again, str) and again):
        again, refresh_ends = "", None
    return Grant(token, _after(seconds), again, refresh_ends)


def _after(seconds: int) -> datetime:
    """That many seconds from now; more than ten years is taken for ten, less than nothing for nothing."""
    return timezone.now() + timedelta(seconds=max(0, min(seconds, 10 * 365 * 24 * 3600)))
