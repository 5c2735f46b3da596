"""Who a thing is when its source gives it no identity."""

from datetime import datetime
from hashlib import sha256


def stand_in_id(title: str, text: str, published: datetime | None) -> str:
    """An identity for an entry without a usable id, the same each time, so that it is set apart only once."""
    return "?:" + sha256(f"{title}\n{text}\n{published}".encode()).hexdigest()[:40]
