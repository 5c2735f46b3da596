"""Turns HTTP responses into the results of a pull: error statuses, cache headers, and JSON of an API."""

import json
import re
from datetime import UTC, datetime, timedelta, tzinfo
from email.utils import parsedate_to_datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.core.http.client import FetchedResponse
from portal.feeds.adapters.base import DAY_S, PullResult
from portal.feeds.choices import Outcome
from portal.feeds.errors import UnusableDocument
from portal.feeds.item_values import ItemValues

_SENTENCES = {
    404: _("The source says that there is no such feed (404). Living feeds do that now and then: nothing is removed."),
    410: _("The source says that this feed is gone for good (410). It is paused; the archive stays."),
    429: _("The source asks us to come less often (429)."),
}
_SERVER_ERROR = _("The source has a problem of its own (an error 5xx). It is asked again later.")
_OTHER = _("The source did not give the feed. It is asked again later.")


def not_modified_result(answer: FetchedResponse) -> PullResult:
    """Return the result of a pull that was answered with 304 Not Modified."""
    return PullResult(
        status=304,
        not_modified=True,
        age_s=age_s(answer.headers),
        max_age_s=max_age_s(answer.headers),
        moved_to=_moved_to(answer),
    )


def pull_result(answer: FetchedResponse, items: tuple[ItemValues, ...], **more: Any) -> PullResult:
    """Return the result of a pull with its items and the headers that matter; `more` are fields of `PullResult`."""
    return PullResult(
        status=answer.status,
        items=items,
        n_bytes=len(answer.body),
        sha256=answer.sha256,
        etag=_validator(answer, "etag", 200),
        last_modified=_validator(answer, "last-modified", 100),
        age_s=age_s(answer.headers),
        max_age_s=max_age_s(answer.headers),
        moved_to=_moved_to(answer),
        **more,
    )


def _validator(answer: FetchedResponse, name: str, longest: int) -> str:
    """Return a header for the next conditional request; "" if it does not fit, as a part would mean something else."""
    value = answer.headers.get(name, "")
    return value if len(value) <= longest and re.fullmatch(r"[\x20-\x7e]*", value) else ""


def _moved_to(answer: FetchedResponse) -> str:
    return answer.url[:500] if answer.moved else ""


def raise_for_status(answer: FetchedResponse) -> None:
    """Raise UnusableDocument for every status but 200. No item is removed for it (docs/feed-rules.md 5.3.3)."""
    if answer.status == 200:
        return
    sentence = _SENTENCES.get(answer.status, _SERVER_ERROR if answer.status >= 500 else _OTHER)
    raise UnusableDocument(
        f"http_{answer.status}",
        sentence,
        outcome=Outcome.FAILED,
        status=answer.status,
        n_bytes=len(answer.body),
        sha256=answer.sha256,
        retry_after_s=retry_after_s(answer.headers),
        gone=answer.status == 410,
    )


def parse_json_object(body: bytes) -> dict:
    """Return the JSON object in a body; an empty one if it holds something else."""
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return document if isinstance(document, dict) else {}


def value_at(value: Any, *path: str) -> Any:
    """Return the value at a path of keys in parsed JSON; None if the path leads nowhere."""
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def seconds_until_midnight(zone: tzinfo) -> int:
    """Return the seconds until a minute past midnight in a time zone."""
    now = datetime.now(zone)
    midnight = datetime.combine(now.date() + timedelta(days=1), datetime.min.time(), zone)
    return int((midnight - now).total_seconds()) + 60


def retry_after_s(headers: dict[str, str], now: datetime | None = None) -> int | None:
    """Return the seconds that `Retry-After` asks for, at most a day; None if it is missing or invalid."""
    value = headers.get("retry-after", "").strip()
    if re.fullmatch(r"[0-9]{1,12}", value):
        return min(int(value), DAY_S)
    try:
        retry_at = parsedate_to_datetime(value)
        wait = (retry_at if retry_at.tzinfo else retry_at.replace(tzinfo=UTC)) - (now or datetime.now(UTC))
    except (TypeError, ValueError, OverflowError, IndexError):
        return None
    return None if wait < timedelta(0) else min(int(wait.total_seconds()), DAY_S)


def age_s(headers: dict[str, str]) -> int:
    """Return how many seconds a cache on the way had the response, at most a day."""
    value = headers.get("age", "").strip()
    return min(int(value), DAY_S) if re.fullmatch(r"[0-9]{1,9}", value) else 0


def max_age_s(headers: dict[str, str]) -> int:
    """Return for how many seconds the response stays fresh, at most a day."""
    match = re.search(r"\bmax-age=([0-9]{1,9})\b", headers.get("cache-control", ""))
    return min(int(match[1]), DAY_S) if match else 0
