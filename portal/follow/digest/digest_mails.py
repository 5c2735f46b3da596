"""The messages to who follows the portal: stored with the subscription, sent by the job runner (portal/jobs/mail.py).

Text, and the same as simple HTML without pictures: nothing in it tells that it was opened.
"""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.core.content.characters import printable
from portal.core.content.site_details import site_words
from portal.follow.digest.signed_links import language_of, link_of
from portal.follow.models import Subscription
from portal.home.news import NewsItem

# In every message about a subscription, so that those that were never sent can be deleted with it.
HEADER = "X-Schakel-Subscription"


def mail_confirmation(subscription: Subscription) -> None:
    """Ask whether somebody wants the digest. Nothing else is sent before she says so."""
    with translation.override(language_of(subscription)):
        subject = _("%(site)s: confirm that you want the digest") % {"site": site_words().name}
        _send(subscription, subject, "follow/mails/confirmation", can_leave=False)


def mail_known(subscription: Subscription) -> None:
    """Tell somebody who filled in her address once more that she gets the digest already, and where to change it."""
    with translation.override(language_of(subscription)):
        subject = _("%(site)s: you get the digest already") % {"site": site_words().name}
        _send(subscription, subject, "follow/mails/known")


def mail_digest(subscription: Subscription, news: Sequence[NewsItem], number: int) -> None:
    """Send the first of the news since the last digest; `number` is how many there are."""
    with translation.override(language_of(subscription)):
        others = number - 1
        title = news[0].title
        if others:
            words = ngettext("%(title)s and %(number)d more", "%(title)s and %(number)d more", others)
            title = words % {"title": title, "number": others}
        subject = f"{site_words().name}: {title}"
        _send(subscription, subject, "follow/mails/digest", news=news, more=number - len(news))


def _send(subscription: Subscription, subject: str, template: str, *, can_leave: bool = True, **values: Any) -> None:
    base = settings.WAGTAILADMIN_BASE_URL
    link = base + link_of(subscription)
    headers = {HEADER: str(subscription.pk)}
    if can_leave:
        # RFC 2369 and RFC 8058: the mail program has a button that leaves with one POST.
        headers |= {"List-Unsubscribe": f"<{link}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    values |= {
        "subscription": subscription,
        "site": site_words().name,
        "base_url": base,
        "link": link,
        "language": language_of(subscription),
        "subject": subject,
    }
    message = EmailMultiAlternatives(
        " ".join(printable(subject).split())[:200],
        render_to_string(f"{template}.txt", values).strip() + "\n",
        to=[subscription.email],
        headers=headers,
    )
    message.attach_alternative(render_to_string(f"{template}.html", values), "text/html")
    message.send()
