"""The background work of this room."""

from portal.feeds.pull import pull_due
from portal.jobs.registry import job


@job("feeds.pull", every_s=900)
def pull_sources(run):
    """Every quarter of an hour: pull the sources that are due. Each keeps its own interval, lease and back-off."""
    for number, log in enumerate(pull_due(), start=1):
        run.progress(f"{number}: {log.source} {log.outcome}")
