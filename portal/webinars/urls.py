"""URLs outside the page trees: transcript files, calendars and the feed. Their paths never change."""

from django.urls import path, register_converter

from portal.core.routing.converters import ContentLanguage
from portal.webinars.public import views
from portal.webinars.transcripts import exports


class CaptionFormat(ContentLanguage):
    """Path converter for a format in which transcripts can be downloaded."""

    regex = "|".join(exports.FORMATS)


register_converter(CaptionFormat, "caption_format")

urlpatterns = [
    path("captions/<slug:key>.<slug:language>.<caption_format:ending>", views.caption, name="caption"),
    path("calendar/<content_language:language>.ics", views.sessions_calendar, name="sessions_calendar"),
    path("calendar/<content_language:language>/<slug:key>.ics", views.session_calendar, name="session_calendar"),
    path("feeds/<content_language:language>/webinars.xml", views.webinars_feed, name="webinars_feed"),
]
