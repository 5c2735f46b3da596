"""Who a thing is: a video or a post is the same everywhere, anything else is known within its source only.

Feeds promise no more of their ids than that (JSON Feed 1.1, RSS), so two feeds with the ids 1, 2 and 3 have six things.
An id outside a platform is therefore kept together with the source that gave it.
"""

from datetime import datetime
from hashlib import sha256

PLATFORMS = ("yt:", "li:")
# An id without the number that a bridge adds to it at every run. It never tells alone who a thing is.
OF_RUN = "run:"


def scoped(source, external_id: str) -> str:
    """The identity under which an id that this source gave is kept: "web:…" of source 7 is "web:7:…"."""
    if external_id.startswith(PLATFORMS):
        return external_id
    prefix, _colon, name = external_id.partition(":")
    return f"{prefix}:{source.pk}:{name}"


def hashed(*parts: str) -> str:
    """What stands for some strings of any length and letters, the same each time."""
    return sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:40]


def stand_in_id(title: str, text: str, published: datetime | None) -> str:
    """An identity for an entry without a usable id, the same each time, so that it is set apart only once."""
    return "?:" + hashed(title, text, str(published))
