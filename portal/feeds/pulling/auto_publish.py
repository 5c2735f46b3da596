"""Videos of a source that staff trust go on line by themselves (feeds.md 5.3); what is in doubt waits for somebody."""

import logging
from collections.abc import Iterator

from django.db.models import F

from portal.feeds.choices import Broadcast, ItemState, KindGuess
from portal.feeds.models import Item
from portal.feeds.pulling.store import platform_of
from portal.feeds.review.decisions import CannotDecide, accept
from portal.feeds.review.matching import matches
from portal.webinars.models import Recording
from portal.webinars.platforms import Platform

logger = logging.getLogger(__name__)

NOT_OVER = (Broadcast.UPCOMING, Broadcast.LIVE)


def publish_trusted() -> Iterator[Recording]:
    """Publish what trusted sources brought since they are trusted, the oldest first; gives each new recording.

    Each is accepted and published in one step, so that a runner that stops leaves nothing half done. Raises at the end
    what nobody foresaw of one of them.
    """
    failure = None
    brought = Item.objects.filter(source__publishes=True, first_seen__gte=F("source__publishes_since"))
    sure = brought.filter(state=ItemState.NEW, reason="").exclude(kind_guess=KindGuess.SHORT)
    over = sure.exclude(broadcast__in=NOT_OVER).select_related("source").order_by("first_seen", "pk")
    for item in over:
        try:
            # A post tells of a session, and whether there is a recording of it is for somebody to see.
            if platform_of(item.external_id) == Platform.LINKEDIN or matches([item])[item.pk]:
                continue
            recording = accept(item, None, publish=True)
        except CannotDecide as reason:
            logger.warning("item %s of a trusted source waits: %s", item.external_id, reason)
        except Exception as error:  # the others must still be published; the error is raised below
            logger.exception("item %s of a trusted source could not be published", item.external_id)
            failure = error
        else:
            yield recording
    if failure is not None:
        raise failure
