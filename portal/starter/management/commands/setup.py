"""`manage.py setup`: updates database, starter content and search index to this version, in one process.

Every step continues from what it did before, so running it again completes an interrupted set-up.
"""

import os
import secrets

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection
from django.db.migrations.loader import MigrationLoader
from django.utils import translation

from portal.jobs.queue import enqueue
from portal.launch import folder
from portal.launch.errors import StartError
from portal.launch.steps import step
from portal.starter.loading import loader

NOT_NOW = 75  # the code of `manage.py search rebuild` when the same may succeed later


class Command(BaseCommand):
    help = "Migrates, loads the starter content in Dutch, makes the first administrator and builds the search index."
    requires_system_checks = []  # some query tables that do not exist yet

    def add_arguments(self, parser):
        parser.add_argument("--starter", choices=["full", "demo", "none"], default="full", help="which starter content")

    def handle(self, *args, starter, **options):
        try:
            folder.check(settings.DATA_DIR)
            with step("Database"):
                refuse_a_newer_database()
                call_command("migrate", interactive=False, verbosity=0)
        except StartError as trouble:
            raise CommandError(str(trouble)) from trouble
        except OperationalError as error:
            first_line = str(error).strip().splitlines()[0]
            raise CommandError(
                f"The database does not answer ({first_line}). See that its server runs and that DATABASE_URL is right."
            ) from error
        with translation.override(settings.LANGUAGE_CODE):
            if starter == "none":
                with step("An empty site"):
                    loader.load_structure()
            else:
                with step("Starter content (Dutch)"):
                    loader.load(languages=("nl",), demo=starter == "demo")
                enqueue("starter.translations")
                enqueue("starter.references")
        with step("First administrator"):
            make_administrator()
        with step("Search index"):
            not_now = make_index()
        if not_now:
            self.stdout.write(f"    {not_now} The site starts without search; the job runner goes on trying.")
        folder.write_version(settings.DATA_DIR, migrations=folder.our_migrations(), starter=starter)


def make_index() -> str:
    """Build the search index. Returns why that is not possible now, or "" if it was built.

    The site works without search. Settings that cannot be right raise CommandError.
    """
    try:
        call_command("search", "rebuild", verbosity=0)
    except CommandError as error:
        if error.returncode != NOT_NOW:
            raise
        return str(error)
    return ""


def refuse_a_newer_database() -> None:
    """Raise CommandError if the database has a migration of ours that this version does not have."""
    migrations = MigrationLoader(connection, ignore_no_migrations=True)
    ours = {
        label for label in migrations.migrated_apps if (folder.ROOT / "portal" / label).is_dir() or label == "search"
    }
    unknown = sorted(
        f"{label}.{name}"
        for label, name in migrations.applied_migrations
        if label in ours and (label, name) not in migrations.disk_migrations
    )
    if unknown:
        raise CommandError(
            f"The database was used by a newer version of Schakel (it holds the change {unknown[-1]}). "
            "Start that version or a later one."
        )


def make_administrator() -> bool:
    """Create the first administrator, with a random password in a file of mode 0600; returns False if there is one."""
    users = get_user_model().objects
    if users.filter(is_superuser=True).exists():
        return False
    path = settings.DATA_DIR / "admin_password"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:  # an earlier set-up was interrupted between the file and the user
        password = path.read_text().strip()
    else:
        password = secrets.token_urlsafe(15)
        with os.fdopen(handle, "w") as file:
            file.write(password + "\n")
    users.create_superuser("admin", password=password)
    return True
