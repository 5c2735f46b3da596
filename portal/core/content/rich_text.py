"""Text of editors as markup: links lead to the page in the visitor's language, and never to one that she cannot see."""

from collections.abc import Iterable

from django.db.models import Q
from django.utils import translation
from django.utils.html import escape, strip_tags
from django.utils.safestring import SafeString, mark_safe
from wagtail.models import Page
from wagtail.rich_text import expand_db_html
from wagtail.rich_text.pages import PageLinkHandler

from portal.core.content.numbers import whole_number
from portal.core.publishing.visibility import public

_BETWEEN = "<!-- next -->"


def as_markup(texts: Iterable[str]) -> list[SafeString]:
    """Return stored rich texts as markup; "" for an empty one.

    All in one go, so that their links cost the same one query however many texts have links.
    """
    shown = expand_db_html(_BETWEEN.join(text if strip_tags(text or "").strip() else "" for text in texts))
    return [mark_safe(text) for text in shown.split(_BETWEEN)]  # noqa: S308  (editors' text, through Wagtail's rules)


class PublicPageLinkHandler(PageLinkHandler):
    """Links to public pages, in the active language if the page exists in it; other links become plain text.

    Costs one query for a text however many links it has.
    """

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict]) -> list[str]:
        numbers = [whole_number(str(attrs.get("id", ""))) for attrs in attrs_list]
        keys = Page.objects.filter(pk__in=set(numbers) - {None}).values("translation_key")
        pages = public(Page.objects.live()).filter(
            Q(pk__in=set(numbers) - {None})
            | Q(translation_key__in=keys, locale__language_code=translation.get_language())
        )
        linked, translated = {}, {}
        for page in pages.select_related("locale"):
            linked[page.pk] = page
            if page.locale.language_code == translation.get_language():
                translated[page.translation_key] = page
        tags = []
        for number in numbers:
            page = linked.get(number)
            url = page and translated.get(page.translation_key, page).url
            tags.append(f'<a href="{escape(url)}">' if url else "<a>")
        return tags
