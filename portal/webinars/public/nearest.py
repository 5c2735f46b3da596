"""What to watch instead of a recording that nobody found."""

from collections.abc import Collection

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from portal.core.cards import Card, Links
from portal.webinars.choices import RecordingList
from portal.webinars.lists import list_of
from portal.webinars.models import Recording
from portal.webinars.public.cards import cards_of
from portal.webinars.recording_state import displayed_state, state_label
from portal.webinars.selectors import in_list, newest_first


def nearest_card(language: str, topics: Collection[str] = (), without: str = "") -> Card | None:
    """The card of what can be watched and has most of these topics (keys), of those the newest; None where nothing is.

    `without` is the key of a recording that is looked for.
    """
    watchable = newest_first(in_list(RecordingList.WATCH).exclude(key=without))
    if topics:
        of_recording = Recording.topics.through.objects.filter(recording=OuterRef("pk"), topic__key__in=topics)
        shared = of_recording.order_by().values("recording").annotate(number=Count("pk")).values("number")
        watchable = watchable.annotate(shared=Coalesce(Subquery(shared), 0))
        watchable = watchable.order_by("-shared", *watchable.query.order_by)
    return next(iter(cards_of(watchable[:1], language)), None)


def nearest_to_watch(recording: Recording, language: str) -> Links | None:
    """What to watch in place of a recording that is not there; None for one that is, or is still to come."""
    is_missing = state_label(displayed_state(recording)) and list_of(recording) != RecordingList.TO_COME
    if not is_missing or not recording.pk:
        return None
    topics = list(recording.topics.values_list("key", flat=True))
    card = nearest_card(language, topics, without=recording.key)
    return Links(_("You can watch this instead"), (card,)) if card else None
