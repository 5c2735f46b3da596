"""Give the administrators of an existing portal the permissions that new ones get from `portal/starter/groups.py`."""

from django.db import migrations

ACTIONS = ("view", "delete")


def give_permissions(apps, schema_editor):
    Group, Permission, ContentType = (
        apps.get_model(app, model)
        for app, model in (("auth", "Group"), ("auth", "Permission"), ("contenttypes", "ContentType"))
    )
    for group in Group.objects.filter(name="Beheerders"):
        # Django makes them only after all migrations, with the same names.
        content_type, _created = ContentType.objects.get_or_create(app_label="follow", model="subscription")
        for action in ACTIONS:
            permission, _created = Permission.objects.get_or_create(
                content_type=content_type,
                codename=f"{action}_subscription",
                defaults={"name": f"Can {action} subscription to the digest"},
            )
            group.permissions.add(permission)


class Migration(migrations.Migration):

    dependencies = [
        ("follow", "0001_subscriptions_and_their_page"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(give_permissions, migrations.RunPython.noop)]
