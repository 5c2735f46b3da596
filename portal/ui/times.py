"""Positions in a recording and lengths of time, as people write and as machines read them."""

from django.utils.translation import gettext as _


def clock(seconds: float) -> str:
    """A position in a recording: 754 -> "12:34", 3754 -> "1:02:34"."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


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
