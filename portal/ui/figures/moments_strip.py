"""The strip under a recording: where in it the moments are."""

from collections.abc import Iterable
from typing import Any

from django.utils.safestring import SafeString

from portal.ui import addresses, times
from portal.ui.figures.values import value
from portal.ui.rendering import rendered

HEIGHT = 38
SMALL = 16


def moments_strip(moments: Iterable, duration_s: float | None, *, chapters: Iterable = (), url: str = "") -> SafeString:
    """Chapters as fields and moments as strokes on a line as long as the recording.

    `moments` have `start_s` and `label`, `chapters` have `start_s` and `title`, in seconds. With `url` the strokes are
    links to the moment, else the strip is an ornament beside a list of the same moments. Nothing without a duration.
    """
    duration_s = float(duration_s or 0)
    moments = [moment for moment in moments if 0 <= float(value(moment, "start_s", -1)) <= duration_s]
    chapters = [chapter for chapter in chapters if 0 < float(value(chapter, "start_s", -1)) < duration_s]
    if not duration_s or not (moments or chapters):
        return SafeString()

    def x(item: Any) -> str:
        return f"{100 * float(value(item, 'start_s')) / duration_s:.2f}%"

    height = HEIGHT if url else SMALL
    return rendered(
        "figures/moments_strip",
        {
            "height": height,
            "stroke_height": height - 6,
            "linked": bool(url),
            "chapters": [x(chapter) for chapter in chapters],
            "moments": [
                {"x": x(moment)}
                | ({"url": addresses.moment(url, value(moment, "start_s")), "name": _named(moment)} if url else {})
                for moment in moments
            ],
        },
    )


def _named(moment: Any) -> str:
    label = str(value(moment, "label") or value(moment, "title"))
    position = times.clock(float(value(moment, "start_s")))
    return f"{position} {label}".strip()
