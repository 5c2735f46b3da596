"""A lock on the server: one process of all machines may rebuild the index, as long as it renews its lease.

A document says which process has the lease, and until when. A process that is killed stops renewing it, and then any
other can take it. Every write names the state that it replaces, so that of two processes one is refused. The clocks of
the machines have to agree within some seconds.
"""

import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from elasticsearch import BadRequestError, ConflictError, NotFoundError

from search.engines.contract import BusyWriting, EngineUnavailable
from search.engines.elasticsearch.server_connection import STATE_S, WRITE_S, SearchServer

LEASE_S = 60.0
RENEW_EVERY_S = 15.0
REBUILD = "rebuild"


class Lease:
    """The lease of the indexes called `name`."""

    def __init__(self, server: SearchServer, name: str):
        self.server = server
        self.index = f"{name}-lease"
        self._lost = threading.Event()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lease. Raises BusyWriting when another process has it, else EngineUnavailable."""
        owner = secrets.token_hex(8)
        state = self._take(owner)
        self._lost.clear()
        released = threading.Event()
        keeper = threading.Thread(target=self._keep, args=(owner, state, released), name="search lease", daemon=True)
        keeper.start()
        try:
            yield
        finally:
            released.set()
            keeper.join()

    def is_held(self) -> bool:
        """Return whether some process, this one included, has the lease. Raises EngineUnavailable."""
        with self.server.within(STATE_S) as client:
            try:
                return client.get(index=self.index, id=REBUILD)["_source"]["until"] > time.time()
            except NotFoundError:
                return False

    def check(self) -> None:
        """Raise BusyWriting when another process took over the lease of this one."""
        if self._lost.is_set():
            raise BusyWriting("another process took over making the index")

    def _take(self, owner: str) -> dict:
        with self.server.within(WRITE_S) as client:
            try:
                client.indices.create(index=self.index, settings={"number_of_shards": 1, "auto_expand_replicas": "0-1"})
            except BadRequestError as error:
                if error.error != "resource_already_exists_exception":
                    raise
            try:
                return _state(client.create(index=self.index, id=REBUILD, document=_document(owner)))
            except ConflictError:
                pass
            try:
                found = client.get(index=self.index, id=REBUILD)
                if found["_source"]["until"] > time.time():
                    raise BusyWriting("another process is making the index")
                return _state(client.index(index=self.index, id=REBUILD, document=_document(owner), **_state(found)))
            except (ConflictError, NotFoundError) as error:
                raise BusyWriting("another process is making the index") from error

    def _keep(self, owner: str, state: dict, released: threading.Event) -> None:
        """Renew the lease until it is released, then give it back.

        A renewal that fails is tried again until the lease expires.
        """
        until = time.monotonic() + LEASE_S
        while not released.wait(RENEW_EVERY_S):
            try:
                state = self._renewed(owner, state)
                until = time.monotonic() + LEASE_S
            except EngineUnavailable as error:
                if isinstance(error, BusyWriting) or time.monotonic() > until:
                    self._lost.set()
                    return
        try:
            with self.server.within(STATE_S) as client:
                client.delete(index=self.index, id=REBUILD, **state)
        except EngineUnavailable:
            pass  # it expires by itself

    def _renewed(self, owner: str, state: dict) -> dict:
        """Renew the lease and return its state. Raises BusyWriting when another has it, else EngineUnavailable.

        A busy server may do what it was asked after we stopped waiting for it. The next renewal then names a state that
        is gone, as if another process had the lease. The document says which one has it.
        """
        with self.server.within(STATE_S) as client:
            try:
                return _state(client.index(index=self.index, id=REBUILD, document=_document(owner), **state))
            except ConflictError as error:
                found = client.get(index=self.index, id=REBUILD)
                if found["_source"]["owner"] != owner:
                    raise BusyWriting("another process took over making the index") from error
                return _state(client.index(index=self.index, id=REBUILD, document=_document(owner), **_state(found)))


def _document(owner: str) -> dict:
    return {"owner": owner, "until": time.time() + LEASE_S}


def _state(answer: Any) -> dict:
    return {"if_seq_no": answer["_seq_no"], "if_primary_term": answer["_primary_term"]}
