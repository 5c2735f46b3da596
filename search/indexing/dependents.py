"""Which indexed things a changed row touches, read from the foreign keys; no room has to be told about it.

the row of an indexed thing           itself
a row that belongs to one             the thing (a caption its recording, a partner its project), two steps at most
a record that things point at         those things (an organisation its methods), one step; not for topics: the
                                      index holds their keys only, their words are looked up when somebody asks
"""

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model

from portal.core import searchable
from portal.core.content.records import Record
from portal.topics.models import Topic

STEPS = 2


def is_ours(model: type) -> bool:
    """Whether a model belongs to a room of the portal; sessions, revisions and the like never change the index."""
    return model.__module__.startswith("portal.")


def touched(instance: Model) -> set[tuple[str, str]]:
    """The (kind, key) of everything whose index entry may be old now that `instance` was saved or deleted."""
    found = own(instance) or _owners(instance, STEPS)
    if isinstance(instance, Record) and not isinstance(instance, Topic) and instance.pk:
        found |= _pointing_at(instance)
    return found


def own(instance: Model) -> set[tuple[str, str]]:
    """The (kind, key) under which the instance itself is indexed; empty when it is not of an indexed kind."""
    return {
        (registered.kind, str(key))
        for registered in searchable.kinds().values()
        if isinstance(instance, registered.model) and (key := registered.key_of(instance))
    }


def _owners(instance: Model, steps: int) -> set[tuple[str, str]]:
    """The indexed things that a row belongs to or joins, along its foreign keys."""
    found: set[tuple[str, str]] = set()
    if not steps:
        return found
    for field in instance._meta.concrete_fields:
        if not field.remote_field or not is_ours(field.related_model) or field.remote_field.parent_link:
            continue
        try:
            other = getattr(instance, field.name)
        except ObjectDoesNotExist:  # deleted together with this row: it writes its own
            continue
        if other is not None:
            found |= own(other) or _owners(other, steps - 1)
    return found


def _pointing_at(instance: Model) -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for relation in instance._meta.related_objects:
        model = relation.related_model
        if is_ours(model) and not issubclass(model, type(instance)):
            for other in model._default_manager.filter(**{relation.field.name: instance.pk}):
                found |= own(other) or _owners(other, 1)
    return found
