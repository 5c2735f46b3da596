"""E-mail backend that stores messages as jobs, in the transaction that sends them; the job runner delivers them.

Whatever sends with Django (a forgotten password, Wagtail's notifications, notices of ours) writes a job for each
recipient and never waits for the mail server. What that cannot take now is tried again; what it refuses for good is
shown under Background work. The text is kept only until then: it may contain a link that lets somebody in.
"""

import re
import secrets
import smtplib
from collections.abc import Collection, Sequence
from email.utils import formatdate, make_msgid
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.utils import DNS_NAME
from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone

from portal.jobs import queue
from portal.jobs.models import Job

NAME = "mail.send"
ABOUT = "X-Schakel-"
# Sent when the mail server took a message or refused its recipient for good, with its `headers` and
# `recipient_refused`: who keeps addresses learns by it that one does not exist any more.
message_answered = Signal()


class NotTakenError(Exception):
    """The mail server does not take a message now."""


class QueuedEmailBackend(BaseEmailBackend):
    """Stores messages for the job runner instead of sending them."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        messages = [message for message in email_messages if message.recipients()]
        with transaction.atomic():
            for message in messages:
                stored = _stored(message)
                for address in message.recipients():
                    key = f"{_about(message) or address}: {stored['subject']}"[:180] + f" ({secrets.token_hex(4)})"
                    queue.enqueue(NAME, stored | {"recipient": str(address)}, key=key)
        return len(messages)


class SingleRecipientMessage(EmailMultiAlternatives):
    """A stored message for one of its recipients: each is tried again by itself."""

    recipient = ""

    def recipients(self) -> list[str]:
        return [self.recipient]


def send(run: queue.Run) -> None:
    """Hand one stored message to the mail server and delete its text.

    What the server answers may name the recipient, and an error is logged: it is told without her address.
    """
    if not run.payload:
        return  # sent by a run that was killed before it could store that
    message = _message(run.payload)
    try:
        get_connection(settings.MAIL_TRANSPORT).send_messages([message])
    except smtplib.SMTPResponseException as error:
        reason = f"{error.smtp_code} {_text(error.smtp_error, message.recipient)}"
        if isinstance(error, smtplib.SMTPDataError) and error.smtp_code >= 500:
            _delete_text(run)
            raise queue.PermanentJobError(reason) from None
        raise NotTakenError(reason) from None
    except smtplib.SMTPRecipientsRefused as error:
        code, text = next(iter(error.recipients.values()))
        reason = f"{code} {_text(text, message.recipient)}"
        if code >= 500:
            _delete_text(run)
            message_answered.send(send, headers=message.extra_headers, recipient_refused=True)
            raise queue.PermanentJobError(reason) from None
        raise NotTakenError(reason) from None
    except OSError:
        _postpone_others(run)
        raise
    _delete_text(run)
    message_answered.send(send, headers=message.extra_headers, recipient_refused=False)


def delete_unsent(header: str, values: Collection[str]) -> None:
    """Delete the messages with one of these values in a header that no mail server has taken."""
    Job.objects.filter(**{"name": NAME, f"payload__headers__{header}__in": list(values)}).delete()


def _about(message: EmailMessage) -> str:
    """What a message is about, as its header says that begins with ABOUT: "Question 12". Else nothing.

    Whatever goes to a visitor has one, so that neither the list of work nor the log has her address.
    """
    headers = message.extra_headers.items()
    return next((f"{name.removeprefix(ABOUT)} {value}" for name, value in headers if name.startswith(ABOUT)), "")


def _stored(message: EmailMessage) -> dict[str, Any]:
    """Return a message as JSON, with the Message-ID and Date of now, however often it is tried."""
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
        "alternatives": [[str(text), mimetype] for text, mimetype in getattr(message, "alternatives", [])],
    }


def _message(stored: dict[str, Any]) -> SingleRecipientMessage:
    names = ("subject", "body", "from_email", "to", "cc", "reply_to", "headers")
    message = SingleRecipientMessage(**{name: stored[name] for name in names})
    message.content_subtype = stored["subtype"]
    for text, mimetype in stored["alternatives"]:
        message.attach_alternative(text, mimetype)
    message.recipient = stored["recipient"]
    return message


def _delete_text(run: queue.Run) -> None:
    Job.objects.filter(pk=run.job.pk).update(payload={})


def _postpone_others(run: queue.Run) -> None:
    """Try the waiting messages later too: asking a server that is away for each would hold up all other jobs."""
    later = timezone.now() + queue.retry_delay(run.job.attempts)
    waiting = Job.objects.filter(name=NAME, done_at=None, locked_until=None, run_at__lt=later)
    waiting.exclude(pk=run.job.pk).update(run_at=later)


def _text(reply: bytes | str, recipient: str) -> str:
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else str(reply)
    return re.sub(re.escape(recipient), "…", text, flags=re.IGNORECASE)
