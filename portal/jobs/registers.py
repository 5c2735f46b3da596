"""What the page cache needs to know about the models of this app."""

from portal.core.page_cache.registry import Visibility, register_cached_model
from portal.jobs.models import Job


def register() -> None:
    """Called when the app is ready."""
    register_cached_model(Job, Visibility.NEVER)
