"""The e-mails to administrators about a permission that ends and a source that keeps failing.

Each administrator gets each stage once. Without a mail server only the list and the log of sources say it
(docs/feeds.md).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.admin.notices import Message, send_each, users_with_permission
from portal.feeds.adapters.registry import adapter_for
from portal.feeds.models import Connection, Source
from portal.feeds.permissions import CONNECT

# How many days before the end of a permission administrators are mailed, the last mail first.
DAYS_BEFORE = (3, 14)
GONE = 410

_ENDS = gettext_lazy("The connection of “%(source)s” ends soon")
_ENDED = gettext_lazy("The connection of “%(source)s” has ended")
_SILENT = gettext_lazy("“%(source)s” has not answered for three days")
_SWITCHED_OFF = gettext_lazy("“%(source)s” is gone and was switched off")


@dataclass(frozen=True)
class SourceAlert:
    """A problem of a source that somebody has to solve: its stage, a sentence, and the admin page to solve it on."""

    source: Source
    stage: str
    headline: Promise
    path: str

    @property
    def about(self) -> str:
        """The unique key of this stage, by which a mail is sent only once."""
        return f"feeds.source {self.source.pk} {self.stage}"


def send_alerts() -> Iterator[Source]:
    """Mail the administrators about new problems; yields each source that somebody was mailed about.

    Raises OSError at the end if the mail server refused something; what it accepted is not sent again.
    """
    alerts = filter(None, map(alert_for, Source.objects.select_related("connection")))
    mails = ((alert.source, alert.about, partial(compose_message, alert)) for alert in alerts)
    return send_each(mails, users_with_permission(CONNECT))


def alert_for(source: Source) -> SourceAlert | None:
    """Return what administrators have to know about a source; None if nothing, or if staff switched it off."""
    if not source.enabled:
        return _switched_off(source)
    connection = getattr(source, "connection", None)
    return (_of_connection(source, connection) if connection else None) or _silent(source)


def compose_message(alert: SourceAlert) -> Message:
    """Return the mail for an alert, in the active language."""
    source = alert.source
    return Message.about(
        alert.headline % {"source": source.name},
        [adapter_for(source.kind).warning(source) or source.last_error],
        alert.path,
        _("You get this message once, because you may connect sources. What was found stays as it is."),
    )


def _of_connection(source: Source, connection: Connection) -> SourceAlert | None:
    path = reverse("feeds:connection", args=[source.pk])
    until = f"until {connection.ends_at:%Y-%m-%d}"
    if connection.ended:
        return SourceAlert(source, f"ended {until}", _ENDED, path)
    left = connection.ends_at - timezone.now()
    days = next((days for days in DAYS_BEFORE if left <= timedelta(days=days)), None)
    return SourceAlert(source, f"{days} days {until}", _ENDS, path) if days else None


def _silent(source: Source) -> SourceAlert | None:
    return SourceAlert(source, f"silent {_since(source)}", _SILENT, _page_of(source)) if source.is_silent else None


def _switched_off(source: Source) -> SourceAlert | None:
    """Return the alert for a source that a pull switched off, because its address is gone for good."""
    last = source.logs.first() if source.consecutive_failures else None
    if last is None or last.http_status != GONE:
        return None
    return SourceAlert(source, f"gone {_since(source)}", _SWITCHED_OFF, _page_of(source))


def _since(source: Source) -> str:
    """Return the last good response, which distinguishes one failure of a source from the next."""
    return f"since {source.last_ok_at:%Y-%m-%d %H:%M}" if source.last_ok_at else f"of {source.config}"[:150]


def _page_of(source: Source) -> str:
    return reverse("wagtailsnippets_feeds_source:inspect", args=[source.pk])
