"""Values that many pages need and that hardly ever change, kept in this process until something public changes."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from portal.core.page_cache.generation import generation

Value = TypeVar("Value")

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


def clear() -> None:
    """Drop the values: this process has just changed something, or a test begins."""
    _values.clear()
    if (values := _values_of_transaction(transaction.get_connection())) is not None:
        values.clear()
