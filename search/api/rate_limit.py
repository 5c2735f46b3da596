"""Limits how many requests one visitor may make in a minute, without keeping an address.

The process has 65,536 counters in memory and nothing else. A keyed hash of an address says which one it uses. The key
is new every minute, never leaves the memory, and the counters begin at zero with it. So nothing says afterwards, or
from one minute to the next, who asked, and many addresses cannot take more than 128 KB. Two visitors may share a
counter by chance; the limit is wide enough for that.
"""

import hashlib
import math
import secrets
import threading
import time
from array import array
from collections.abc import Callable
from dataclasses import dataclass

from portal.core.http.visitors import client_network

WINDOW_S = 60
COUNTERS = 65_536
_HIGHEST_COUNT = 65_535


@dataclass(frozen=True)
class Allowance:
    """What a visitor may still do: `left` requests until the minute ends in `reset_s` seconds."""

    limit: int
    left: int
    reset_s: int
    refused: bool


class Limiter:
    """Counts requests in windows of a minute; every server process has its own."""

    def __init__(self, clock: Callable[[], float] = time.monotonic):
        self._clock = clock
        self._lock = threading.Lock()
        self._begin()

    def _begin(self) -> None:
        self._until = self._clock() + WINDOW_S
        self._key = secrets.token_bytes(32)
        self._counts = array("H", bytes(2 * COUNTERS))

    def count(self, address: str, limit: int) -> Allowance:
        """Count one request from an address and return what is left; `refused` when it is one too many."""
        with self._lock:
            if self._clock() >= self._until:
                self._begin()
            digest = hashlib.blake2b(client_network(address).encode(), key=self._key, digest_size=2).digest()
            place = int.from_bytes(digest)
            self._counts[place] = made = min(self._counts[place] + 1, _HIGHEST_COUNT)
            reset = max(1, math.ceil(self._until - self._clock()))
        return Allowance(limit, max(0, limit - made), reset, refused=made > limit)


limiter = Limiter()
