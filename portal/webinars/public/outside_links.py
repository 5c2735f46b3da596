"""The addresses at which recordings can be watched on other websites: the link check tries them."""

from collections.abc import Iterator

from portal.webinars.models import Recording, RecordingSource
from portal.webinars.platforms import Platform
from portal.webinars.selectors import listed_recordings


def watched_elsewhere() -> Iterator[tuple[Recording, list[str]]]:
    """Yield each source of a public recording with its address. A video of our own has none."""
    sources = RecordingSource.objects.filter(recording__in=listed_recordings()).exclude(url="")
    for source in sources.exclude(platform=Platform.FILE).select_related("recording"):
        yield source.recording, [source.url]
