"""Who speaks in the recordings that were found."""

from collections.abc import Iterable

from portal.core.searchable import Hit
from portal.webinars.consent.named_speakers import agreed_speakers


def names_of_speakers(hits: Iterable[Hit]) -> dict[str, str]:
    """The names of the speakers of these hits by key, of those who agreed to be named. One query, or none."""
    keys = {key for hit in hits for key in hit.filters.get("speaker", ())}
    if not keys:
        return {}
    return dict(agreed_speakers().filter(key__in=keys).values_list("key", "name"))
