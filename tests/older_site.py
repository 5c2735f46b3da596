"""The portal over the data folder of an older version, brought up to date by the migrations of this one."""

import lzma
import shutil
from pathlib import Path

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.management import call_command
from django.db import connections
from django.test import override_settings

FOLDER = Path(__file__).parent / "fixtures" / "older_data_folder"


def _forget() -> None:
    """Forget what this process has read from the other database."""
    from portal.core.page_cache import cached_values

    cached_values.clear()
    cache.clear()
    ContentType.objects.clear_cache()


def _sqlite(settings_dict, data: Path):
    (data / "db.sqlite3").write_bytes(lzma.decompress((FOLDER / "db.sqlite3.xz").read_bytes()))
    return connections.create_connection("default"), {**settings_dict, "NAME": str(data / "db.sqlite3")}


def _postgresql(settings_dict, name: str):
    with connections["default"]._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(f'CREATE DATABASE "{name}"')
    return connections.create_connection("default"), {**settings_dict, "NAME": name}


@pytest.fixture(scope="module")
def older_site(django_db_setup, django_db_blocker, tmp_path_factory):
    """The data folder of the older version after this version's migrations; gives the path of the folder.

    Every test of the module works on its database instead of the usual one.
    """
    data = tmp_path_factory.mktemp("older")
    shutil.copytree(FOLDER / "media", data / "media")
    usual = connections["default"]
    on_sqlite = usual.vendor == "sqlite"
    name = f"{usual.settings_dict['NAME']}_older"
    with (
        django_db_blocker.unblock(),
        override_settings(DATA_DIR=data, MEDIA_ROOT=data / "media"),
    ):
        older, older.settings_dict = (
            _sqlite(usual.settings_dict, data) if on_sqlite else _postgresql(usual.settings_dict, name)
        )
        connections["default"] = older
        try:
            _forget()
            if not on_sqlite:
                with older.cursor() as cursor:
                    cursor.execute(lzma.decompress((FOLDER / "postgresql.sql.xz").read_bytes()).decode())
                older.close()
            call_command("migrate", verbosity=0, interactive=False)
            yield data
        finally:
            older.close()
            connections["default"] = usual
            _forget()
            if not on_sqlite:
                with usual._nodb_cursor() as cursor:
                    cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
