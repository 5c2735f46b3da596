from collections.abc import Iterable

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from portal.feeds.choices import Outcome
from portal.feeds.models import FetchLog, Source
from portal.feeds.pulling.pull import pull, pull_due


class Command(BaseCommand):
    help = "Pull the sources that are due, or one source now."

    def add_arguments(self, parser):
        parser.add_argument("--source", type=int, metavar="ID", help="pull this source now, due or not, enabled or not")

    def handle(self, *args, source=None, **options):
        logs: Iterable[FetchLog]
        if source is None:
            logs = pull_due()
        else:
            try:
                logs = [pull(Source.objects.get(pk=source))]
            except Source.DoesNotExist as error:
                existing = ", ".join(f"{one.pk} ({one.name})" for one in Source.objects.all()) or "-"
                raise CommandError(f"There is no source {source}. Known: {existing}") from error
        failures = 0
        for log in logs:
            has_failed = log.outcome in (Outcome.FAILED, Outcome.REJECTED, Outcome.REFUSED)
            failures += has_failed
            counts = _("%(entries)s entries, %(new)s new, %(changed)s changed") % {
                "entries": log.n_entries,
                "new": log.n_new,
                "changed": log.n_changed,
            }
            is_message_only = has_failed or log.outcome == Outcome.BUSY
            summary = log.message if is_message_only else f"{counts}. {log.message}".strip()
            self.stdout.write(f"{log.source}: {log.get_outcome_display()}. {summary}")
        if source is not None and failures:
            raise CommandError(_("The source could not be pulled; nothing was changed."))
