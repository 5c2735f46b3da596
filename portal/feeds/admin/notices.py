"""What administrators are told by e-mail about sources: a permission that ends, and a source that keeps failing.

Each stage once to each of them; without a mail server the list and the log of sources say it only (docs/feeds.md).
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
from portal.feeds.adapters import adapter_for
from portal.feeds.models import Connection, Source
from portal.feeds.permissions import CONNECT

# How many days before the end of a permission somebody is told, the last call first.
DAYS_BEFORE = (3, 14)
GONE = 410

_ENDS = gettext_lazy("The connection of “%(source)s” ends soon")
_ENDED = gettext_lazy("The connection of “%(source)s” has ended")
_SILENT = gettext_lazy("“%(source)s” has not answered for three days")
_SWITCHED_OFF = gettext_lazy("“%(source)s” is gone and was switched off")


@dataclass(frozen=True)
class Trouble:
    """Something about a source that somebody has to mend: which stage of it, in one line, and on which admin page."""

    source: Source
    stage: str
    headline: Promise
    path: str

    @property
    def about(self) -> str:
        """What tells this stage from any other; no two troubles have the same."""
        return f"feeds.source {self.source.pk} {self.stage}"


def send_notices() -> Iterator[Source]:
    """Tell the administrators what is new of the troubles of sources; gives each source of which somebody was told.

    Raises OSError at the end when the mail server refused something; what it took is not sent again.
    """
    troubles = filter(None, map(trouble_of, Source.objects.select_related("connection")))
    told = ((one.source, one.about, partial(message_about, one)) for one in troubles)
    return send_each(told, users_with_permission(CONNECT))


def trouble_of(source: Source) -> Trouble | None:
    """What administrators have to know about a source now; None when nothing, or when staff switched it off."""
    if not source.enabled:
        return _switched_off(source)
    connection = getattr(source, "connection", None)
    return (_of_connection(source, connection) if connection else None) or _silent(source)


def message_about(trouble: Trouble) -> Message:
    """The message about a trouble, in the language that is active."""
    source = trouble.source
    return Message.about(
        trouble.headline % {"source": source.name},
        [adapter_for(source.kind).warning(source) or source.last_error],
        trouble.path,
        _("You get this message once, because you may connect sources. What was found stays as it is."),
    )


def _of_connection(source: Source, connection: Connection) -> Trouble | None:
    path = reverse("feeds:connection", args=[source.pk])
    until = f"until {connection.ends_at:%Y-%m-%d}"
    if connection.ended:
        return Trouble(source, f"ended {until}", _ENDED, path)
    left = connection.ends_at - timezone.now()
    days = next((days for days in DAYS_BEFORE if left <= timedelta(days=days)), None)
    return Trouble(source, f"{days} days {until}", _ENDS, path) if days else None


def _silent(source: Source) -> Trouble | None:
    return Trouble(source, f"silent {_since(source)}", _SILENT, _page_of(source)) if source.silent else None


def _switched_off(source: Source) -> Trouble | None:
    """That a pull switched it off, because its server says that the address is gone for good."""
    last = source.logs.first() if source.consecutive_failures else None
    if last is None or last.http_status != GONE:
        return None
    return Trouble(source, f"gone {_since(source)}", _SWITCHED_OFF, _page_of(source))


def _since(source: Source) -> str:
    """The last good answer: what tells one silence of a source from another."""
    return f"since {source.last_ok_at:%Y-%m-%d %H:%M}" if source.last_ok_at else f"of {source.config}"[:150]


def _page_of(source: Source) -> str:
    return reverse("wagtailsnippets_feeds_source:inspect", args=[source.pk])
