"""The timeline of a project: a line of years above the list of what happened."""

import re
from collections.abc import Iterable
from datetime import date

from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from portal.ui.figures.values import confirmed, value

PARTIAL_DATE = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?")
FEWEST_FOR_AN_AXIS = 3


def timeline(events: Iterable, *, title: str = "") -> SafeString:
    """A project's events in the order given, under a line of years when three or more have a date.

    `events` have `date` ("2021", "2021-02", "2021-02-15", or a date), `when` (the date in words), `text` and
    `unconfirmed`. Nothing for no events.
    """
    events = [
        {
            "date": str(value(event, "date")).rstrip("~"),
            "when": value(event, "when") or str(value(event, "date")),
            "text": value(event, "text"),
            "unconfirmed": not confirmed(event),
        }
        for event in events
    ]
    if not events:
        return mark_safe("")
    dated = [(position, event["unconfirmed"]) for event in events if (position := year_of(event["date"])) is not None]
    return render_to_string(
        "ui/figures/timeline.html",
        {
            "events": events,
            "title": title,
            "axis": _axis(dated),
            "doubts": any(event["unconfirmed"] for event in events),
        },
    )


def year_of(text: str) -> float | None:
    """A partial date as a year with a fraction: "2021-07-02" -> 2021.5; None when it is no date.

    A year alone stands in its middle, a month in the middle of the month.
    """
    match = PARTIAL_DATE.match(text)
    if not match:
        return None
    year = int(match["year"])
    if not match["month"]:
        return year + 0.5
    day = date(year, int(match["month"]), int(match["day"] or 15))
    return year + (day.timetuple().tm_yday - 1) / 366


def _axis(dated: list[tuple[float, bool]]) -> SafeString:
    if len(dated) < FEWEST_FOR_AN_AXIS:
        return mark_safe("")
    positions = [position for position, _doubt in dated]
    first, last = int(min(positions)), int(max(positions)) + 1
    every = 1 + (last - first) // 7

    def x(position: float) -> str:
        return f"{100 * (position - first) / (last - first):.2f}%"

    years = format_html_join(
        "",
        '<line class="axis__year" x1="{0}" y1="14" x2="{0}" y2="26"/><text x="{0}" y="44"{2}>{1}</text>',
        (
            (x(year), year, mark_safe(' text-anchor="middle"') if year != first else "")
            for year in range(first, last)
            if (year - first) % every == 0
        ),
    )
    rings = format_html_join(
        "",
        '<circle class="axis__ring{}" cx="{}" cy="20" r="5"/>',
        ((" axis__ring--unconfirmed" if doubt else "", x(position)) for position, doubt in dated),
    )
    return format_html(
        '<svg class="axis" width="100%" height="52" aria-hidden="true" focusable="false">'
        '<line class="axis__line" x1="0" y1="20" x2="100%" y2="20"/>'
        '<line class="axis__span" x1="{}" y1="20" x2="{}" y2="20"/>{}{}</svg>',
        x(min(positions)),
        x(max(positions)),
        years,
        rings,
    )
