from django.db import migrations
from django.db.migrations.recorder import MigrationRecorder

# Two apps of Wagtail that were installed and never used: no form was made with the first, and no middleware asked the
# second (addresses that moved are in core.Address). Their tables have to go, because their foreign keys would forbid
# to delete a page of which nobody knows them any more.
APPS = ("wagtailforms", "wagtailredirects")
TABLES = ("wagtailforms_formsubmission", "wagtailredirects_redirect")


def remove(apps, schema_editor):
    for table in TABLES:
        schema_editor.execute(f"DROP TABLE IF EXISTS {table}")
    # With the types go the permissions that groups had on them.
    apps.get_model("contenttypes", "ContentType").objects.filter(app_label__in=APPS).delete()
    # So that the tables are made again if the apps ever come back.
    MigrationRecorder(schema_editor.connection).migration_qs.filter(app__in=APPS).delete()


class Migration(migrations.Migration):

    dependencies = [
        ("core", "0003_sent_notices"),
    ]

    operations = [
        migrations.RunPython(remove, migrations.RunPython.noop),
    ]
