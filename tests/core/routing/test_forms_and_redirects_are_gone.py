"""Two apps of Wagtail that nobody used are gone, from a database that had them too."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from tests.factories import make_method

migration = import_module("portal.core.migrations.0004_remove_forms_and_redirects")


@pytest.fixture
def old_database(site):
    """As a version before left it: with tables, rows, rights and migrations."""
    page = make_method(title="Buurtwerk")
    with connection.cursor() as cursor:
        for table in migration.TABLES:
            cursor.execute(f"CREATE TABLE {table} (id integer PRIMARY KEY, page_id integer)")
            cursor.execute(f"INSERT INTO {table} VALUES (1, {page.pk})")
    kind = ContentType.objects.create(app_label="wagtailredirects", model="redirect")
    right = Permission.objects.create(content_type=kind, codename="add_redirect", name="Can add redirect")
    Group.objects.first().permissions.add(right)
    MigrationRecorder(connection).record_applied("wagtailredirects", "0001_initial")
    return page


@pytest.mark.django_db
def test_nothing_of_them_stays_and_doing_it_twice_changes_nothing(old_database):
    with connection.cursor() as cursor:
        for _time in range(2):
            migration.remove(apps, SimpleNamespace(execute=cursor.execute, connection=connection))
        assert not set(migration.TABLES) & set(connection.introspection.table_names(cursor))
    assert not ContentType.objects.filter(app_label__in=migration.APPS).exists()
    assert not Permission.objects.filter(codename="add_redirect").exists()
    assert not MigrationRecorder(connection).migration_qs.filter(app__in=migration.APPS).exists()
    old_database.delete()


def test_they_are_not_installed():
    assert not set(migration.APPS) & {app.label for app in apps.get_app_configs()}
