"""The values of a feed item: the one list of what a source can say about a video, a post or a session.

To add a field, add a line here that says what it is used for, and a column of the same name to `Item` (and to
`RecordingSource`, if recordings show it). A system check names the column that is missing (`portal.feeds.checks`).
"""

from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

# What a field is used for.
STORED = {"stored": True}  # a column of Item with the same name
TEXT = {"text": True}  # characters that no database stores are removed from it
ADDRESS = {"address": True}  # emptied unless it is a web address that a browser opens
CONTENT = {"content": True}  # another value counts as a change of the item
# The same, but an item without any of these values has the hash that it had before these fields existed.
OPTIONAL_CONTENT = {"optional_content": True}
FILLS_GAPS = {"fills_gaps": True}  # one source may know it and another not: an empty value erases nothing
ON_RECORDING = {"on_recording": True}  # copied to the RecordingSource of an accepted item


@dataclass(frozen=True, kw_only=True)
class ItemValues:
    """What a source says about one video, post or session.

    `external_id` is the platform's own id with its prefix ("yt:…", "li:…"). With any other prefix it is an id of this
    source alone, and `store_items` adds the number of the source (`item_ids.scoped_id`). `aliases` are further ids of
    the same item: LinkedIn gives a post several unrelated numbers. `former_ids` are ids under which an earlier version
    of the portal may have stored the item; an item found under one of them with the same title or address is the same.

    `broadcast` is a `choices.Broadcast`, `reason` a `choices.Reason`, or empty. Texts are plain text, already cleaned
    (`reading.text`). `event_start` and `event_end` are when it takes place; `file_url` leads to the film or sound
    itself.
    """

    external_id: str
    aliases: tuple[str, ...] = ()
    former_ids: tuple[str, ...] = ()

    # Hashed in this order: another order would make every stored item look changed.
    title: str = field(metadata=STORED | TEXT | CONTENT | ON_RECORDING)
    text: str = field(metadata=STORED | TEXT | CONTENT | ON_RECORDING)
    url: str = field(metadata=STORED | ADDRESS | CONTENT | ON_RECORDING)
    duration_s: int | None = field(default=None, metadata=STORED | CONTENT | FILLS_GAPS | ON_RECORDING)
    kind_guess: str = field(metadata=STORED | CONTENT)
    event_start: datetime | None = field(default=None, metadata=STORED | OPTIONAL_CONTENT | FILLS_GAPS | ON_RECORDING)
    event_end: datetime | None = field(default=None, metadata=STORED | OPTIONAL_CONTENT | FILLS_GAPS)
    broadcast: str = field(default="", metadata=STORED | OPTIONAL_CONTENT | FILLS_GAPS)

    thumbnail_url: str = field(default="", metadata=STORED | ADDRESS | ON_RECORDING)
    file_url: str = field(default="", metadata=STORED | ADDRESS)
    published_at: datetime | None = field(default=None, metadata=STORED | ON_RECORDING)
    updated_at: datetime | None = field(default=None, metadata=STORED)
    reason: str = field(default="", metadata=STORED)


def fields_used_for(use: dict[str, bool]) -> tuple[str, ...]:
    """Return the names of the fields with one of the uses above, in the order of the list."""
    (name,) = use
    return tuple(one.name for one in fields(ItemValues) if one.metadata.get(name))


def field_values(holder: Any, use: dict[str, bool]) -> dict[str, Any]:
    """Return the fields with one of the uses above and their values on an `ItemValues` or an `Item`."""
    return {name: getattr(holder, name) for name in fields_used_for(use)}
