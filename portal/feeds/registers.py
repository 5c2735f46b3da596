"""What feeds declare to search."""

from portal.core.searchable import register_dependents
from portal.feeds.models import Item, ItemAlias, ItemPicture, Rejection, SourceChange


def register() -> None:
    """Called when the app is ready."""
    register_dependents(Item, "recording")
    register_dependents(ItemAlias, "item.recording")
    register_dependents(ItemPicture, "item.recording")
    register_dependents(Rejection, "item.recording", "recording")
    register_dependents(SourceChange, "place.recording")
