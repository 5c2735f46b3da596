"""What the page cache needs to know about the models of this app: no visitor sees the inbox."""

from portal.core.page_cache.registry import Visibility, register_cached_model
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
