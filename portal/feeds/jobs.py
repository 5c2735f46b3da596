"""The background work of this room."""

from portal.core.admin.notices import mail_is_configured
from portal.feeds.admin.notices import send_notices
from portal.feeds.pulling.auto_publish import publish_trusted
from portal.feeds.pulling.previews import renew_previews
from portal.feeds.pulling.pull import pull_due
from portal.jobs.registry import job


@job("feeds.pull", every_s=900)
def pull_sources(run):
    """Every quarter of an hour: pull the sources that are due. Each keeps its own interval, lease and back-off."""
    for number, log in enumerate(pull_due(), start=1):
        run.progress(f"{number}: {log.source} {log.outcome}")


@job("feeds.publish", every_s=300)
def publish(run):
    """Every five minutes: put on line what sources brought that staff let publish by themselves."""
    for number, recording in enumerate(publish_trusted(), start=1):
        run.progress(f"{number}: {recording}")


@job("feeds.previews", every_s=60)
def previews(run):
    """Every minute: the small pictures of what came in."""
    for number, item in enumerate(renew_previews(), start=1):
        run.progress(f"{number}: {item}")


@job("feeds.notices", every_s=3600)
def tell_administrators(run):
    """Every hour, where there is a mail server: tell administrators of a permission that ends and of silent sources."""
    if mail_is_configured():
        for number, source in enumerate(send_notices(), start=1):
            run.progress(f"{number}: {source}")
