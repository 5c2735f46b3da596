"""Where the results page answers in each language."""

from django.conf import settings
from django.urls import reverse

from search.languages import rules_for

# A language without a path of its own is named by the system check search.E004.
PATHS = {code: f"{code}/{rules_for(code).results_path or 'search'}/" for code in settings.CONTENT_LANGUAGES}


def search_url(language: str) -> str:
    """Return the path of the results page in a content language."""
    return reverse(f"search_{language}")
