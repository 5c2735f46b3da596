"""What this app tells the registers of core."""

from portal.core.languages import register_language_table
from portal.core.page_cache.registry import Visibility, register_cached_model
from portal.starter.loading import structure
from portal.starter.models import StarterEntry


def register() -> None:
    """Called when the app is ready."""
    register_cached_model(StarterEntry, Visibility.NEVER)
    register_language_table("portal/starter/loading/structure.py: TAGLINE", structure.TAGLINE)
    register_language_table("portal/starter/loading/structure.py: PUBLISHER", structure.PUBLISHER)
