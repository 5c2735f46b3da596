"""Pages elsewhere at which a recording is to be had: the check of links (portal/links) tells when one is lost."""

from collections.abc import Iterator

from django.utils import timezone

from portal.core.publishing.visibility import visible_records
from portal.links.models import OutsideLink
from portal.webinars.choices import SourceState
from portal.webinars.models import Recording, RecordingSource
from portal.webinars.playback import CHECKED

State = OutsideLink.State
# A page that refuses a check, or is another page by now, may still be there: staff see it among the broken links.
STATE_OF_PLACE = {
    State.BROKEN: SourceState.UNAVAILABLE,
    State.UNCLEAR: SourceState.SUSPECTED,
    State.REACHED: "",
}


def promised_addresses() -> Iterator[tuple[str, Recording]]:
    """The pages elsewhere at which a public recording is to be had, each with the recording."""
    for source in _places():
        yield source.url, source.recording


def update_places() -> Iterator[RecordingSource]:
    """Give each place the state that its last check found, and yield those that changed.

    What a feed says of a place is left to the feed.
    """
    places = list(_places().filter(fetched_at=None, state__in=("", SourceState.SUSPECTED, SourceState.UNAVAILABLE)))
    addresses = {place.url for place in places}
    known = dict(OutsideLink.objects.filter(address__in=addresses).values_list("address", "state")) if places else {}
    for place in places:
        state = STATE_OF_PLACE.get(known.get(place.url), place.state)
        if state != place.state:
            place.state, place.state_since = state, timezone.now()
            place.save()
            yield place


def _places():
    recordings = visible_records(Recording).filter(take_down=None)
    places = RecordingSource.objects.filter(platform__in=CHECKED, recording__in=recordings)
    return places.exclude(url="").select_related("recording").order_by("pk")
