"""What the templates of the admin say of the portal itself."""

from django import template
from django.utils.translation import get_language_info
from wagtail.models import Site

from portal.core.models import SiteWords, TranslationOrigin
from portal.core.translations import missing_passages, state_of

register = template.Library()


@register.simple_tag(takes_context=True)
def portal_name(context) -> str:
    """The name of the portal as visitors read it; before there is a site, the name that it starts with."""
    request = context.get("request")
    if request is None or Site.find_for_request(request) is None:
        return SiteWords._meta.get_field("name").default
    return SiteWords.for_request(request).name


@register.inclusion_tag("core/admin/translation_state.html", takes_context=True)
def translation_state(context, page, translation, locale) -> dict:
    """What a translator wants to know before she begins: what is missing, how the text was made, what she can do."""
    state = state_of(page.specific)
    missing = missing_passages(translation)
    user = context["request"].user
    reviewed = state is not None and state.origin == TranslationOrigin.REVIEWED
    return {
        "page": page,
        "language": get_language_info(locale.language_code)["name_translated"],
        "missing": missing,
        "is_machine": state is not None and state.is_machine,
        "is_reviewed": reviewed,
        "may_review": not missing and not reviewed and page.permissions_for_user(user).can_publish(),
        "original_url": state.original_url if state else "",
    }
