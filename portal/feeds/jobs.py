"""The background jobs of the feeds room."""

from portal.core.admin.notices import mail_is_configured
from portal.feeds.admin.alert_mails import send_alerts
from portal.feeds.pulling.pull import pull_due
from portal.feeds.review.auto_publish import publish_trusted_items
from portal.feeds.review.item_pictures import refresh_item_pictures
from portal.jobs.queue import Run
from portal.jobs.registry import job


@job("feeds.pull", every_s=900)
def pull_sources(run: Run) -> None:
    """Pull the sources that are due, each by its own interval, lease and back-off."""
    for number, log in enumerate(pull_due(), start=1):
        run.progress(f"{number}: {log.source} {log.outcome}")


@job("feeds.publish", every_s=300)
def publish(run: Run) -> None:
    """Publish the new videos of the sources that staff let publish by themselves."""
    for number, recording in enumerate(publish_trusted_items(), start=1):
        run.progress(f"{number}: {recording}")


@job("feeds.previews", every_s=60)
def item_pictures(run: Run) -> None:
    """Fetch the small pictures of the items to review."""
    for number, item in enumerate(refresh_item_pictures(), start=1):
        run.progress(f"{number}: {item}")


@job("feeds.notices", every_s=3600)
def alert_mails(run: Run) -> None:
    """Mail administrators about permissions that end and sources that fail, if there is a mail server."""
    if mail_is_configured():
        for number, source in enumerate(send_alerts(), start=1):
            run.progress(f"{number}: {source}")
