"""Give the groups of an existing portal the permissions that a new one gets from `portal/starter/groups.py`."""

from django.db import migrations

ACTIONS = {"Nalezers": ("view", "change"), "Beheerders": ("view", "change", "delete")}


def give_permissions(apps, schema_editor):
    Group, Permission, ContentType = (
        apps.get_model(app, model)
        for app, model in (("auth", "Group"), ("auth", "Permission"), ("contenttypes", "ContentType"))
    )
    for group in Group.objects.filter(name__in=ACTIONS):
        # Django makes them only after all migrations, with the same names.
        content_type, _created = ContentType.objects.get_or_create(app_label="ask", model="question")
        for action in ACTIONS[group.name]:
            permission, _created = Permission.objects.get_or_create(
                content_type=content_type,
                codename=f"{action}_question",
                defaults={"name": f"Can {action} question of a visitor"},
            )
            group.permissions.add(permission)


class Migration(migrations.Migration):

    dependencies = [
        ("ask", "0001_questions"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(give_permissions, migrations.RunPython.noop)]
