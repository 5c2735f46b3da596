"""Tries the links to other sites, gently: one request at a time, a few a host, each link once a week.

A link is broken when it failed twice in a row, a day or more apart: a site may be away for an hour. A site that answers
but refuses a check (403, 429 …) is not broken, because a visitor may well get the page. Nor was a page reached when
another one stands in for it: a question for consent, a login, the start page of a site. Staff look then. Where
something is to be had at an address (`places.register_promised`) a page of another name is not that page either.
"""

import logging
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import chain, zip_longest
from urllib.parse import urlsplit

from django.utils import timezone

from portal.core.http.client import FetchedResponse, FetchError, FetchFailedError, fetch
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
REFUSES_A_CHECK = (202, 401, 402, 403, 405, 406, 407, 418, 429, 451, 501, 503, 999)
# What stands in for a page after a redirect, by a word of the address to which it led.
STAND_INS = {
    "consent": re.compile(r"\b(consent|cookie-?(consent|wall|check|notice))\b", re.IGNORECASE),
    "login": re.compile(r"\b(log-?in|sign-?in|authwall|accounts?|sso|checkpoint)\b", re.IGNORECASE),
}
_START_PAGE = re.compile(r"(/[a-z]{2}(-[a-z]{2})?)?/?", re.IGNORECASE)  # also that of a language
_FILE = re.compile(r"\.(pdf|docx?|pptx?|xlsx?|odt|odp|ods|zip|mp3|m4a|ogg|mp4|webm|srt|vtt|ics|csv)$", re.IGNORECASE)


class StandInError(Exception):
    """Something answers in place of the page; `code` says what (models.PROBLEMS)."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


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
        _try(link, timezone.now(), is_promised=link.address in promises)
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


def _try(link: OutsideLink, now: datetime, *, is_promised: bool = False) -> None:
    """Ask whether the address answers, and write down what came of it."""
    link.last_tried_at, link.next_try_at = now, now + WEEK
    try:
        status = _status(link.address, is_promised) if is_promised else _status(link.address)
    except FetchFailedError as error:
        _failed(link, now, error.code)
    except StandInError as page:
        link.state, link.problem = State.UNCLEAR, page.code
    except FetchError as error:  # a rule of the portal forbids the request, so nobody knows whether it answers
        link.state, link.problem = State.UNCLEAR, error.code
    else:
        if 200 <= status < 300 and status not in REFUSES_A_CHECK:
            link.state, link.problem, link.last_reached_at = State.REACHED, "", now
        elif status in REFUSES_A_CHECK:
            link.state, link.problem = State.UNCLEAR, str(status)
        else:
            _failed(link, now, str(status))
    if is_promised and link.state == State.UNCLEAR:  # it is not offered until it answers
        link.next_try_at = now + DAY


def _failed(link: OutsideLink, now: datetime, problem: str) -> None:
    again = link.state in (State.FAILED, State.BROKEN)
    link.state, link.problem = (State.BROKEN if again else State.FAILED), problem
    if not again:
        link.next_try_at = now + DAY


def _status(address: str, is_promised: bool = False) -> int:
    """Return the status of an address: of HEAD, or of GET where HEAD is refused. Raises StandInError."""
    try:
        answer = fetch(address, head=True, total_s=TOTAL_S)
        if answer.status < 400:
            return _status_of(address, answer, is_promised)
    except FetchFailedError as error:  # some servers drop a HEAD; GET says more
        logger.info("HEAD of a link failed (%s); GET is tried", error.code)
    try:
        return _status_of(address, fetch(address, max_bytes=MAX_BYTES, total_s=TOTAL_S), is_promised)
    except FetchError as error:
        if error.code == "too_large":  # it answers, with a large file
            return 200
        raise


def _status_of(address: str, answer: FetchedResponse, is_promised: bool) -> int:
    """Return the status of an answer. Raises StandInError where it is the answer of something else than the page."""
    if 200 <= answer.status < 300 and (code := _stand_in(address, answer, is_promised)):
        raise StandInError(code)
    return answer.status


def _stand_in(address: str, answer: FetchedResponse, is_promised: bool) -> str:
    """Return the code of what stands in for a page, "" where the page itself answered as far as can be seen."""
    asked, led = urlsplit(address), urlsplit(answer.url)
    for code, word in STAND_INS.items():
        if word.search(f"{led.hostname}{led.path}") and not word.search(f"{asked.hostname}{asked.path}"):
            return code
    if _START_PAGE.fullmatch(led.path) and not led.query and not _START_PAGE.fullmatch(asked.path):
        return "start_page"
    if _FILE.search(asked.path) and answer.headers.get("content-type", "").startswith("text/html"):
        return "no_file"
    if is_promised and asked.path.rstrip("/").rpartition("/")[2] not in led.path:
        return "elsewhere"
    return ""
