"""Give the groups of an existing portal the permissions that a new one gets from `portal/starter/groups.py`."""

from django.db import migrations

ACTIONS = {
    "Schrijvers": ("add", "change", "view"),
    "Nalezers": ("add", "change", "view", "publish", "delete"),
    "Beheerders": ("add", "change", "view", "publish", "delete"),
}
WORKFLOW = "Nalezing"


def give_permissions(apps, schema_editor):
    Group, Permission, ContentType, Workflow, WorkflowContentType = (
        apps.get_model(app, model)
        for app, model in (
            ("auth", "Group"),
            ("auth", "Permission"),
            ("contenttypes", "ContentType"),
            ("wagtailcore", "Workflow"),
            ("wagtailcore", "WorkflowContentType"),
        )
    )
    groups = list(Group.objects.filter(name__in=ACTIONS))
    if not groups:
        return
    # Django makes them only after all migrations, with the same names.
    content_type, _created = ContentType.objects.get_or_create(app_label="webinars", model="furthersession")
    for group in groups:
        for action in ACTIONS[group.name]:
            permission, _created = Permission.objects.get_or_create(
                content_type=content_type,
                codename=f"{action}_furthersession",
                defaults={"name": f"Can {action} session of others"},
            )
            group.permissions.add(permission)
    if workflow := Workflow.objects.filter(name=WORKFLOW).first():
        WorkflowContentType.objects.get_or_create(content_type=content_type, defaults={"workflow": workflow})


class Migration(migrations.Migration):

    dependencies = [
        ("webinars", "0014_sessions_of_others"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [migrations.RunPython(give_permissions, migrations.RunPython.noop)]
