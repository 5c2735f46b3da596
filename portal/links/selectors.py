"""What a page says about its links to other sites."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import IntegerField, Q, QuerySet
from django.db.models.functions import Cast, Coalesce, ExtractDay, ExtractMonth, ExtractYear
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.core.page_cache.cached_values import cached_until_publish
from portal.links.models import OutsideLink

BROKEN = OutsideLink.State.BROKEN
# Of a link: its state, and the day on which it was reached last as a number like 20261102, 0 for never.
LinkStates = Mapping[str, tuple[str, int]]


def known_links(addresses: Iterable[str]) -> QuerySet[OutsideLink]:
    """Return the links among these of which something is known, with `day`, for `LinkStates`."""
    return _with_day(
        OutsideLink.objects.filter(Q(state=BROKEN) | Q(last_reached_at__isnull=False), address__in=addresses)
    )


def broken_links() -> LinkStates:
    """Return the links that do not answer any more. One query until something public changes."""
    return cached_until_publish(("broken links",), lambda: _states(_with_day(OutsideLink.objects.filter(state=BROKEN))))


def note_on_link(address: str, states: LinkStates) -> str:
    """Return what to say at a link that does not answer any more, "" at any other."""
    state, day = states.get(address, ("", 0))
    if state != BROKEN:
        return ""
    return _last_reached(day) if day else _("link does not answer")


def note_on_website(address: str, states: LinkStates) -> str:
    """Return when a website was reached last, whether it answers now or not; "" when it was never tried."""
    _state, day = states.get(address, ("", 0))
    return _last_reached(day) if day else note_on_link(address, states)


def with_link_notes(sources: Iterable[dict], states: LinkStates | None = None) -> list[dict]:
    """Return sources with `link_note`, for the component `sources`."""
    states = broken_links() if states is None else states
    return [source | {"link_note": note_on_link(source["url"], states)} for source in sources]


def _with_day(links: QuerySet[OutsideLink]) -> QuerySet[OutsideLink]:
    reached = "last_reached_at"
    day = ExtractYear(reached) * 10_000 + ExtractMonth(reached) * 100 + ExtractDay(reached)
    # PostgreSQL extracts a decimal; the numbers of other branches of a union would become decimals too.
    return links.annotate(day=Coalesce(Cast(day, IntegerField()), 0)).order_by()


def _states(links: QuerySet[OutsideLink]) -> LinkStates:
    rows = links.values_list("address", "state", "day")  # type: ignore[misc]  # `_with_day` adds the column
    return {address: (state, day) for address, state, day in rows}


def _last_reached(day: int) -> str:
    when = date(day // 10_000, day // 100 % 100, day % 100)
    return _("link last reached on %(date)s") % {"date": date_format(when, "DATE_FORMAT")}
