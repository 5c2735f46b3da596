"""The ids of items: the id of a video or a post holds everywhere, any other id only within its source.

Feeds promise no more for their ids (JSON Feed 1.1, RSS), so two feeds with the ids 1, 2 and 3 have six items. An id
outside a platform is therefore stored with the number of its source.
"""

from datetime import datetime
from hashlib import sha256
from typing import Any

from portal.webinars.platforms import Platform, platform_of

# Prefix of an id without the number that a bridge adds in every run. Such an id alone identifies nothing.
RUN_PREFIX = "run:"


def scoped_id(source: Any, external_id: str) -> str:
    """Return the id under which an id of this source is stored: "web:…" of source 7 is "web:7:…"."""
    if platform_of(external_id) != Platform.WEB:
        return external_id
    prefix, _colon, name = external_id.partition(":")
    return f"{prefix}:{source.pk}:{name}"


def short_hash(*parts: str) -> str:
    """Return a hash that stands for strings of any length, short enough for an id."""
    return sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:40]


def fallback_id(title: str, text: str, published: datetime | None) -> str:
    """Return an id for an entry without a usable one, always the same, so that it is quarantined only once."""
    return "?:" + short_hash(title, text, str(published))
