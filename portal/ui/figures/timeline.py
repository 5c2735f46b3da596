"""The timeline of a project: a line of years above the list of what happened."""

import re
from collections.abc import Iterable
from datetime import date

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

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
        return SafeString()
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


def _axis(dated: list[tuple[float, bool]]) -> dict | None:
    """Where the years and the dates stand on the line; None when there are too few dates for one."""
    if len(dated) < FEWEST_FOR_AN_AXIS:
        return None
    positions = [position for position, _doubt in dated]
    first, last = int(min(positions)), int(max(positions)) + 1
    every = 1 + (last - first) // 7

    def x(position: float) -> str:
        return f"{100 * (position - first) / (last - first):.2f}%"

    return {
        "start": x(min(positions)),
        "end": x(max(positions)),
        "years": [(x(year), str(year)) for year in range(first, last, every)],
        "dates": [(x(position), doubt) for position, doubt in dated],
    }
