"""The jobs of this app: scheduled publication, mail, and deleting old rows."""

import logging
from datetime import timedelta

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone
from wagtail.models import DraftStateMixin, Page, Revision

from portal.core.page_cache.changes import delete_old_changes
from portal.jobs import mail, password_reset, queue
from portal.jobs.registry import job
from portal.jobs.run import Run

logger = logging.getLogger(__name__)


@job("publish_scheduled", every_s=60)
def publish_scheduled(run: Run) -> None:
    """Publish and unpublish what staff scheduled, like Wagtail's command of that name.

    Each page or record in a transaction of its own, so that its search row is written with it, and one that cannot be
    published does not hold up the others. Raises the first error after all were tried, so that the job shows it.
    """
    now = timezone.now()
    models = [
        model for model in apps.get_models() if issubclass(model, DraftStateMixin) and not issubclass(model, Page)
    ]
    steps = [
        (expired.unpublish, {"set_expired": True, "log_action": "wagtail.unpublish.scheduled"})
        for model in (Page, *models)
        for expired in model.objects.filter(live=True, expire_at__lt=now).order_by("expire_at")
    ]
    steps += [
        (revision.publish, {"log_action": "wagtail.publish.scheduled"})
        for revision in Revision.objects.filter(approved_go_live_at__lt=now).order_by("approved_go_live_at")
    ]
    first_error = None
    for step, options in steps:
        try:
            with transaction.atomic():
                step(**options)
        except Exception as error:  # the others must still be published; the error is raised below
            logger.exception("A scheduled publication failed: %s", step)
            first_error = first_error or error
        if run.stop_requested():
            break
    if first_error:
        raise first_error


@job(mail.NAME)
def send_mail(run: Run) -> None:
    """Send one stored message."""
    mail.send(run)


@job("jobs.forget_done", every_s=24 * 3600)
def delete_old_rows(run: Run) -> None:
    """Delete rows that nobody needs any more: work done a month ago, sessions that ended, old changes of pages."""
    queue.delete_done(timedelta(days=30))
    delete_old_changes()
    Session.objects.filter(expire_date__lt=timezone.now()).delete()


@job(password_reset.NAME)
def send_password_reset(run: Run) -> None:
    password_reset.send(run)
