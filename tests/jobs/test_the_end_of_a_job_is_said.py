from io import StringIO

from django.core.management import call_command

from portal.jobs import queue
from search.engines import current_engine
from search.indexing import outbox
from tests.jobs.test_scheduled_publication import signals_as_they_were  # noqa: F401


def test_the_last_step_is_printed_however_soon_it_comes(site, signals_as_they_were, registered, monkeypatch):  # noqa: F811
    def work(run):
        for step in (1, 2, 3):
            run.progress(f"fr: {step} of 3 pages")

    registered("test.work", work)
    outbox.rebuild(current_engine())
    queue.enqueue("test.work")
    out = StringIO()
    monkeypatch.setattr(
        "portal.jobs.runner.run_forever", lambda stop, on_progress: queue.run_due(stop=stop, on_progress=on_progress)
    )
    call_command("runjobs", stdout=out)
    said = [line for line in out.getvalue().splitlines() if line.startswith("test.work")]
    assert said == ["test.work: fr: 1 of 3 pages", "test.work: fr: 3 of 3 pages"]
