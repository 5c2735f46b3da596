"""Reading a figure's data, which may come as dictionaries, model instances or StreamField values."""

from collections.abc import Mapping
from typing import Any


def value(item: Any, name: str, default: Any = "") -> Any:
    """A named value of a mapping or an object, `default` when it has none."""
    found = item.get(name, default) if isinstance(item, Mapping) else getattr(item, name, default)
    return default if found is None else found


def confirmed(item: Any) -> bool:
    """Whether what is said is confirmed; it is, unless somebody says it is not."""
    return value(item, "confirmed", True) is not False and not value(item, "unconfirmed", False)
