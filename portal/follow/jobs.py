"""Background jobs of following: taking requests, sending digests, deleting what nobody confirmed."""

from django.db import transaction
from django.utils import timezone

from portal.core.admin.notices import mail_is_configured
from portal.follow.digest import subscriptions
from portal.follow.digest.sending import send_digests
from portal.jobs.models import Job
from portal.jobs.registry import job
from portal.jobs.run import Run


@job(subscriptions.REQUEST_JOB)
def take_request(run: Run) -> None:
    """Store what somebody asked for and write to the address; delete the request."""
    if run.payload:
        # Together: an interrupted run would write twice, or delete a request that was not taken.
        with transaction.atomic():
            subscriptions.take_request(run.payload, timezone.now())
            Job.objects.filter(pk=run.job.pk, requests=run.job.requests).update(payload={})
    subscriptions.forget_requests()


@job("follow.send_digests", every_s=3600)
def send_due_digests(run: Run) -> None:
    """Send the digests that are due. Without a mail server they wait for one."""
    if not mail_is_configured():
        return
    sent = 0
    for was_sent in send_digests(timezone.now()):
        sent += was_sent
        run.progress(str(sent))


@job("follow.delete_unconfirmed", every_s=3600)
def delete_unconfirmed(run: Run) -> None:
    """Delete the addresses that nobody confirmed within two days."""
    if number := subscriptions.delete_unconfirmed(timezone.now()):
        run.progress(str(number))
