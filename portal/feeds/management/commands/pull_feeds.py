from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from portal.feeds.choices import Outcome
from portal.feeds.models import Source
from portal.feeds.pulling.pull import pull, pull_due


class Command(BaseCommand):
    help = "Pull the sources that are due, or one source now."

    def add_arguments(self, parser):
        parser.add_argument("--source", type=int, metavar="ID", help="pull this source now, due or not, enabled or not")

    def handle(self, *args, source=None, **options):
        if source is None:
            logs = pull_due()
        else:
            try:
                logs = [pull(Source.objects.get(pk=source))]
            except Source.DoesNotExist as error:
                known = ", ".join(f"{one.pk} ({one.name})" for one in Source.objects.all()) or "-"
                raise CommandError(f"There is no source {source}. Known: {known}") from error
        bad = 0
        for log in logs:
            failed = log.outcome in (Outcome.FAILED, Outcome.REJECTED, Outcome.REFUSED)
            bad += failed
            counts = _("%(entries)s entries, %(new)s new, %(changed)s changed") % {
                "entries": log.n_entries,
                "new": log.n_new,
                "changed": log.n_changed,
            }
            said = log.message if failed or log.outcome == Outcome.BUSY else f"{counts}. {log.message}".strip()
            self.stdout.write(f"{log.source}: {log.get_outcome_display()}. {said}")
        if source is not None and bad:
            raise CommandError(_("The source could not be pulled; nothing was changed."))
