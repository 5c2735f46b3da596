"""Publishes the videos of trusted sources without a review; doubtful ones wait for somebody.

See docs/feed-rules.md 5.3.
"""

import logging
from collections.abc import Iterator

from django.db.models import F

from portal.feeds.choices import Broadcast, ItemState, KindGuess
from portal.feeds.errors import DecisionError
from portal.feeds.models import Item
from portal.feeds.review.decisions import accept
from portal.feeds.review.matching import find_matches
from portal.webinars.models import Recording
from portal.webinars.platforms import platform_of

logger = logging.getLogger(__name__)

NOT_OVER = (Broadcast.UPCOMING, Broadcast.LIVE)


def publish_trusted_items() -> Iterator[Recording]:
    """Publish the items that sources brought since they are trusted, the oldest first; yields each new recording.

    Each is accepted and published in one transaction, so that a runner that stops leaves nothing half done. An
    unforeseen error of one of them is raised at the end.
    """
    failure = None
    brought = Item.objects.filter(source__publishes=True, first_seen__gte=F("source__publishes_since"))
    clear = brought.filter(state=ItemState.NEW, reason="").exclude(kind_guess=KindGuess.SHORT)
    finished = clear.exclude(broadcast__in=NOT_OVER).select_related("source").order_by("first_seen", "pk")
    for item in finished:
        try:
            # A post announces a session; somebody has to look whether there is a recording of it.
            if platform_of(item.external_id).spec.announces or find_matches([item])[item.pk]:
                continue
            recording = accept(item, None, publish=True)
        except DecisionError as reason:
            logger.warning("item %s of a trusted source waits: %s", item.external_id, reason)
        except Exception as error:  # the others must still be published; the error is raised below
            logger.exception("item %s of a trusted source could not be published", item.external_id)
            failure = error
        else:
            yield recording
    if failure is not None:
        raise failure
