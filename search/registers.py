"""What the page cache needs to know about the models of this app; results of a search are never cached."""

from portal.core.page_cache.registry import Visibility, register_cached_model
from search.models import AskedQuestion, Outbox


def register() -> None:
    """Called when the app is ready."""
    for model in (AskedQuestion, Outbox):
        register_cached_model(model, Visibility.NEVER)
