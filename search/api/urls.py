"""The addresses of the API. They have no language: a parameter names that of the answer."""

from django.urls import path

from search.api import views
from search.api.parameters import COLLECTIONS

urlpatterns = [
    *(path(name, views.collection_page, {"name": name}, name=f"api_{name}") for name in COLLECTIONS),
    path("openapi.json", views.description, name="api_description"),
    path("<path:rest>", views.unknown),
]
