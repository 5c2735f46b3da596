"""Counts the units of a key: YouTube gives ten thousand a day, from midnight in California (docs/feed-rules.md 1.4)."""

from datetime import datetime
from zoneinfo import ZoneInfo

from portal.feeds.adapters.base import Source

DAILY_UNITS = 10_000
# The rest is left for people who use the key by hand.
UNITS_FOR_PULLS = 9_000
PACIFIC = ZoneInfo("America/Los_Angeles")


def spend(source: Source) -> None:
    """Count one unit; a call costs it even if it fails."""
    today = _today()
    before = source.memory.get("units", 0) if source.memory.get("day") == today else 0
    source.memory = source.memory | {"day": today, "units": before + 1}
    type(source).objects.filter(pk=source.pk).update(memory=source.memory)


def units_today(source: Source) -> int:
    """Return the units that all sources of this kind have spent since midnight, as they share the key."""
    today = _today()
    memories = type(source).objects.filter(kind=source.kind).values_list("memory", flat=True)
    return sum(memory.get("units", 0) for memory in memories if memory.get("day") == today)


def _today() -> str:
    return datetime.now(PACIFIC).date().isoformat()
