"""URLs outside the page trees: transcript files, calendars and the feed. Their paths never change."""

from django.conf import settings
from django.urls import path, register_converter

from portal.webinars.public import views
from portal.webinars.transcripts import exports


class ContentLanguage:
    """Path converter for a content language of the site."""

    regex = "|".join(settings.CONTENT_LANGUAGES)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class CaptionFormat(ContentLanguage):
    """Path converter for a format in which transcripts can be downloaded."""

    regex = "|".join(exports.FORMATS)


register_converter(ContentLanguage, "content_language")
register_converter(CaptionFormat, "caption_format")

urlpatterns = [
    path("captions/<slug:key>.<slug:language>.<caption_format:ending>", views.caption, name="caption"),
    path("calendar/<content_language:language>.ics", views.sessions_calendar, name="sessions_calendar"),
    path("calendar/<content_language:language>/<slug:key>.ics", views.session_calendar, name="session_calendar"),
    path("feeds/<content_language:language>/webinars.xml", views.webinars_feed, name="webinars_feed"),
]
