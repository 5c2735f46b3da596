"""The permission of a source at LinkedIn: its access token, how long it lasts, and the sentences about it for staff."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from portal.core.http.client import FetchError
from portal.feeds.adapters.base import Connection, Source
from portal.feeds.adapters.linkedin_api import oauth
from portal.feeds.choices import Outcome
from portal.feeds.encryption import DecryptionError, decrypt, encrypt
from portal.feeds.errors import UnusableDocument

# When staff are warned of the end, and when a token is replaced if LinkedIn gave a refresh token.
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


def product_name() -> str:
    """Return the name of the product that the app at LinkedIn needs."""
    return oauth.PRODUCTS[settings.LINKEDIN_PRODUCT]


def connection_of(source: Source) -> Connection:
    """Return the connection of a source, or None."""
    return getattr(source, "connection", None)


def store_grant(connection: Connection, grant: oauth.Grant) -> None:
    """Store the tokens in a connection, encrypted."""
    connection.access_token, connection.expires_at = encrypt(grant.access_token), grant.expires_at
    connection.refresh_token, connection.refresh_expires_at = encrypt(grant.refresh_token), grant.refresh_expires_at
    connection.refused = False
    connection.save()


def access_token_for(source: Source) -> str:
    """Return the access token of a source, after replacing it if it ends soon and there is a refresh token.

    Raises UnusableDocument without a request to LinkedIn if somebody has to connect first.
    """
    connection = connection_of(source)
    if not oauth.is_configured():
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
        return decrypt(connection.access_token)
    except DecryptionError as error:
        raise _unusable("unreadable", _UNREADABLE) from error


def mark_refused(source: Source) -> None:
    """Mark the connection as refused by LinkedIn, so that its token is not sent again."""
    connection = connection_of(source)
    # Unless somebody has connected again in the meantime.
    same = type(connection).objects.filter(pk=connection.pk, access_token=connection.access_token)
    same.update(refused=True)


def status_text(source: Source) -> str:
    """Return the state of the permission in words, for the page of the source and the panel."""
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


def warning(source: Source) -> str:
    """Return a warning for staff if the permission has ended or ends within two weeks; else ""."""
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


def _refresh(connection: Connection) -> None:
    """Exchange the refresh token. An error of LinkedIn is ignored while the old access token is valid."""
    old = connection.refresh_token
    try:
        grant = oauth.refresh_grant(decrypt(old))
    except (FetchError, UnusableDocument) as error:
        if error.code == "not_granted":
            # The refresh token is worthless: somebody has to connect again before the access token ends.
            connection.refresh_token, connection.refresh_expires_at = "", None
            connection.save(update_fields=["refresh_token", "refresh_expires_at"])
        if connection.expires_at <= timezone.now():
            raise
        return
    ends = grant.refresh_expires_at or connection.refresh_expires_at
    store_grant(
        connection, oauth.Grant(grant.access_token, grant.expires_at, grant.refresh_token or decrypt(old), ends)
    )


def _days_left(connection: Connection) -> int:
    """Return in how many days it ends, rounded up."""
    return -((timezone.now() - connection.ends_at) // timedelta(days=1))


def _unusable(code: str, sentence: str | Promise) -> UnusableDocument:
    return UnusableDocument(code, sentence, outcome=Outcome.REFUSED, status=None)
