"""`manage.py starter check [KEY …]`: what is wrong in the files of the starter content."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.starter.content_check import problems


class Command(BaseCommand):
    help = "Check the files of the starter content: sources, voices, languages, facts."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["check"])
        parser.add_argument("keys", nargs="*", metavar="KEY", help="only these methods and projects")

    def handle(self, *args: Any, keys: list[str], **options: Any) -> None:
        found = [problem for problem in problems() if not keys or problem.partition(":")[0] in keys]
        for problem in found:
            self.stdout.write(problem)
        if found:
            raise CommandError(f"{len(found)} problems.")
        self.stdout.write("Nothing is wrong.")
