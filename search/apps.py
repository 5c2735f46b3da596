from django.apps import AppConfig
from django.conf import settings


class SearchConfig(AppConfig):
    name = "search"
    label = "search"
    verbose_name = "Search"

    def ready(self):
        from portal.core.searchable import set_engine
        from search import checks, registers, service  # noqa: F401  (they register themselves)
        from search.indexing import signals  # noqa: F401

        registers.register()
        set_engine(service.answer)
        if settings.SEARCH_URL != "embedded":  # its client takes a second to load, which no question must wait for
            import search.engines.elasticsearch.engine  # noqa: F401
