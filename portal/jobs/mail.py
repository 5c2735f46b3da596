"""Mail is stored in the transaction that wants it sent, and the job runner sends it: `EMAIL_BACKEND` is here.

Whatever sends with Django (a forgotten password, Wagtail's notifications, notices of ours) writes a job for each
recipient and never waits for the mail server. What that cannot take now is tried again; what it refuses for good is
said under Background work. The text is kept only until then: it may hold a link that lets somebody in.
"""

import secrets
import smtplib
from email.utils import formatdate, make_msgid

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.utils import DNS_NAME
from django.db import transaction
from django.utils import timezone

from portal.jobs import queue
from portal.jobs.models import Job

NAME = "mail.send"


class StoredMail(BaseEmailBackend):
    """Stores messages for the job runner instead of sending them."""

    def send_messages(self, email_messages):
        messages = [message for message in email_messages if message.recipients()]
        with transaction.atomic():
            for message in messages:
                stored = _stored(message)
                for address in message.recipients():
                    key = f"{address}: {stored['subject']}"[:180] + f" ({secrets.token_hex(4)})"
                    queue.enqueue(NAME, stored | {"recipient": str(address)}, key=key)
        return len(messages)


class ToOne(EmailMultiAlternatives):
    """A stored message on its way to one of those it is addressed to: each is tried again by itself."""

    recipient = ""

    def recipients(self):
        return [self.recipient]


def send(run: queue.Run) -> None:
    """Hand one stored message to the mail server and forget its text."""
    if not run.payload:
        return  # sent by a run that was killed before it could say so
    message = _message(run.payload)
    try:
        get_connection(settings.MAIL_TRANSPORT).send_messages([message])
    except smtplib.SMTPResponseException as error:
        if isinstance(error, smtplib.SMTPDataError) and error.smtp_code >= 500:
            _forget(run)
            raise queue.GivenUp(f"{error.smtp_code} {_text(error.smtp_error)}") from error
        raise
    except smtplib.SMTPRecipientsRefused as error:
        code, text = next(iter(error.recipients.values()))
        if code >= 500:
            _forget(run)
            raise queue.GivenUp(f"{code} {_text(text)}") from error
        raise
    except OSError:
        _postpone_the_others(run)
        raise
    _forget(run)


def _stored(message) -> dict:
    """A message as JSON. The number and the moment are those of now, however often it is tried."""
    if message.attachments:
        raise ValueError("A message with an attachment cannot be stored; none is sent to the staff.")
    headers = {name: str(value) for name, value in message.extra_headers.items()}
    headers.setdefault("Message-ID", make_msgid(domain=DNS_NAME))
    headers.setdefault("Date", formatdate(localtime=settings.EMAIL_USE_LOCALTIME))
    message.message()  # raises BadHeaderError for a line break in a header
    return {
        "subject": str(message.subject),
        "body": str(message.body),
        "from_email": str(message.from_email),
        "to": [str(address) for address in message.to],
        "cc": [str(address) for address in message.cc],
        "reply_to": [str(address) for address in message.reply_to],
        "headers": headers,
        "subtype": message.content_subtype,
        "alternatives": [[str(text), kind] for text, kind in getattr(message, "alternatives", [])],
    }


def _message(stored: dict) -> ToOne:
    names = ("subject", "body", "from_email", "to", "cc", "reply_to", "headers")
    message = ToOne(**{name: stored[name] for name in names})
    message.content_subtype = stored["subtype"]
    for text, kind in stored["alternatives"]:
        message.attach_alternative(text, kind)
    message.recipient = stored["recipient"]
    return message


def _forget(run: queue.Run) -> None:
    Job.objects.filter(pk=run.job.pk).update(payload={})


def _postpone_the_others(run: queue.Run) -> None:
    """A server that does not answer is not asked for each message that waits: that would hold up all other work."""
    later = timezone.now() + queue.retry_delay(run.job.attempts)
    waiting = Job.objects.filter(name=NAME, done_at=None, locked_until=None, run_at__lt=later)
    waiting.exclude(pk=run.job.pk).update(run_at=later)


def _text(said: bytes | str) -> str:
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
