"""Tries the links to other sites, gently: one request at a time, a few a host, each link once a week.

A link is broken when it failed twice in a row, a day or more apart: a site may be away for an hour. A site that answers
but refuses a check (403, 429 …) is not broken, because a visitor may well get the page. Where something is promised at
the address (`register_promised`), a page that leads elsewhere, such as to a consent page, is unclear in the same way.
"""

import logging
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import chain, zip_longest
from urllib.parse import urlsplit

from django.utils import timezone

from portal.core.http.client import FetchError, FetchFailedError, fetch
from portal.links.models import OutsideLink
from portal.links.places import places_of_links, promised, websites

logger = logging.getLogger(__name__)

State = OutsideLink.State

WEEK, DAY, HOUR = timedelta(days=7), timedelta(days=1), timedelta(hours=1)
MOST_A_RUN = 40
MOST_A_HOST = 3
TOTAL_S = 15  # a HEAD and a GET together stay within the lease of a job
MAX_BYTES = 500_000
TRIED = ("state", "last_reached_at", "last_tried_at", "next_try_at", "problem")
HOSTS_OF_AN_OUTAGE = 3
REFUSES_A_CHECK = (401, 402, 403, 405, 406, 407, 418, 429, 451, 501, 503, 999)


def update_list() -> None:
    """Add the links that appeared on public pages, and drop those that no page has any more."""
    addresses = set(places_of_links())
    known = set(OutsideLink.objects.values_list("address", flat=True))
    OutsideLink.objects.bulk_create(
        [OutsideLink(address=address) for address in sorted(addresses - known)], ignore_conflicts=True
    )
    for address in known - addresses:
        OutsideLink.objects.filter(address=address).delete()


def check_due() -> Iterator[OutsideLink]:
    """Try the links that are due, at most MOST_A_RUN, and yield each.

    When no server answers at all, on several hosts, the portal itself is cut off: that says nothing of the links.
    """
    promises = frozenset(promised())
    shown = websites() | promises
    unheard: list[tuple[OutsideLink, str]] = []  # failed before any server was heard, and the state before
    heard = False
    for link in _due():
        state_before = link.state
        _try(link, timezone.now(), stays=link.address in promises)
        heard = heard or not link.problem or link.problem.isdigit()  # a status came back
        unheard.append((link, state_before))
        if heard:
            _store(unheard, shown, promises)
            unheard.clear()
        yield link
    if len({urlsplit(link.address).hostname for link, _was in unheard}) >= HOSTS_OF_AN_OUTAGE:
        logger.warning("None of %d links answered: the portal has no way out, so they are tried later.", len(unheard))
        later = timezone.now() + HOUR
        OutsideLink.objects.filter(pk__in=[link.pk for link, _was in unheard]).update(next_try_at=later)
    else:
        _store(unheard, shown, promises)


def _store(tries: list[tuple[OutsideLink, str]], shown: set[str], promises: frozenset[str]) -> None:
    """Write down what came of the tries, each with the state before.

    With a signal only where a visitor sees the difference, so that the pages stay as they are kept.
    """
    for link, before in tries:
        broke_or_mended = (before == State.BROKEN) != (link.state == State.BROKEN)
        is_doubted = link.address in promises and before != link.state
        if broke_or_mended or is_doubted or (link.state == State.REACHED and link.address in shown):
            link.save()
        else:
            OutsideLink.objects.filter(pk=link.pk).update(**{name: getattr(link, name) for name in TRIED})


def _due() -> list[OutsideLink]:
    """Return the links to try now. Hosts alternate, so that none gets requests right after each other."""
    by_host = defaultdict(list)
    for link in OutsideLink.objects.filter(next_try_at__lte=timezone.now()).order_by("next_try_at", "pk"):
        of_host = by_host[urlsplit(link.address).hostname]
        if len(of_host) < MOST_A_HOST:
            of_host.append(link)
    rounds = chain.from_iterable(zip_longest(*by_host.values()))
    return [link for link in rounds if link is not None][:MOST_A_RUN]


def _try(link: OutsideLink, now: datetime, *, stays: bool = False) -> None:
    """Ask whether the address answers, and write down what came of it. `stays`: with the page of that address."""
    link.last_tried_at, link.next_try_at = now, now + WEEK
    try:
        status, landed_at = _answer(link.address) if stays else (_status(link.address), link.address)
    except FetchFailedError as error:
        _failed(link, now, error.code)
    except FetchError as error:  # a rule of the portal forbids the request, so nobody knows whether it answers
        link.state, link.problem = State.UNCLEAR, error.code
    else:
        if status < 400 and stays and _is_elsewhere(link.address, landed_at):
            link.state, link.problem = State.UNCLEAR, "elsewhere"
        elif status < 400:
            link.state, link.problem, link.last_reached_at = State.REACHED, "", now
        elif status in REFUSES_A_CHECK:
            link.state, link.problem = State.UNCLEAR, str(status)
        else:
            _failed(link, now, str(status))
    if stays and link.state == State.UNCLEAR:  # visitors miss it until it answers
        link.next_try_at = now + DAY


def _failed(link: OutsideLink, now: datetime, problem: str) -> None:
    again = link.state in (State.FAILED, State.BROKEN)
    link.state, link.problem = (State.BROKEN if again else State.FAILED), problem
    if not again:
        link.next_try_at = now + DAY


def _is_elsewhere(address: str, landed_at: str) -> bool:
    """Whether redirects led away from a page: to another host, or to another path that is not below or around it."""
    asked, landed = urlsplit(address), urlsplit(landed_at)
    if (asked.hostname or "").removeprefix("www.") != (landed.hostname or "").removeprefix("www."):
        return True
    last_part = asked.path.rstrip("/").rpartition("/")[2]
    return last_part not in landed.path


def _status(address: str) -> int:
    return _answer(address)[0]


def _answer(address: str) -> tuple[int, str]:
    """Return the status of an address and where it led: of HEAD, or of GET where HEAD is refused."""
    try:
        head = fetch(address, head=True, total_s=TOTAL_S)
        status, landed_at = head.status, head.url
    except FetchFailedError as error:  # some servers drop a HEAD; GET says more
        logger.info("HEAD of a link failed (%s); GET is tried", error.code)
        status, landed_at = 0, address
    if 0 < status < 400:
        return status, landed_at
    try:
        page = fetch(address, max_bytes=MAX_BYTES, total_s=TOTAL_S)
    except FetchError as error:
        if error.code == "too_large":  # it answers, with a large file
            return 200, address
        raise
    return page.status, page.url
