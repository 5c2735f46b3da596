"""Which search documents are out of date when a row changes: its own, and those that rooms declared to show it."""

from collections.abc import Iterable, Iterator

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import ForeignObjectRel, Model

from portal.core.searchable import declared_dependents, searchable_kinds


def stale_documents(instance: Model) -> set[tuple[str, str]]:
    """Return the (kind, key) of every document that may be out of date now that `instance` was saved or deleted."""
    stale = own_documents(instance)
    for model, dependents in declared_dependents().items():
        if isinstance(instance, model):
            for path in dependents.paths:
                for thing in _at_the_end_of(path.split("."), [instance]):
                    stale |= own_documents(thing)
    return stale


def own_documents(instance: Model) -> set[tuple[str, str]]:
    """Return the (kind, key) under which the row itself is indexed; empty when it is not of an indexed kind."""
    return {
        (registered.kind, str(key))
        for registered in searchable_kinds().values()
        if isinstance(instance, registered.model) and (key := registered.key_of(instance))
    }


def _at_the_end_of(path: list[str], instances: Iterable[Model]) -> Iterator[Model]:
    if not path:
        yield from instances
        return
    for instance in instances:
        yield from _at_the_end_of(path[1:], _related(instance, path[0]))


def _related(instance: Model, name: str) -> Iterable[Model]:
    """Return the rows that a relation leads to, read from the database: what is in memory may not be saved yet."""
    field = instance._meta.get_field(name)
    if isinstance(field, ForeignObjectRel):
        rows = field.field.model._default_manager
        return rows.filter(**{field.field.name: instance.pk}) if instance.pk else ()
    try:
        related = getattr(instance, name)
    except ObjectDoesNotExist:  # deleted together with this row, and noted when it was
        return ()
    return () if related is None else (related,)
