"""Which engine answers: chosen by settings.SEARCH_URL."""

import atexit
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from search.engines.contract import Engine


def current_engine() -> Engine:
    """Return the engine of the settings, one for each process. Raises ImproperlyConfigured with what to write."""
    languages = tuple(settings.CONTENT_LANGUAGES)
    if settings.SEARCH_URL == "embedded":
        return _embedded(settings.DATA_DIR / "index", languages)
    if settings.SEARCH_URL.startswith(("https://", "http://")):
        return _elasticsearch(
            settings.SEARCH_URL, settings.SEARCH_API_KEY, settings.SEARCH_CA_FILE, settings.SEARCH_INDEX, languages
        )
    raise ImproperlyConfigured(
        f"SEARCH_URL is “{settings.SEARCH_URL}”. Write SEARCH_URL=embedded or leave it out for the engine that comes "
        "along, or give the address of an Elasticsearch 8 server, for example https://search.example.org:9200."
    )


@lru_cache(maxsize=8)
def _embedded(folder: Path, languages: tuple[str, ...]) -> Engine:
    # Only the engine that is used is loaded. The thesaurus needs Django's models, an engine alone does not.
    from search.engines.embedded.engine import EmbeddedEngine
    from search.thesaurus.current_thesaurus import current_thesaurus

    engine = EmbeddedEngine(folder, languages, current_thesaurus)
    atexit.register(engine.close)  # a writer that is dropped without waiting for its merges leaves its work undone
    return engine


@lru_cache(maxsize=8)
def _elasticsearch(address: str, api_key: str, ca_file: str, index: str, languages: tuple[str, ...]) -> Engine:
    # As above, and the client of the server takes a second to load.
    from search.engines.elasticsearch.engine import ElasticsearchEngine
    from search.engines.elasticsearch.settings_check import checked_server
    from search.thesaurus.current_thesaurus import current_thesaurus

    server = checked_server(address, api_key, ca_file, index)
    return ElasticsearchEngine(server, index, languages, current_thesaurus)
