"""The two messages: to the role that receives a question, and to who asked it.

Both are stored with the question and sent by the job runner (portal/jobs/mail.py). The first holds nothing that tells
who asked, so that a mailbox does not keep it longer than the portal does.
"""

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from portal.ask.models import Question
from portal.ask.receivers import Receiver
from portal.core.publishing.visibility import SOURCE_LANGUAGE

# In every message about a question, so that those that were never sent can be deleted with it.
HEADER = "X-Schakel-Question"


def mail_question(question: Question, receiver: Receiver) -> None:
    """Tell the role that receives a question, in Dutch: what was asked about what, and where to answer."""
    with translation.override(SOURCE_LANGUAGE):
        values = {
            "site": settings.WAGTAIL_SITE_NAME,
            "about": question.about_label,
            "kind": str(question.get_kind_display()),
            "language": get_language_info(question.language)["name_translated"],
            "address": settings.WAGTAILADMIN_BASE_URL + reverse("question:edit", args=[question.pk]),
        }
        subject = _("%(site)s: a question about “%(about)s”") if question.about_label else _("%(site)s: a question")
        paragraphs = [
            f"{values['kind']} ({values['language']})",
            values["about"],
            question.text,
            _("Who asked it is only in the portal. Answer it there: %(address)s") % values,
        ]
        _send(question, subject % values, paragraphs, receiver.email)


def mail_answer(question: Question, reply_to: str) -> None:
    """Send the answer to who asked, in the language of the question. An answer to that goes to `reply_to`."""
    with translation.override(question.language):
        values = {
            "site": settings.WAGTAIL_SITE_NAME,
            "day": date_format(localtime(question.received_at), "DATE_FORMAT"),
        }
        paragraphs = [
            _("You asked us something on %(day)s. This is our answer.") % values,
            question.answer,
            _("Your question was:"),
            "\n".join(f"> {line}" for line in question.text.splitlines()),
        ]
        _send(question, _("%(site)s: the answer to your question") % values, paragraphs, question.email, reply_to)


def _send(question: Question, subject: str, paragraphs: list[str], address: str, reply_to: str = "") -> None:
    EmailMessage(
        " ".join(subject.split()),
        "\n\n".join(filter(None, paragraphs)) + "\n",
        to=[address],
        reply_to=[reply_to] if reply_to else None,
        headers={HEADER: str(question.pk)},
    ).send()
