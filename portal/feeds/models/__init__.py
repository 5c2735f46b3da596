"""The models of the feeds room, by what they are about."""

from portal.feeds.models.items import Item, ItemAlias, ItemPicture, Rejection
from portal.feeds.models.source_changes import SourceChange
from portal.feeds.models.sources import Connection, FetchLog, Source

__all__ = ["Connection", "FetchLog", "Item", "ItemAlias", "ItemPicture", "Rejection", "Source", "SourceChange"]
