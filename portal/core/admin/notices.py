"""Messages by e-mail that tell the staff of something once, each in the language in which they use the admin."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import send_mail
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.users.models import UserProfile

from portal.core.models import SentNotice, User

Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Message:
    """A message to the staff: plain text in the language that is active when it is written."""

    subject: str
    text: str

    @classmethod
    def about(cls, headline: str, paragraphs: Iterable[str], path: str, why: str) -> "Message":
        """A message with what is the matter in one line, what there is to say (empty paragraphs are left out), the page
        of the admin to look at, and why she gets it."""
        look = _("Look here: %(address)s") % {"address": settings.WAGTAILADMIN_BASE_URL + path}
        said = filter(None, (f"{headline}.", *paragraphs, look, why))
        return cls(f"{settings.WAGTAIL_SITE_NAME}: {headline}", "\n\n".join(said) + "\n")


def mail_is_configured() -> bool:
    """Whether there is a mail server (EMAIL_URL). Without one nothing is sent, nor recorded as sent."""
    return bool(settings.EMAIL_HOST)


def users_with_permission(permission: str) -> Iterable[User]:
    """Return the active users with a permission ("app.codename") and an e-mail address, each once."""
    people = get_user_model().objects.with_perm(permission, backend="django.contrib.auth.backends.ModelBackend")
    return people.exclude(email="").order_by("pk").distinct()


def send_once(about: str, people: Iterable[User], write: Callable[[], Message]) -> int:
    """Send everybody the message about this, unless it was sent to them before; return how many were sent.

    `about` names the thing and its stage (at most 200 characters); `write()` is called in each person's language.
    That it was sent and the message itself are stored in one transaction (portal/jobs/mail.py): of two runners one
    does, and one that is killed in between loses nothing and sends nothing twice.
    """
    sent = 0
    told = set(SentNotice.objects.filter(about=about).values_list("user_id", flat=True))
    for user in people:
        if user.pk in told:
            continue
        with transaction.atomic(), translation.override(_language_of(user)):
            _notice, new = SentNotice.objects.get_or_create(about=about, user=user)
            if new:
                message = write()
                send_mail(" ".join(message.subject.split()), message.text, None, [user.email])
                sent += 1
    return sent


def send_each(told: Iterable[tuple[Thing, str, Callable[[], Message]]], people: Iterable[User]) -> Iterator[Thing]:
    """Send everybody what `told` has, (thing, about, write) each, as `send_once` does.

    Gives each thing of which somebody was told.
    """
    people = list(people)
    for thing, about, write in told:
        if send_once(about, people, write):
            yield thing


def _language_of(user: User) -> str:
    """The language that somebody chose for the admin, else that of the portal."""
    profile = UserProfile.objects.filter(user=user).first()
    return (profile and profile.preferred_language) or settings.LANGUAGE_CODE
