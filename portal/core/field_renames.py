"""For migrations that rename a field of a page or record: what stores the name of the field follows.

Revisions (drafts, scheduled publications, kept versions), the Dutch page as wagtail-localize keeps it for its
translations, the places of passages in half-finished translations, and comments of the staff all name fields. A
migration runs `rename_in_stored_content` beside its `RenameField`, and keeps the column with `db_column`.
"""

import json
import uuid
from collections.abc import Mapping, Sequence

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Q

# That of wagtail_localize.models.TranslationContext: the id of a path is made from it.
_PATHS = uuid.UUID("fcab004a-2b50-11ea-978f-2e728ce88125")
# What a migration must wait for: the tables that store names of fields.
DEPENDENCIES = [
    ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ("wagtail_localize", "0016_rename_page_revision_translationlog_revision"),
]


def rename_in_stored_content(
    app_label: str, model: str, names: Mapping[str, str], *, lists_of_names: Sequence[str] = ()
) -> migrations.RunPython:
    """Return the operation that renames fields, given as {old name: new name}, wherever they are stored.

    `lists_of_names` are fields of the model whose value is a list with names of fields. The operation can run twice,
    and its reverse gives the old names back.
    """
    back = {new: old for old, new in names.items()}
    return migrations.RunPython(
        _Rename(app_label, model, names, lists_of_names), _Rename(app_label, model, back, lists_of_names)
    )


class _Rename:
    """One direction of the operation, called with the models as they are at the migration."""

    def __init__(self, app_label: str, model: str, names: Mapping[str, str], lists_of_names: Sequence[str]):
        self.app_label, self.model = app_label, model
        self.names, self.lists_of_names = names, lists_of_names

    def __call__(self, apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
        content_types = apps.get_model("contenttypes", "ContentType").objects
        content_type = content_types.filter(app_label=self.app_label, model=self.model).first()
        if content_type is not None:  # None in a database that never had such a thing
            self._rows(apps)
            self._revisions(apps, content_type.pk)
            self._translations(apps, content_type.pk)
            self._comments(apps, content_type.pk)

    def content(self, content: dict) -> dict:
        """A stored page or record with its fields under their new names, in their order."""
        names = self.names
        renamed = {names.get(name, name): value for name, value in content.items() if names.get(name) not in content}
        for field in self.lists_of_names:
            if field in renamed:
                renamed[field] = self._list(renamed[field])
        if comments := renamed.get("wagtail_admin_comments"):
            renamed["wagtail_admin_comments"] = [
                comment | {"contentpath": self._path(comment["contentpath"])} for comment in comments
            ]
        return renamed

    def _list(self, value: list[str]) -> list[str]:
        return [self.names.get(name, name) for name in value]

    def _path(self, path: str) -> str:
        field, dot, rest = path.partition(".")
        return self.names.get(field, field) + dot + rest

    def _under(self, column: str) -> Q:
        """The rows whose path is one of the fields or leads into it."""
        which = Q(pk__in=[])
        for name in self.names:
            which |= Q(**{column: name}) | Q(**{f"{column}__startswith": f"{name}."})
        return which

    def _rows(self, apps: Apps) -> None:
        model = apps.get_model(self.app_label, self.model)
        for row in model._base_manager.all().iterator(chunk_size=100) if self.lists_of_names else ():
            changed = {field: self._list(getattr(row, field)) for field in self.lists_of_names}
            if any(getattr(row, field) != value for field, value in changed.items()):
                model._base_manager.filter(pk=row.pk).update(**changed)

    def _revisions(self, apps: Apps, content_type: int) -> None:
        Revision = apps.get_model("wagtailcore", "Revision")
        for revision in Revision.objects.filter(content_type_id=content_type).only("content").iterator(chunk_size=100):
            if (content := self.content(revision.content)) != revision.content:
                Revision.objects.filter(pk=revision.pk).update(content=content)

    def _translations(self, apps: Apps, content_type: int) -> None:
        Source = apps.get_model("wagtail_localize", "TranslationSource")
        Context = apps.get_model("wagtail_localize", "TranslationContext")
        sources = Source.objects.filter(specific_content_type_id=content_type)
        for source in sources.only("content_json").iterator(chunk_size=100):
            stored = json.loads(source.content_json)
            if (content := self.content(stored)) != stored:
                Source.objects.filter(pk=source.pk).update(content_json=json.dumps(content))
        contexts = Context.objects.filter(object_id__in=sources.values("object_id")).filter(self._under("path"))
        for context in contexts.iterator(chunk_size=100):
            path = self._path(context.path)
            Context.objects.filter(pk=context.pk).update(
                path=path, path_id=uuid.uuid5(_PATHS, path), field_path=self._path(context.field_path)
            )

    def _comments(self, apps: Apps, content_type: int) -> None:
        Comment = apps.get_model("wagtailcore", "Comment")
        comments = Comment.objects.filter(page__content_type_id=content_type).filter(self._under("contentpath"))
        for comment in comments.iterator(chunk_size=100):
            Comment.objects.filter(pk=comment.pk).update(contentpath=self._path(comment.contentpath))
