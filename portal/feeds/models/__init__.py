"""The models of the feeds room, by what they are about."""

from portal.feeds.models.sources import (
    Connection,
    FetchLog,
    Item,
    ItemAlias,
    ItemPicture,
    Rejection,
    Source,
    SourceChange,
)

__all__ = ["Connection", "FetchLog", "Item", "ItemAlias", "ItemPicture", "Rejection", "Source", "SourceChange"]
