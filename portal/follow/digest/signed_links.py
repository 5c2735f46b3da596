"""The signed link of a subscription: who has it may confirm, change and leave. Only her messages have it."""

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils import translation

from portal.follow.models import Subscription

SALT = "portal.follow.link"


def link_of(subscription: Subscription) -> str:
    """Return the path of the page of a subscription, in its language. It works whatever pages there are."""
    with translation.override(language_of(subscription)):
        return reverse("subscription", args=[Signer(salt=SALT).sign(subscription.secret)])


def subscription_of(token: str) -> Subscription | None:
    """Return the subscription that a link leads to; None for a forged link, or when nothing is stored any more."""
    try:
        secret = Signer(salt=SALT).unsign(token)
    except BadSignature:
        return None
    return Subscription.objects.filter(secret=secret).first()


def language_of(subscription: Subscription) -> str:
    """Return its language, or that of the portal when its own is not shown any more."""
    shown = subscription.language in settings.CONTENT_LANGUAGES
    return subscription.language if shown else settings.LANGUAGE_CODE
