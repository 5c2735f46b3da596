"""Positions in a recording and lengths of time, as people write and as machines read them."""

import re

from django.utils.translation import gettext as _

_POSITION = re.compile(r"(?:(\d{1,3}):)?(\d{1,4}):(\d{1,2})(?:[.,](\d{1,3}))?", re.ASCII)


def clock(seconds: float) -> str:
    """A position in a recording: 754 -> "12:34", 3754 -> "1:02:34"."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def exact_clock(milliseconds: int) -> str:
    """A position to the millisecond, as short as it can be written: 754500 -> "12:34.5", 3754000 -> "1:02:34"."""
    whole, rest = divmod(milliseconds, 1000)
    return f"{clock(whole)}.{rest:03}".rstrip("0") if rest else clock(whole)


def milliseconds_of(written: str) -> int | None:
    """The position that somebody wrote as `exact_clock` does, with a point or a comma; None when it is none."""
    found = _POSITION.fullmatch(written.strip())
    if found is None:
        return None
    hours, minutes, seconds = int(found[1] or 0), int(found[2]), int(found[3])
    if seconds > 59 or (found[1] and minutes > 59):
        return None
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + int((found[4] or "").ljust(3, "0"))


def duration(seconds: float) -> str:
    """A length in words: 2880 -> "48 min", 5400 -> "1 h 30 min", 40 -> "40 s"."""
    seconds = round(seconds)
    if seconds < 60:
        return _("%(seconds)s s") % {"seconds": seconds}
    hours, minutes = divmod(round(seconds / 60), 60)
    if not hours:
        return _("%(minutes)s min") % {"minutes": minutes}
    return (
        _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": minutes}
        if minutes
        else _("%(hours)s h") % {"hours": hours}
    )


def iso_duration(seconds: float) -> str:
    """The same length for the `datetime` attribute: 2880 -> "PT2880S" (ISO 8601)."""
    return f"PT{round(seconds)}S"
