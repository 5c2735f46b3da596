"""The strip under a recording: where in it the moments are."""

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from portal.ui import addresses, times
from portal.ui.figures.values import value

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
        return mark_safe("")

    def x(item) -> str:
        return f"{100 * float(value(item, 'start_s')) / duration_s:.2f}%"

    height = HEIGHT if url else SMALL
    ground = format_html('<rect class="strip__ground" x="0" y="0" width="100%" height="{}" rx="3"/>', height)
    borders = format_html_join(
        "",
        '<line class="strip__chapter" x1="{0}" y1="0" x2="{0}" y2="{1}"/>',
        ((x(chapter), height) for chapter in chapters),
    )
    stroke = format_html('<rect class="strip__stroke" x="-3.5" y="3" width="7" height="{}" rx="2"/>', height - 6)
    if not url:
        strokes = format_html_join(
            "", '<svg x="{}" overflow="visible">{}</svg>', ((x(moment), stroke) for moment in moments)
        )
        return format_html(
            '<svg class="strip" width="100%" height="{}" aria-hidden="true" focusable="false">{}{}{}</svg>',
            height,
            ground,
            borders,
            strokes,
        )
    links = format_html_join(
        "",
        '<svg x="{}" overflow="visible"><a href="{}" aria-label="{}"><title>{}</title>'
        '<rect class="strip__area" x="-12" y="0" width="24" height="{}"/>{}</a></svg>',
        ((x(m), addresses.moment(url, value(m, "start_s")), _named(m), _named(m), height, stroke) for m in moments),
    )
    return format_html(
        '<svg class="strip" width="100%" height="{}" role="group" aria-label="{}">{}{}{}</svg>',
        height,
        _("Moments in the recording"),
        ground,
        borders,
        links,
    )


def _named(moment) -> str:
    label = str(value(moment, "label") or value(moment, "title"))
    position = times.clock(float(value(moment, "start_s")))
    return f"{position} {label}".strip()
