"""Addresses outside the page trees: the feeds, which never change."""

from django.urls import path

from portal.core.routing import converters  # noqa: F401  (registers the one that is used here)
from portal.follow import views

urlpatterns = [
    path("feeds/<content_language:language>/changes.xml", views.changes_feed, name="changes_feed"),
    path("feeds/<content_language:language>/topics/<slug:key>.xml", views.topic_feed, name="topic_feed"),
    path("feeds/<content_language:language>/programmes/<slug:key>.xml", views.programme_feed, name="programme_feed"),
    path("feeds/<content_language:language>/series/<slug:key>.xml", views.series_feed, name="series_feed"),
]
