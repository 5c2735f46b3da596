"""The addresses of the API. They have no language: the answer is in the one that is asked for."""

from django.urls import path

from search.api import views
from search.api.parameters import COLLECTIONS

urlpatterns = [
    *(path(name, views.things, {"name": name}, name=f"api_{name}") for name in COLLECTIONS),
    path("openapi.json", views.description, name="api_description"),
    path("<path:rest>", views.unknown),
]
