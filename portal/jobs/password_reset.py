"""The message to somebody who forgot her password: requested by a form, written and sent by the job runner.

So the form does the same work whether anybody has the address or not, and a mail server that is away loses nothing.
"""

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from wagtail.admin.forms.auth import PasswordResetForm as WagtailPasswordResetForm
from wagtail.admin.views.account import PasswordResetView
from wagtail.users.models import UserProfile

from portal.core.accounts import attempt_limits
from portal.core.accounts.attempt_limits import AttemptLimit, digest_of
from portal.jobs.models import Job
from portal.jobs.queue import enqueue
from portal.jobs.run import Run

NAME = "jobs.password_reset"
# Messages to one address; its owner has the first ones, and their links work.
ADDRESSEE_LIMIT = AttemptLimit(free=3, longest_s=3600)
KEEP_DONE = timedelta(hours=1)


class PasswordResetForm(WagtailPasswordResetForm):
    """Enqueues the address, without looking whether it belongs to an account."""

    def save(self, **options: Any) -> None:
        email = self.cleaned_data["email"]
        addressee = digest_of("addressee", email.casefold())
        if not attempt_limits.begin_attempt({addressee: ADDRESSEE_LIMIT}):
            enqueue(NAME, {"email": email}, key=addressee)


class _Message(WagtailPasswordResetForm):
    """Django's form, which finds the accounts and writes the links; raises what the mail server refuses."""

    def send_mail(
        self,
        subject_template_name: str,
        email_template_name: str,
        context: dict[str, Any],
        from_email: str | None,
        to_email: str,
        html_email_template_name: str | None = None,
    ) -> None:
        profile = UserProfile.get_for_user(context["user"])
        with translation.override(profile.get_preferred_language()):
            subject = render_to_string(subject_template_name, context)
            send_mail(" ".join(subject.split()), render_to_string(email_template_name, context), from_email, [to_email])


def send(run: Run) -> None:
    """Send the message of a job to every account that has its address, and delete the address."""
    # Together: an interrupted run would send it twice, or delete an address that was sent nothing.
    with transaction.atomic():
        form = _Message(run.payload)
        if form.is_valid():
            base = urlsplit(settings.WAGTAILADMIN_BASE_URL)
            form.save(
                domain_override=base.netloc,
                use_https=base.scheme == "https",
                subject_template_name=PasswordResetView.subject_template_name,
                email_template_name=PasswordResetView.email_template_name,
            )
        Job.objects.filter(pk=run.job.pk, requests=run.job.requests).update(payload={})
    Job.objects.filter(name=NAME, done_at__lt=timezone.now() - KEEP_DONE).delete()
