"""The results page and what belongs to it, one address in each language, and the API.

The language comes from the path.
"""

from django.urls import include, path

from search.results import views
from search.results.addresses import PATHS

VIEWS = {
    "search": ("", views.results),
    "search_feed": ("results.atom", views.results_feed),
    "search_table": ("results.csv", views.results_table),
    "suggestions": ("suggestions.json", views.suggestions),
    "opensearch": ("opensearch.xml", views.opensearch),
}

urlpatterns = [
    path("api/v1/", include("search.api.urls")),
    *(
        path(address + name, view, {"language": language}, name=f"{route}_{language}")
        for language, address in PATHS.items()
        for route, (name, view) in VIEWS.items()
    ),
]
