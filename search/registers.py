"""What this app tells the registers of core. Results of a search are never in the page cache."""

from portal.core.languages import register_language_table
from portal.core.page_cache.registry import Visibility, register_cached_model
from search.languages import LANGUAGES
from search.models import AskedQuestion, Outbox


def register() -> None:
    """Called when the app is ready."""
    for model in (AskedQuestion, Outbox):
        register_cached_model(model, Visibility.NEVER)
    complete = [code for code, language in LANGUAGES.items() if not language.missing()]
    register_language_table("search/languages (search.E004 says what is missing)", complete)
