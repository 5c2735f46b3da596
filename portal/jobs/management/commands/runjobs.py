"""`manage.py runjobs`: the job runner."""

import signal
import threading
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.jobs import queue, registry, runner
from portal.jobs.models import Job

PRINT_EVERY_S = 2


class Command(BaseCommand):
    help = "Runs the background jobs: scheduled publication, feeds, translations, the search index."
    requires_system_checks = []  # a runner has to start quickly, the server has checked already

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="Run what is due now and stop (for a timer).")

    def handle(self, *args: Any, once: bool = False, **options: Any) -> None:
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_received: stop.set())
        if not once:
            runner.run_forever(stop, self.print_progress)
            return
        count = queue.run_due(stop=stop, on_progress=self.print_progress)
        threads = [function() for function in registry.ticks().values()]
        for thread in filter(None, threads):
            thread.join()  # ending now would end its work
        self.stdout.write(ngettext("%(count)d job was run.", "%(count)d jobs were run.", count) % {"count": count})

    def print_progress(self, job: Job) -> None:
        """Print how far a job is, at most every two seconds for each job, and always when it is done."""
        printed_at = self.__dict__.setdefault("_printed_at", {})
        if job.done_at or time.monotonic() - printed_at.get(job.pk, -PRINT_EVERY_S) >= PRINT_EVERY_S:
            printed_at[job.pk] = time.monotonic()
            self.stdout.write(_("%(job)s: %(progress)s") % {"job": job, "progress": job.progress})
            self.stdout.flush()
