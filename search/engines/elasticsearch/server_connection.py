"""The connection to the server: credentials, time limits, and every error raised as EngineUnavailable.

A page must answer within two seconds whatever the server does. So a question has `ANSWER_S` for all its requests
together, and a server that cannot be reached, or that twice in a row did not answer in time, is left alone for
`PAUSE_S`: else every thread of the web server would wait for it.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from elasticsearch import (
    ApiError,
    ConnectionError,
    ConnectionTimeout,
    Elasticsearch,
    NotFoundError,
    TransportError,
    UnsupportedProductError,
)

from search.engines.contract import EngineUnavailable

ANSWER_S = 1.2  # all requests of one question
SUGGEST_S = 0.6  # what is suggested while somebody types
STATE_S = 1.2  # which index is in use, and its state
WRITE_S = 10.0  # one request of a change
REBUILD_S = 60.0  # one request of a rebuild
PAUSE_S = 3.0
MOST_TIMEOUTS = 2  # in a row


class NoIndex(EngineUnavailable):
    """The server has no index of this version."""


class SearchServer:
    """A server at one address.

    `api_key` is the encoded form or `id:key`, `ca_file` the authority that signed its certificate.
    """

    def __init__(self, address: str, api_key: str = "", ca_file: str = ""):
        parts = urlsplit(address)
        host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
        self.place = f"{parts.scheme}://{host}:{parts.port or (443 if parts.scheme == 'https' else 80)}"
        self._path = parts.path.rstrip("/")
        self._options: dict = {"max_retries": 0, "retry_on_timeout": False}
        if parts.username:
            self._options["basic_auth"] = (parts.username, parts.password or "")
        elif api_key:
            self._options["api_key"] = tuple(api_key.split(":", 1)) if ":" in api_key else api_key
        if ca_file:
            self._options["ca_certs"] = ca_file
        self._client: Elasticsearch | None = None
        self._pid = 0
        self._timeouts = 0
        self._paused_until = 0.0

    @contextmanager
    def within(self, seconds: float) -> Iterator[Elasticsearch]:
        """Give a client whose requests take at most so long each. Every error is raised as EngineUnavailable."""
        if self._paused_until > time.monotonic() or seconds <= 0:
            raise EngineUnavailable(f"{self.place} did not answer in time")
        try:
            yield self._connected().options(request_timeout=seconds)
            self._timeouts = 0
        except (ApiError, TransportError) as error:
            self._timeouts = self._timeouts + 1 if isinstance(error, ConnectionTimeout) else 0
            if isinstance(error, ConnectionError) or self._timeouts >= MOST_TIMEOUTS:
                self._paused_until = time.monotonic() + PAUSE_S
            raise self._unavailable(error, seconds) from error

    def end_pause(self) -> None:
        """Ask again from now on."""
        self._timeouts, self._paused_until = 0, 0.0

    def _connected(self) -> Elasticsearch:
        """Return the client of this process: connections do not survive a fork."""
        if self._client is None or self._pid != os.getpid():
            self._client, self._pid = Elasticsearch(self.place + self._path, **self._options), os.getpid()
        return self._client

    def _unavailable(self, error: ApiError | TransportError, seconds: float) -> EngineUnavailable:
        if isinstance(error, UnsupportedProductError):
            return EngineUnavailable(f"what answers at {self.place} is not Elasticsearch 8")
        if isinstance(error, NotFoundError) and error.error == "index_not_found_exception":
            return NoIndex(f"{self.place} has no index of this version yet")
        if isinstance(error, ApiError):
            return EngineUnavailable(f"{self.place} answered {error.status_code}: {_reason(error)}")
        if isinstance(error, ConnectionTimeout):
            return EngineUnavailable(f"{self.place} did not answer within {seconds:.1f} s")
        return EngineUnavailable(f"{self.place} cannot be reached: {error.message}")


class Deadline:
    """The time limit of one question."""

    def __init__(self, seconds: float):
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Return how many seconds are left."""
        return self._end - time.monotonic()


def _reason(error: ApiError) -> str:
    if error.status_code in (401, 403):
        return "it does not accept SEARCH_API_KEY for this"
    if error.status_code == 429:
        return "it has too much to do"
    body = error.body.get("error") if isinstance(error.body, dict) else None
    causes = body.get("root_cause") if isinstance(body, dict) else None
    reason = (causes[0].get("reason") if causes else None) or (body.get("reason") if isinstance(body, dict) else None)
    return str(reason or error.message)[:300]
