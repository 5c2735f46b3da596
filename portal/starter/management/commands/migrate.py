"""Django's `migrate`, which fills a new SQLite database from `empty_database.sql` first (see `empty_database`)."""

from django.core.management.commands import migrate

from portal.starter import empty_database


class Command(migrate.Command):
    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--one-by-one", action="store_true", help="Do not begin with the kept empty database.")

    def handle(self, *args, one_by_one=False, **options):
        is_full = not options.get("app_label") and not options.get("check_unapplied") and not options.get("plan")
        if is_full and not one_by_one:
            empty_database.fill_database()
        super().handle(*args, **options)
