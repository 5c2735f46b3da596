"""The units that YouTube counts: ten thousand a day for a key, from midnight in California (feeds.md 1.4)."""

from datetime import datetime
from zoneinfo import ZoneInfo

DAILY_UNITS = 10_000
# Some are left for whoever uses the key by hand.
OURS = 9_000
PACIFIC = ZoneInfo("America/Los_Angeles")


def spend(source) -> None:
    """Write down one unit, which a call costs also when it fails."""
    today = _today()
    before = source.memory.get("units", 0) if source.memory.get("day") == today else 0
    source.memory = source.memory | {"day": today, "units": before + 1}
    type(source).objects.filter(pk=source.pk).update(memory=source.memory)


def units_today(source) -> int:
    """What all sources of this kind have spent together since midnight: they share the key."""
    today = _today()
    memories = type(source).objects.filter(kind=source.kind).values_list("memory", flat=True)
    return sum(memory.get("units", 0) for memory in memories if memory.get("day") == today)


def _today() -> str:
    return datetime.now(PACIFIC).date().isoformat()
