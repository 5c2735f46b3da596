"""The results page and what lies under it, one path in each language (the language comes from the path); the API."""

from django.urls import include, path

from search.results import views
from search.results.addresses import PATHS

UNDER_A_PATH = {
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
        for route, (name, view) in UNDER_A_PATH.items()
    ),
]
