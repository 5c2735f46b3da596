"""Wagtail updates its indexes of what is searched and referred to at every save; a load needs it once for each row."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from asgiref.local import Local
from django.apps import apps
from django.db import transaction
from django_tasks.backends.immediate import ImmediateBackend
from django_tasks.base import Task, TaskResult, TaskResultStatus
from django_tasks.utils import get_random_id

# The tasks by their names: importing them asks for the backend that is defined here.
SEARCH_UPDATE = "modelsearch.tasks.insert_or_update_object_task"
REFERENCES_UPDATE = "wagtail.tasks.update_reference_index_task"

# A row, as both tasks name it: its application, its model and its primary key.
Row = tuple[str, ...]

_waiting = Local()


class IndexUpdatesBackend(ImmediateBackend):
    """Does each task at once, except the updates of an index inside `index_updates_once`."""

    def enqueue(self, task: Task, args: Any, kwargs: Any) -> TaskResult:
        waiting: dict[Task, dict[Row, None]] | None = getattr(_waiting, "rows", None)
        if waiting is None or task.module_path not in (SEARCH_UPDATE, REFERENCES_UPDATE):
            return super().enqueue(task, args, kwargs)
        waiting.setdefault(task, {})[tuple(args)] = None
        return TaskResult(
            task=task,
            id=get_random_id(),
            status=TaskResultStatus.READY,
            enqueued_at=None,
            started_at=None,
            finished_at=None,
            last_attempted_at=None,
            args=args,
            kwargs=kwargs,
            backend=self.alias,
            errors=[],
            worker_ids=[],
        )


@contextmanager
def index_updates_once() -> Iterator[None]:
    """Update Wagtail's indexes at the end, once for each row that was saved inside, in one transaction with it."""
    if hasattr(_waiting, "rows"):
        yield
        return
    waiting: dict[Task, dict[Row, None]] = {}
    with transaction.atomic():
        _waiting.rows = waiting
        try:
            yield
        finally:
            del _waiting.rows
        for task, rows in waiting.items():
            for row in _with_parents(rows) if task.module_path == REFERENCES_UPDATE else rows:
                task.enqueue(*row)


def _with_parents(rows: Iterable[Row]) -> Iterable[Row]:
    """Return the rows, with a page or record in place of the rows that belong to it: their references are its own."""
    from modelcluster.fields import ParentalKey  # asks for the models, which are not there when this is imported

    found: dict[Row, None] = {}
    by_model: dict[tuple[str, str], list[str]] = {}
    for label, name, pk in rows:
        by_model.setdefault((label, name), []).append(pk)
    for (label, name), pks in by_model.items():
        model = apps.get_model(label, name)
        parental_key = next((field for field in model._meta.get_fields() if isinstance(field, ParentalKey)), None)
        if parental_key is None:
            found |= {(label, name, pk): None for pk in pks}
            continue
        parent = parental_key.related_model._meta
        parents = model._base_manager.filter(pk__in=pks).values_list(parental_key.attname, flat=True)
        belongs_to = [(parent.app_label, parent.model_name, str(pk)) for pk in parents if pk is not None]
        found |= dict.fromkeys(_with_parents(belongs_to))
    return found
