"""The rows that say which pages changed: followed by whatever keeps pages, deleted when nobody needs them any more."""

import logging
from datetime import timedelta

from django.db import Error
from django.utils import timezone

from portal.core.page_cache.models import PageChange
from portal.core.page_cache.registry import ALL, Paths

logger = logging.getLogger(__name__)

# Rows become visible when their transaction commits, which may be in another order than they were written in.
# A follower therefore looks this far back; a transaction that takes longer counts as a change of all pages.
LOOK_BACK = timedelta(hours=1)
KEPT = timedelta(days=7)


class ChangeFollower:
    """Remembers which rows one reader has read. One follower for each place that keeps pages."""

    def __init__(self) -> None:
        self._read: frozenset[int] = frozenset()

    def changed_paths(self) -> Paths:
        """Return the paths that changed since the last call, or ALL; to be called when the generation has moved.

        Costs one query. When the database cannot be asked, everything counts as changed.
        """
        try:
            recent = dict(
                PageChange.objects.filter(created_at__gt=timezone.now() - LOOK_BACK).values_list("pk", "paths")
            )
        except Error as error:
            logger.warning("The changes of pages cannot be read, so every page is made anew: %s", error)
            return ALL
        unread = [paths for pk, paths in recent.items() if pk not in self._read]
        self._read = frozenset(recent)
        if not unread or None in unread:
            return ALL
        return frozenset(path for paths in unread for path in paths or ())


def delete_old_changes() -> int:
    """Delete the rows that no follower reads any more and return how many they were."""
    return PageChange.objects.filter(created_at__lt=timezone.now() - KEPT).delete()[0]
