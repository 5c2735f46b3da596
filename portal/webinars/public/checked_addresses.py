"""What is known of the addresses at which recordings are watched: when they were reached, or only read."""

from collections.abc import Iterable

from django.db.models import prefetch_related_objects
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.links.selectors import known_links, note_on_website
from portal.webinars.models import Recording, RecordingSource
from portal.webinars.playback import CHECKED, is_lost


def notes_on_addresses(recordings: Iterable[Recording]) -> dict[int, str]:
    """What to say of the first page elsewhere of each recording that has one, by the id of the recording.

    Two queries, however many recordings.
    """
    recordings = list(recordings)
    prefetch_related_objects(recordings, "sources")
    places = {recording.pk: place for recording in recordings if (place := _page_elsewhere(recording))}
    links = known_links({place.url for place in places.values()}) if places else []
    states = {link.address: (link.state, link.day) for link in links}  # type: ignore[attr-defined]  # an annotation
    return {pk: note for pk, place in places.items() if (note := _note(place, states))}


def _page_elsewhere(recording: Recording) -> RecordingSource | None:
    pages = (source for source in recording.sources.all() if source.platform in CHECKED and source.url)
    return next((page for page in pages if not is_lost(page)), None)


def _note(place: RecordingSource, states: dict[str, tuple[str, int]]) -> str:
    """When the address was reached last; else when somebody read it, which is not the same."""
    if reached := note_on_website(place.url, states):
        return reached
    if place.read_on is None:
        return ""
    return _("address read on %(date)s, not tried since") % {"date": date_format(place.read_on, "DATE_FORMAT")}
