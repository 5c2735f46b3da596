"""The indexes of the portal on the server, and which of them is in use.

    <name>-<digest>             alias of the index in use; the digest names its mapping and analysis
    <name>-<digest>-<n>         an index
    <name>-lease                who may make a new one

An index of another version has another alias, so that it is never read or written. The index that was in use before
stays until the next rebuild, because questions under way still read it. Indexes are disposable: they can be deleted and
rebuilt.
"""

import re
import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from typing import Any

from elasticsearch import Elasticsearch, NotFoundError
from elasticsearch.helpers import streaming_bulk

from search.engines.contract import EngineUnavailable
from search.engines.elasticsearch.documents import definition
from search.engines.elasticsearch.server_connection import REBUILD_S, STATE_S, WRITE_S, NoIndex, SearchServer

CHUNK = 500  # documents of one request
CHUNK_BYTES = 8_000_000
SENDERS = 3  # requests at a time of a rebuild
BUSY = (429,)  # too much to do: the same again a little later
NOT_NOW = (429, 502, 503, 504)


@dataclass(frozen=True)
class Refused:
    """A document that the server refused."""

    identifier: str
    status: int
    error: str
    reason: str

    def __str__(self):
        return f"{self.identifier} ({self.status}): {self.reason}"


class Indexes:
    """The indexes called `name`, made with `digest`."""

    def __init__(self, server: SearchServer, name: str, digest: str):
        self.server = server
        self.name = name
        self.alias = f"{name}-{digest}"
        self._ours = re.compile(rf"{re.escape(name)}-[0-9a-f]{{12}}-\d+")

    def current(self) -> str:
        """Return the index in use; "" when there is none of this version. Raises EngineUnavailable."""
        with self.server.within(STATE_S) as client:
            try:
                names = client.indices.get_alias(name=self.alias)
            except NotFoundError:
                return ""
        return max(names, default="")

    def create(self) -> str:
        """Create an empty index that is not yet in use, and return its name."""
        index = f"{self.alias}-{time.time_ns()}"
        parts = definition()
        parts["settings"] |= {"refresh_interval": "-1"}
        with self.server.within(REBUILD_S) as client:
            client.indices.create(index=index, settings=parts["settings"], mappings=parts["mappings"])
        return index

    def fill(self, index: str, actions: Iterable[dict]) -> None:
        """Put documents in an index that is not yet in use. Raises EngineUnavailable when one is refused.

        Several requests are under way at a time: a server has more than one processor.
        """
        patience: dict[str, Any] = {"max_retries": 5, "initial_backoff": 0.5, "retry_on_status": NOT_NOW}
        with self.server.within(REBUILD_S) as client, ThreadPoolExecutor(SENDERS) as senders:
            under_way: deque[Future] = deque()
            for chunk in _chunks(actions):
                under_way.append(senders.submit(_refused, client, chunk, index=index, **patience))
                if len(under_way) > SENDERS:
                    self._raise_refusals(under_way.popleft())
            while under_way:
                self._raise_refusals(under_way.popleft())

    def _raise_refusals(self, sent: Future) -> None:
        for refused in sent.result():
            raise EngineUnavailable(f"{self.server.place} refused {refused}")

    def change(self, actions: list[dict]) -> list[Refused]:
        """Change the index in use, searchable on return; return what the server will never accept.

        Raises EngineUnavailable when it does not accept it now; then a part of it may be done.
        """
        patience: dict[str, Any] = {"max_retries": 3, "initial_backoff": 0.2, "retry_on_status": BUSY, "timeout": "2s"}
        with self.server.within(WRITE_S) as client:
            refused = _refused(client, actions, index=self.alias, require_alias=True, refresh=True, **patience)
        for one in refused:
            if one.error == "index_not_found_exception":
                raise NoIndex(f"{self.server.place} has no index of this version yet")
            if one.status in NOT_NOW:
                raise EngineUnavailable(f"{self.server.place} refused {one}")
        return refused

    def switch_to(self, index: str) -> None:
        """Make an index the one in use, in one step: a question is answered by the old one or by the new one."""
        with self.server.within(REBUILD_S) as client:
            client.indices.refresh(index=index)
            client.indices.put_settings(index=index, settings={"refresh_interval": "30s"})
            client.indices.update_aliases(
                actions=[
                    {"remove": {"index": f"{self.alias}-*", "alias": self.alias, "must_exist": False}},
                    {"add": {"index": index, "alias": self.alias}},
                ]
            )

    def remove(self, index: str) -> None:
        """Delete an index."""
        with self.server.within(REBUILD_S) as client:
            client.indices.delete(index=index, ignore_unavailable=True)

    def remove_others(self, *kept: str) -> None:
        """Delete every index of ours but these: older ones, and what rebuilds that were killed left."""
        with self.server.within(REBUILD_S) as client:
            for index in client.indices.get_alias(index=f"{self.name}-*"):
                if index not in kept and self._ours.fullmatch(index):
                    client.indices.delete(index=index, ignore_unavailable=True)


def _chunks(actions: Iterable[dict]) -> Iterator[list[dict]]:
    actions = iter(actions)
    while chunk := list(islice(actions, CHUNK)):
        yield chunk


def _refused(client: Elasticsearch, actions: Iterable[dict], **options: Any) -> list[Refused]:
    """Send the actions in chunks; return those that the server refused."""
    sent = streaming_bulk(
        client, actions, chunk_size=CHUNK, max_chunk_bytes=CHUNK_BYTES, raise_on_error=False, yield_ok=False, **options
    )
    refused = []
    for _ok, answer in sent:
        for done in answer.values():
            if error := done.get("error"):  # removing a document that is not there is none
                cause = error.get("caused_by", {}).get("reason", "")
                reason = f"{error['reason']} {cause}"[:300].strip()
                refused.append(Refused(done["_id"], done["status"], error["type"], reason))
    return refused
