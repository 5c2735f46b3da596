"""Values that many pages need and that hardly ever change, kept in this process until something public changes."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Mapping
from copy import copy
from typing import Any, TypeVar

from django.conf import settings
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model, QuerySet

from portal.core.page_cache.generation import generation

Key = TypeVar("Key")
Value = TypeVar("Value")

MOST_KEPT = 500

_values: dict[tuple, tuple[int, Any]] = {}


class _TransactionValues(dict[tuple, Any]):
    """The values of one transaction. Waits among its `on_commit` callbacks, because it has to end with it."""

    def __call__(self) -> None:
        pass


def _values_of_transaction(connection: BaseDatabaseWrapper) -> _TransactionValues | None:
    callbacks = (callback for _savepoints, callback, *_robust in connection.run_on_commit)
    return next((callback for callback in callbacks if isinstance(callback, _TransactionValues)), None)


def cached_until_publish(key: tuple, compute: Callable[[], Value]) -> Value:
    """Return `compute()`, called once and kept in this process until something public changes.

    A transaction keeps its own values: nobody else sees its changes yet, and they may be rolled back.
    """
    connection = transaction.get_connection()
    if connection.in_atomic_block and not settings.TESTING:
        values = _values_of_transaction(connection)
        if values is None:
            values = _TransactionValues()
            transaction.on_commit(values)
        key = (*key, *connection.savepoint_ids)
        if key not in values:
            values[key] = compute()
        return values[key]
    now = generation()
    known = _values.get(key)
    if known is None or known[0] != now:
        _values[key] = known = (now, compute())
    return known[1]


class _LastUsed(OrderedDict[Any, Any]):
    """The values that were used last, None for what has none; several threads use it at once."""

    def __init__(self) -> None:
        super().__init__()
        self._lock = threading.Lock()

    def get_many(self, keys: Iterable) -> dict[Any, Any]:
        with self._lock:
            found = {key: self[key] for key in keys if key in self}
            for key in found:
                self.move_to_end(key)
        return found

    def put_many(self, values: Mapping) -> None:
        with self._lock:
            self.update(values)
            while len(self) > MOST_KEPT:
                self.popitem(last=False)


def cached_each(
    name: tuple, keys: Collection[Key], read: Callable[[list[Key]], Mapping[Key, Value]]
) -> dict[Key, Value]:
    """Return the values of some keys, those that have one. `read` is called once, for those that are not kept yet.

    Of each name the MOST_KEPT values that were used last are kept until something public changes, by the rules of
    `cached_until_publish`. Model instances, alone or in a list, are given out as copies with their related instances,
    so that nobody changes what other threads show; everything else must be immutable.
    """
    kept = cached_until_publish(name, _LastUsed)
    known = kept.get_many(keys)
    if missing := [key for key in dict.fromkeys(keys) if key not in known]:
        values = read(missing)
        new = {key: values.get(key) for key in missing}
        kept.put_many(new)
        known |= new
    copies: dict[int, Model] = {}
    return {key: _copied(known[key], copies) for key in keys if known[key] is not None}


def cached_for(name: tuple, key: Key, read: Callable[[], Value]) -> Value:
    """Return `read()` for one key, kept by the rules of `cached_each`."""
    return cached_each(name, [key], lambda _missing: {key: read()})[key]


def _copied(value: Any, copies: dict[int, Model]) -> Any:
    """Return a value with copies of its model instances and of those that were read along with them.

    `copies` are those made already, by the identity of the instance: instances may refer to each other.
    """
    if isinstance(value, list):
        return [_copied(item, copies) for item in value]
    if not isinstance(value, Model):
        return value
    if id(value) not in copies:
        copies[id(value)] = result = copy(value)  # its columns and relations are its own, the related instances are not
        related = result._state.fields_cache
        related.update({name: _copied(instance, copies) for name, instance in related.items()})
        if prefetched := getattr(result, "_prefetched_objects_cache", None):
            own = {name: _copied_query(query, copies) for name, query in prefetched.items()}
            result._prefetched_objects_cache = own  # type: ignore[attr-defined]  # set by prefetch_related
    return copies[id(value)]


def _copied_query(query: QuerySet, copies: dict[int, Model]) -> QuerySet:
    """Return a query that was answered, with copies of its rows."""
    result = query.all()
    result._result_cache = _copied(query._result_cache, copies)
    result._prefetch_done = True  # type: ignore[attr-defined]  # Django’s, not in its stubs
    return result


def clear() -> None:
    """Drop the values: this process has just changed something, or a test begins."""
    _values.clear()
    if (values := _values_of_transaction(transaction.get_connection())) is not None:
        values.clear()
