"""What the status and headers of an answer say: whether it is an error, when to come back, how old the copy is."""

import json
import re
from datetime import UTC, datetime, timedelta, tzinfo
from email.utils import parsedate_to_datetime

from django.utils.translation import gettext_lazy as _

from portal.core.http.client import FetchedResponse
from portal.feeds.adapters.contract import DAY_S, ItemValues, Pulled, Unusable
from portal.feeds.choices import Outcome

_SENTENCES = {
    404: _("The source says that there is no such feed (404). Living feeds do that now and then: nothing is removed."),
    410: _("The source says that this feed is gone for good (410). It is paused; the archive stays."),
    429: _("The source asks us to come less often (429)."),
}
_SERVER_ERROR = _("The source has a problem of its own (an error 5xx). It is asked again later.")
_OTHER = _("The source did not give the feed. It is asked again later.")


def not_modified(answer: FetchedResponse) -> Pulled:
    """What a 304 means for the pull."""
    return Pulled(
        status=304,
        not_modified=True,
        age_s=age_s(answer.headers),
        max_age_s=max_age_s(answer.headers),
        moved_to=_moved_to(answer),
    )


def pulled(answer: FetchedResponse, items: tuple[ItemValues, ...], **more) -> Pulled:
    """A good answer with its items and what its headers say; `more` are further fields of Pulled."""
    return Pulled(
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
    """A header that goes back with the next question, "" when it cannot: half of it would mean something else."""
    value = answer.headers.get(name, "")
    return value if len(value) <= longest and re.fullmatch(r"[\x20-\x7e]*", value) else ""


def _moved_to(answer: FetchedResponse) -> str:
    return answer.url[:500] if answer.moved else ""


def refuse_error_status(answer: FetchedResponse) -> None:
    """Raise Unusable, softly, for every status but 200: nothing is ever removed for it (feeds.md 5.3.3)."""
    if answer.status == 200:
        return
    sentence = _SENTENCES.get(answer.status, _SERVER_ERROR if answer.status >= 500 else _OTHER)
    raise Unusable(
        f"http_{answer.status}",
        sentence,
        outcome=Outcome.FAILED,
        status=answer.status,
        n_bytes=len(answer.body),
        sha256=answer.sha256,
        retry_after_s=retry_after_s(answer.headers),
        gone=answer.status == 410,
    )


def json_object(body: bytes) -> dict:
    """The object in an answer of an API; an empty one when there is something else."""
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return document if isinstance(document, dict) else {}


def at_path(value, *path: str):
    """What stands at a path of names in JSON; None where the path does not lead anywhere."""
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def seconds_to_midnight(zone: tzinfo) -> int:
    """How long until a day that is counted in that zone is over, and a minute more."""
    now = datetime.now(zone)
    midnight = datetime.combine(now.date() + timedelta(days=1), datetime.min.time(), zone)
    return int((midnight - now).total_seconds()) + 60


def retry_after_s(headers: dict[str, str], now: datetime | None = None) -> int | None:
    """The seconds that `Retry-After` asks for, at most a day; None when it is missing or makes no sense."""
    value = headers.get("retry-after", "").strip()
    if re.fullmatch(r"[0-9]{1,12}", value):
        return min(int(value), DAY_S)
    try:
        moment = parsedate_to_datetime(value)
        wait = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - (now or datetime.now(UTC))
    except (TypeError, ValueError, OverflowError, IndexError):
        return None
    return None if wait < timedelta(0) else min(int(wait.total_seconds()), DAY_S)


def age_s(headers: dict[str, str]) -> int:
    """How many seconds a cache on the way had kept the answer, at most a day."""
    value = headers.get("age", "").strip()
    return min(int(value), DAY_S) if re.fullmatch(r"[0-9]{1,9}", value) else 0


def max_age_s(headers: dict[str, str]) -> int:
    """For how many seconds the answer may be kept, at most a day."""
    found = re.search(r"\bmax-age=([0-9]{1,9})\b", headers.get("cache-control", ""))
    return min(int(found[1]), DAY_S) if found else 0
