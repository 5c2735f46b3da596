"""What feeds declare to search and to the page cache: no visitor sees the inbox."""

from portal.core.page_cache.registry import Visibility, register_cached_model
from portal.core.searchable import register_dependents
from portal.feeds.models import (
    Connection,
    FetchLog,
    Item,
    ItemAlias,
    ItemPicture,
    Rejection,
    Source,
    SourceChange,
)


def register() -> None:
    """Called when the app is ready."""
    for model in (Connection, FetchLog, Item, ItemAlias, ItemPicture, Rejection, Source, SourceChange):
        register_cached_model(model, Visibility.NEVER)
    register_dependents(Item, "recording")
    register_dependents(ItemAlias, "item.recording")
    register_dependents(ItemPicture, "item.recording")
    register_dependents(Rejection, "item.recording", "recording")
    register_dependents(SourceChange, "place.recording")
