"""The digest: who is due for one, and what is new for her since the last."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from portal.follow.choices import Rhythm, SubscriptionState
from portal.follow.digest.digest_mails import mail_digest
from portal.follow.digest.signed_links import language_of
from portal.follow.models import Subscription
from portal.follow.selectors import Thing, news_of, things_of_topics

DAYS = {Rhythm.WEEKLY: 7, Rhythm.MONTHLY: 30}
MOST_NEWS = 30
# What is being published at this moment may have an earlier time than what was told: it waits for the next digest.
SETTLED = timedelta(minutes=5)


def send_digests(now: datetime) -> Iterator[bool]:
    """Send each digest that is due; give for each subscription whether there was something to tell.

    When nothing changed nothing is sent, and the next one is due a week or a month later.
    """
    until = now - SETTLED
    for pk in list(_due(now).values_list("pk", flat=True)):
        subscription = Subscription.objects.prefetch_related("topics").filter(pk=pk).first()
        if subscription is not None:
            yield _send_digest(subscription, until)


def _due(now: datetime) -> QuerySet[Subscription]:
    today = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    due = Q(pk__in=[])
    for rhythm, days in DAYS.items():
        # Whole days, so that a digest does not come an hour later each time.
        due |= Q(rhythm=rhythm, told_until__lt=today - timedelta(days=days - 1))
    return Subscription.objects.filter(due, state=SubscriptionState.ACTIVE).order_by("pk")


def _send_digest(subscription: Subscription, until: datetime) -> bool:
    topics = list(subscription.topics.all())
    things: frozenset[Thing] | None = things_of_topics(topics) if topics else None
    # Read before the transaction, in which nothing is kept for the next subscription.
    told_until = subscription.told_until or until  # a subscription that is active always has it
    news = [item for item in news_of(things, language_of(subscription)) if told_until < item.at <= until]
    with transaction.atomic():
        # Another runner may have sent it, or she left meanwhile.
        if not Subscription.objects.filter(pk=subscription.pk, told_until=told_until).update(told_until=until):
            return False
        if news:
            mail_digest(subscription, news[:MOST_NEWS], len(news))
    return bool(news)
