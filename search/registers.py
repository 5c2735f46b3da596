"""What this app tells the registers of core. Results of a search are never in the page cache."""

from portal.core.languages import register_language_table
from portal.core.page_cache.registry import Visibility, register_cached_model
from search.models import AskedQuestion, Outbox
from search.question import common_words, inflection, normalise, spelling_variants
from search.results import addresses


def register() -> None:
    """Called when the app is ready."""
    for model in (AskedQuestion, Outbox):
        register_cached_model(model, Visibility.NEVER)
    register_language_table("search/results/addresses.py: PATHS", addresses.PATHS)
    register_language_table("search/question/normalise.py: STEMMERS", normalise.LANGUAGES)
    register_language_table("search/question/spelling_variants.py: HOURS", spelling_variants.HOURS)
    register_language_table("search/question/spelling_variants.py: PER_HOUR", spelling_variants.PER_HOUR)
    register_language_table("search/question/inflection.py: LANGUAGES", inflection.LANGUAGES)
    register_language_table("search/question/common_words: LANGUAGES", common_words.LANGUAGES)
