"""What happens to a subscription: asked for, confirmed, changed, left, refused, never confirmed."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from portal.core.accounts.attempt_limits import digest_of
from portal.follow.choices import SubscriptionState
from portal.follow.digest.digest_mails import HEADER, mail_confirmation, mail_known
from portal.follow.models import Subscription
from portal.jobs import queue
from portal.jobs.mail import delete_unsent
from portal.jobs.models import Job
from portal.topics.models import Topic

REQUEST_JOB = "follow.request"
CONFIRM_WITHIN = timedelta(hours=48)
# Of messages about the subscription itself an address gets one a day, whoever fills it in how often.
ONE_MESSAGE_IN = timedelta(days=1)
MOST_REFUSALS = 3


def request_subscription(email: str, language: str, topics: Iterable[str], rhythm: str) -> None:
    """Hand a request to the job runner, so that the form does the same work whether the address is known or not."""
    values = {"email": email, "language": language, "topics": list(topics), "rhythm": rhythm}
    queue.enqueue(REQUEST_JOB, values, key=digest_of("follow request", email.casefold()))


@transaction.atomic
def take_request(values: dict, now: datetime) -> None:
    """Store what somebody asked for, and write to the address: to confirm, or that it gets the digest already.

    Of an address that gets the digest nothing is changed: whoever filled it in has not shown that it is hers.
    """
    subscription, is_new = Subscription.objects.select_for_update().get_or_create(
        email=values["email"].lower(), defaults={"language": values["language"], "rhythm": values["rhythm"]}
    )
    if subscription.state == SubscriptionState.UNCONFIRMED:
        subscription.language, subscription.rhythm = values["language"], values["rhythm"]
        subscription.topics.set(Topic.objects.filter(key__in=values["topics"]))
    if is_new or subscription.mailed_at is None or subscription.mailed_at <= now - ONE_MESSAGE_IN:
        subscription.mailed_at = now
        if subscription.state == SubscriptionState.UNCONFIRMED:
            mail_confirmation(subscription)
        else:
            mail_known(subscription)
    subscription.save()


@transaction.atomic
def confirm(subscription: Subscription, now: datetime) -> None:
    """Begin the digest: it tells what is new from now on. A second time nothing changes."""
    Subscription.objects.filter(pk=subscription.pk, state=SubscriptionState.UNCONFIRMED).update(
        state=SubscriptionState.ACTIVE, confirmed_at=now, told_until=now
    )


@transaction.atomic
def change(subscription: Subscription, topics: Iterable[Topic], rhythm: str) -> None:
    Subscription.objects.filter(pk=subscription.pk).update(rhythm=rhythm)
    subscription.topics.set(topics)


@transaction.atomic
def leave(subscription: Subscription) -> None:
    """Delete all that is known of somebody, and what was not sent yet."""
    delete_unsent(HEADER, [str(subscription.pk)])
    Subscription.objects.filter(pk=subscription.pk).delete()


@transaction.atomic
def delete_unconfirmed(now: datetime) -> int:
    """Delete the addresses that nobody confirmed in time, and return how many they were."""
    late = Subscription.objects.filter(
        state=SubscriptionState.UNCONFIRMED, requested_at__lt=now - CONFIRM_WITHIN
    ).values_list("pk", flat=True)
    ids = list(late)
    delete_unsent(HEADER, [str(pk) for pk in ids])
    Subscription.objects.filter(pk__in=ids).delete()
    return len(ids)


def note_answer(sender: object, headers: dict[str, str], recipient_refused: bool, **options: object) -> None:
    """Count that the mail server refused an address for good; after three in a row the subscription ends."""
    if (number := headers.get(HEADER)) is None:
        return
    subscription = Subscription.objects.filter(pk=number).first()
    if subscription is None:
        return
    if not recipient_refused:
        Subscription.objects.filter(pk=number).exclude(refusals=0).update(refusals=0)
    elif subscription.refusals + 1 >= MOST_REFUSALS:
        leave(subscription)
    else:
        Subscription.objects.filter(pk=number).update(refusals=F("refusals") + 1)


def forget_requests() -> None:
    """Delete the rows of requests that were taken: nothing of them is needed any more."""
    Job.objects.filter(name=REQUEST_JOB, done_at__lt=timezone.now() - timedelta(hours=1)).delete()
