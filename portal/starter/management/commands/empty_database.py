"""`manage.py empty_database`: writes the SQL from which a new SQLite database is filled, after a new migration."""

from django.core.management.base import BaseCommand

from portal.starter import empty_database


class Command(BaseCommand):
    help = "Writes portal/starter/empty_database.sql afresh from the migrations. Call it after making a migration."

    def handle(self, *args, **options):
        empty_database.FILE.write_text(empty_database.build_sql(), encoding="utf-8")
        self.stdout.write(f"{empty_database.FILE} was written.")
