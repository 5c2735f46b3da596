"""Path converters that several rooms use in their `urls.py`."""

from django.conf import settings
from django.urls import register_converter


class ContentLanguage:
    """A content language of the site: `<content_language:language>`."""

    regex = "|".join(settings.CONTENT_LANGUAGES)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(ContentLanguage, "content_language")
