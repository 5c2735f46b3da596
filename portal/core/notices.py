"""Messages by e-mail that tell the staff of something once, each in the language in which they use the admin."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import send_mail
from django.utils import translation
from wagtail.users.models import UserProfile

from portal.core.models import SentNotice, User

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Message:
    """What somebody reads: plain text, in the language that is active when it is written."""

    subject: str
    text: str


def can_be_sent() -> bool:
    """Whether there is a mail server (EMAIL_URL). Without one nothing is sent and nothing counts as sent."""
    return bool(settings.EMAIL_HOST)


def who_may(permission: str) -> Iterable[User]:
    """The people with this right ("app.codename") who can be reached by mail, each once."""
    people = get_user_model().objects.with_perm(permission, backend="django.contrib.auth.backends.ModelBackend")
    return people.exclude(email="").order_by("pk").distinct()


def send_once(about: str, people: Iterable[User], write: Callable[[], Message]) -> int:
    """Send everybody the message about this, unless it was sent to them before; returns how many were sent.

    `about` names the thing and its stage (at most 200 characters); `write()` is called in each person's language.
    It is written down before it is sent: of two runners one does, and one that is killed in between sends nothing
    twice. What the mail server refuses is forgotten again, the others get theirs, and the first refusal is raised.
    """
    sent, refusals = 0, []
    told = set(SentNotice.objects.filter(about=about).values_list("user_id", flat=True))
    for user in people:
        if user.pk in told:
            continue
        notice, new = SentNotice.objects.get_or_create(about=about, user=user)
        if not new:
            continue
        try:
            with translation.override(_language_of(user)):
                message = write()
                send_mail(" ".join(message.subject.split()), message.text, None, [user.email])
        except OSError as error:  # smtplib's exceptions are of this family too
            notice.delete()
            logger.warning("The message “%s” was not sent: %s", about, error)
            refusals.append(error)
        else:
            sent += 1
    if refusals:
        raise refusals[0]
    return sent


def _language_of(user: User) -> str:
    """The language that somebody chose for the admin, else that of the portal."""
    profile = UserProfile.objects.filter(user=user).first()
    return (profile and profile.preferred_language) or settings.LANGUAGE_CODE
