"""The names of the speakers in the recordings that were found."""

from collections.abc import Iterable

from portal.core.searchable import Hit
from portal.webinars.consent.named_speakers import agreed_speakers


def speaker_names(hits: Iterable[Hit]) -> dict[str, str]:
    """Return the names of the speakers of these hits who agreed to be named, by key. One query, or none."""
    keys = {key for hit in hits for key in hit.filters.get("speaker", ())}
    if not keys:
        return {}
    return dict(agreed_speakers().filter(key__in=keys).values_list("key", "name"))
