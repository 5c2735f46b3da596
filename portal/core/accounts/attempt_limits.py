"""How often something may be tried: a few times at once, then after waits that double up to a limit and pass.

What is counted (an account, an address) is kept as a keyed digest, for an hour after the last attempt. Nobody is shut
out for good, and every process counts in the same table.
"""

import math
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac

from portal.core.models import Attempts

FIRST_WAIT_S = 60
FORGET_AFTER = timedelta(hours=1)


@dataclass(frozen=True)
class AttemptLimit:
    """`free` attempts in a row, then a wait of a minute that doubles with each further one, to `longest_s` seconds."""

    free: int
    longest_s: int

    def wait_s(self, count: int) -> int:
        """How long after the last of `count` attempts the next one may come."""
        if count < self.free:
            return 0
        return min(FIRST_WAIT_S * 2 ** min(count - self.free, 20), self.longest_s)


def digest_of(*parts: str) -> str:
    """What an attempt is counted under: it tells nobody without the portal's secret what the parts were."""
    return salted_hmac("portal.core.attempts", "\0".join(parts), algorithm="sha256").hexdigest()


def begin_attempt(limits: dict[str, AttemptLimit]) -> int:
    """Count an attempt under each of these digests and return 0; or the seconds to wait, when it comes too early.

    It is counted before it is made, so that many at the same moment are not let through together; what succeeds is
    taken off again with `succeeded`. One that comes too early is not counted, and does not make the wait longer.
    """
    now = timezone.now()
    with transaction.atomic():
        Attempts.objects.filter(last_at__lt=now - FORGET_AFTER).delete()
        # Always in the same order, so that two attempts never wait for each other.
        rows = Attempts.objects.select_for_update().filter(digest__in=limits).order_by("digest")
        known = {row.digest: row for row in rows}
        wait = max(
            (limits[key].wait_s(row.count) - (now - row.last_at).total_seconds() for key, row in known.items()),
            default=0,
        )
        if wait > 0:
            return math.ceil(wait)
        for digest in sorted(limits):
            Attempts.objects.get_or_create(digest=digest, defaults={"last_at": now})
        Attempts.objects.filter(digest__in=limits).update(count=F("count") + 1, last_at=now)
    return 0


def end_attempt(limits: dict[str, AttemptLimit], *forgiven: str) -> None:
    """Take off the attempt that was begun; `forgiven` are the digests under which all that went before is forgotten."""
    with transaction.atomic():
        Attempts.objects.filter(digest__in=forgiven).delete()
        Attempts.objects.filter(digest__in=limits, count__gt=0).update(count=F("count") - 1)
