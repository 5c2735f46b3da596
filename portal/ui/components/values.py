"""What components read from what they are given: dictionaries or objects, the request, languages."""

from typing import Any

from django.conf import settings
from django.http import QueryDict
from django.template import Context
from django.utils.html import format_html
from django.utils.translation import get_language, get_language_info

COMPONENTS = "ui/components/"


def attribute(item: Any, name: str, default: Any = "") -> Any:
    """A value of a dictionary or an object."""
    return item.get(name, default) if isinstance(item, dict) else getattr(item, name, default)


def query_of(context: Context) -> QueryDict:
    """The query string of the request that is being answered; empty without a request."""
    request = context.get("request")
    return request.GET if request else QueryDict()


def language_name(code: str) -> str:
    """What a language calls itself."""
    names = dict(getattr(settings, "WAGTAIL_CONTENT_LANGUAGES", ()))
    return names.get(code) or get_language_info(code)["name_local"].capitalize()


def marked(text: str, language: str) -> str:
    """A text with its language where that is not the page's: `<span lang="nl">…</span>`, else as it is."""
    return format_html('<span lang="{}">{}</span>', language, text) if text and differs(language) else text


def link_to(text: str, url: str) -> str:
    """A text as a link, or as it is without an address; for the middle of a translated sentence."""
    return format_html('<a href="{}">{}</a>', url, text) if url else text


def own_name(code: str) -> str:
    """What a language calls itself, marked as being in that language."""
    return marked(language_name(code), code)


def differs(code: str, page_language: str = "") -> str:
    """The code when it is another language than the page's (the active one when not given), else nothing."""
    return code if code and code != (page_language or get_language()) else ""


def not_all(languages: Any) -> Any:
    """Languages, when they are not all those of the site: what can be read in every language needs no mark."""
    return languages if languages and set(settings.CONTENT_LANGUAGES) - set(languages) else ()
