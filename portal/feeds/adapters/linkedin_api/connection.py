"""How long the permission of a source lasts, what staff read about that, and its token for as long as there is one."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from portal.core.http.client import FetchError
from portal.feeds.adapters.base import Unusable
from portal.feeds.adapters.linkedin_api import oauth
from portal.feeds.choices import Outcome
from portal.feeds.encryption import CannotOpen, opened, seal

# When staff are warned, and when a token is exchanged for a new one if LinkedIn gave a refresh token.
WARN_BEFORE = timedelta(days=14)
REFRESH_BEFORE = timedelta(days=7)

_NOT_READY = _(
    "The app at LinkedIn is not known here: SCHAKEL_LINKEDIN_CLIENT_ID and SCHAKEL_LINKEDIN_CLIENT_SECRET are not set."
)
_NOT_CONNECTED = _("This source is not connected with LinkedIn yet. An administrator connects it on its page.")
_EXPIRED = _(
    "The connection with LinkedIn has expired: connect again. Nothing is asked until then; nothing was removed."
)
_REFUSED = _(
    "LinkedIn does not accept the connection any more: connect again. Nothing is asked until then; nothing was removed."
)
_UNREADABLE = _("The connection with LinkedIn cannot be read, because the portal's secret key changed: connect again.")


def product() -> str:
    """The name of the product that the app at LinkedIn needs."""
    return oauth.PRODUCTS[settings.LINKEDIN_PRODUCT]


def connection_of(source):
    """The connection of a source, or None."""
    return getattr(source, "connection", None)


def store(connection, grant: oauth.Grant) -> None:
    """Write what LinkedIn gave into a connection, sealed, and save it."""
    connection.access_token, connection.expires_at = seal(grant.access_token), grant.expires_at
    connection.refresh_token, connection.refresh_expires_at = seal(grant.refresh_token), grant.refresh_expires_at
    connection.refused = False
    connection.save()


def token_for(source) -> str:
    """The access token of a source, a new one when the old one ends soon and LinkedIn gave a refresh token.

    Raises Unusable, without having asked LinkedIn anything, when somebody has to connect (again) first.
    """
    connection = connection_of(source)
    if not oauth.ready():
        raise _unusable("not_ready", _NOT_READY)
    if connection is None:
        raise _unusable("not_connected", _NOT_CONNECTED)
    if connection.refused:
        raise _unusable("refused", _REFUSED)
    if connection.ended:
        raise _unusable("expired", _EXPIRED)
    try:
        if connection.refresh_token and connection.expires_at - timezone.now() < REFRESH_BEFORE:
            _refresh(connection)
        return opened(connection.access_token)
    except CannotOpen as error:
        raise _unusable("unreadable", _UNREADABLE) from error


def note_refusal(source) -> None:
    """Remember that LinkedIn did not take the token, so that it is not sent again."""
    connection = connection_of(source)
    # Unless somebody connected anew meanwhile.
    same = type(connection).objects.filter(pk=connection.pk, access_token=connection.access_token)
    same.update(refused=True)


def standing(source) -> str:
    """How it stands with the permission, in words: for the page of the source and the panel."""
    connection = connection_of(source)
    if connection is None:
        return gettext("not connected")
    if connection.refused:
        return gettext("not accepted any more by LinkedIn: connect again")
    end = date_format(timezone.localtime(connection.ends_at), "DATE_FORMAT")
    if connection.ended:
        return gettext("expired on %(date)s: connect again") % {"date": end}
    days = _days_left(connection)
    left = ngettext("expires in %(days)s day", "expires in %(days)s days", days) % {"days": days}
    return gettext("valid until %(date)s, %(left)s") % {"date": end, "left": left}


def warning(source) -> str:
    """What staff read when the permission ends within a fortnight, or has ended; else ""."""
    connection = connection_of(source)
    if connection is None:
        return ""
    if connection.ended:
        return str(_REFUSED if connection.refused else _EXPIRED)
    if connection.ends_at - timezone.now() > WARN_BEFORE:
        return ""
    end = date_format(timezone.localtime(connection.ends_at), "DATE_FORMAT")
    days = _days_left(connection)
    sentence = ngettext(
        "The connection with LinkedIn ends in %(days)s day, on %(date)s: connect again before that.",
        "The connection with LinkedIn ends in %(days)s days, on %(date)s: connect again before that.",
        days,
    )
    return sentence % {"days": days, "date": end}


def _refresh(connection) -> None:
    """Exchange the refresh token. While the old access token lives, trouble at LinkedIn is no reason to stop."""
    old = connection.refresh_token
    try:
        grant = oauth.refreshed(opened(old))
    except (FetchError, Unusable) as error:
        if error.code == "not_granted":
            # Somebody has to connect again at the latest when the access token ends.
            connection.refresh_token, connection.refresh_expires_at = "", None
            connection.save(update_fields=["refresh_token", "refresh_expires_at"])
        if connection.expires_at <= timezone.now():
            raise
        return
    ends = grant.refresh_expires_at or connection.refresh_expires_at
    store(connection, oauth.Grant(grant.access_token, grant.expires_at, grant.refresh_token or opened(old), ends))


def _days_left(connection) -> int:
    """In how many days it ends; a part of one counts as a day."""
    return -((timezone.now() - connection.ends_at) // timedelta(days=1))


def _unusable(code: str, sentence) -> Unusable:
    return Unusable(code, sentence, outcome=Outcome.REFUSED, status=None)
