"""What the templates of the admin say of the portal itself."""

import json
from html import unescape
from typing import Any

from django import template
from django.conf import settings
from django.db.models import Model
from django.utils.html import strip_tags
from django.utils.text import get_text_list
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from wagtail.admin.compare import diff_text
from wagtail.models import Locale, Page, Site
from wagtail_localize.models import Translation

from portal.core.content.records import Record, languages_of
from portal.core.models import SiteWords
from portal.core.publishing.withdrawal import live_translations, page_with_translations
from portal.core.translation.reviews import former_translations, passages_to_review
from portal.core.translation.state import missing_passages, state_of

register = template.Library()


@register.simple_tag(takes_context=True)
def portal_name(context: dict[str, Any]) -> str:
    """Return the name of the portal; its default before there is a site."""
    request = context.get("request")
    if request is None or Site.find_for_request(request) is None:
        return SiteWords._meta.get_field("name").default
    return SiteWords.for_request(request).name


@register.inclusion_tag("core/admin/translation_state.html", takes_context=True)
def translation_state(context: dict[str, Any], page: Page, translation: Translation, locale: Locale) -> dict[str, Any]:
    """Show the state of a translation in its editor: what is missing, how the text was made, what can be done."""
    page = page.specific
    state = state_of(page)
    missing = missing_passages(translation)
    user = context["request"].user
    waiting = any(not one.is_reviewed for one in passages_to_review(page, translation))
    return {
        "page": page,
        "language": get_language_info(locale.language_code)["name_translated"],
        "missing": missing,
        "state": state,
        "changes": [
            {
                "dutch": former.segment.string.data,
                "difference": diff_text(_words(former.dutch), _words(former.segment.string.data)).to_html(),
            }
            for former in former_translations(translation)
        ],
        "may_review": not missing and waiting and page.permissions_for_user(user).can_publish(),
    }


@register.filter
def with_former_translations(props: str, translation: Translation) -> str:
    """What the translation editor begins with; a passage that Dutch has changed has its former translation in its box.

    Nothing is stored: the passage counts as not translated until somebody saves it.
    """
    known = json.loads(props)
    known["initialStringTranslations"] += [
        {
            "string_id": former.segment.string_id,
            "segment_id": former.segment.pk,
            "data": former.translation,
            "error": _(
                "This is the translation of the former Dutch text. Change it where Dutch changed, then save it."
            ),
            "comment": "",
            "last_translated_by": None,
        }
        for former in former_translations(translation)
    ]
    return json.dumps(known)


def _words(passage: str) -> str:
    """Return the words of a passage without markup."""
    return unescape(strip_tags(passage))


@register.inclusion_tag("core/admin/goes_with.html")
def goes_off_line_with(page: Page) -> dict[str, Any]:
    """List the translations that are unpublished with this page."""
    return {"sentence": _("These translations go off line with it:"), "pages": live_translations(page.specific)}


@register.inclusion_tag("core/admin/goes_with.html")
def is_deleted_with(page: Page) -> dict[str, Any]:
    """List the draft translations that are deleted with this page."""
    return {
        "sentence": _("These translations are deleted with it:"),
        "pages": page_with_translations(page.specific)[1:],
    }


@register.inclusion_tag("core/admin/goes_with.html")
def stays_when_moved(page: Page) -> dict[str, Any]:
    """List the translations that are not moved with this page."""
    sentence = _("These translations stay where they are. Move each of them too when it has to follow:")
    return {"sentence": sentence, "pages": page_with_translations(page.specific)[1:]}


@register.inclusion_tag("core/admin/goes_off_line_in.html")
def goes_off_line_in(thing: Model) -> dict[str, Any]:
    """Name the languages in which a record is unpublished: all that it has."""
    if not isinstance(thing, Record) or not thing.path_in(settings.LANGUAGE_CODE):
        return {}
    codes = [code for code in languages_of(thing, thing.title_field) if thing.path_in(code)]
    names = [get_language_info(code)["name_translated"] for code in codes]
    return {"languages": get_text_list(names, _("and"))}
