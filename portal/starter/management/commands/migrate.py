"""Django's `migrate`, which begins with the kept empty database where there is none yet (see `empty_database`)."""

from django.core.management.commands import migrate

from portal.starter import empty_database


class Command(migrate.Command):
    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--one-by-one", action="store_true", help="Do not begin with the kept empty database.")

    def handle(self, *args, one_by_one=False, **options):
        everything = not options.get("app_label") and not options.get("check_unapplied") and not options.get("plan")
        if everything and not one_by_one:
            empty_database.fill()
        super().handle(*args, **options)
