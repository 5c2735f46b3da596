"""`manage.py runjobs`: the job runner."""

import signal
import threading
import time

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.jobs import queue, registry, runner

SAY_EVERY_S = 2


class Command(BaseCommand):
    help = "Does the background work: scheduled publication, feeds, translations, the search index."
    requires_system_checks = []  # a runner has to start quickly, the server has checked already

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="Do what is due now and stop (for a timer).")

    def handle(self, *args, once=False, **options):
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_received: stop.set())
        if not once:
            runner.run_forever(stop, self.say)
            return
        count = queue.run_due(stop=stop, say=self.say)
        begun = [function() for function in registry.ticks().values()]
        for thread in filter(None, begun):
            thread.join()  # ending now would end its work
        self.stdout.write(ngettext("%(count)d job was run.", "%(count)d jobs were run.", count) % {"count": count})

    def say(self, job):
        """Print how far a job is, at most every two seconds for each job, and always when it is done."""
        said = self.__dict__.setdefault("_said", {})
        if job.done_at or time.monotonic() - said.get(job.pk, -SAY_EVERY_S) >= SAY_EVERY_S:
            said[job.pk] = time.monotonic()
            self.stdout.write(_("%(job)s: %(progress)s") % {"job": job, "progress": job.progress})
            self.stdout.flush()
