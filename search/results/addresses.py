"""Where the results page answers in each language."""

from django.urls import reverse

PATHS = {"nl": "nl/zoeken/", "fr": "fr/recherche/", "en": "en/search/", "de": "de/suche/"}


def search_url(language: str) -> str:
    """The path of the results page in a content language."""
    return reverse(f"search_{language}")
