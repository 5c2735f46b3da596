"""What a page says about its links to other sites."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from portal.core.page_cache.cached_values import cached_each, cached_until_publish
from portal.links.models import OutsideLink


def note_on_link(address: str) -> str:
    """Return “link last reached on …” for a link that no longer answers, else "". No query when it is kept."""
    broken = _broken()
    if not address or address not in broken:
        return ""
    reached = broken[address]
    return last_reached(reached) if reached else _("link does not answer")


def with_link_notes(sources: Iterable[dict]) -> list[dict]:
    """Return sources with `link_note`, for the component `sources`."""
    return [source | {"link_note": note_on_link(source["url"])} for source in sources]


def note_on_website(address: str) -> str:
    """Return when a website was reached last, whether it answers or not; "" for one that was never reached."""
    reached = cached_each(("last reached",), [address], _reached).get(address)
    return last_reached(reached) if reached else note_on_link(address)


def last_reached(moment: datetime) -> str:
    return _("link last reached on %(date)s") % {"date": date_format(localtime(moment), "DATE_FORMAT")}


def _reached(addresses: list[str]) -> dict[str, datetime | None]:
    return dict(OutsideLink.objects.filter(address__in=addresses).values_list("address", "last_reached_at"))


def _broken() -> dict[str, datetime | None]:
    """Return the links that do not answer any more, with when they last did. One query until something changes."""
    return cached_until_publish(
        ("broken links",),
        lambda: dict(
            OutsideLink.objects.filter(state=OutsideLink.State.BROKEN).values_list("address", "last_reached_at")
        ),
    )
