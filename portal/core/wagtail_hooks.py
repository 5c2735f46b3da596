"""What the admin does differently here: translations are whole or not public, reviews are said, forms help."""

from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.i18n import JavaScriptCatalog
from wagtail import hooks
from wagtail.models import Page

from portal.core import translating
from portal.core.rich_text import PublicPageLinks
from portal.core.translating import refuse_what_is_not_whole


@hooks.register("before_edit_page", order=-10)
def translation_is_published_whole(request, page):
    """Refuse to publish a translation that still misses passages: visitors would read Dutch in the middle of it.

    Wagtail's form names its button `action-publish`; the translation editor sends `action=publish`.
    """
    if request.method == "POST" and ("action-publish" in request.POST or request.POST.get("action") == "publish"):
        return refuse_what_is_not_whole(request, [page], reverse("wagtailadmin_pages:edit", args=[page.pk]))
    return None


@hooks.register("before_bulk_action")
def translations_of_a_list_are_published_whole(request, action_type, objects, action):
    """The same for what is ticked in a list."""
    if request.method == "POST" and action_type == "publish" and issubclass(action.model, Page):
        return refuse_what_is_not_whole(request, objects, action.next_url)
    return None


@hooks.register("after_copy_page")
def a_copy_has_a_key_of_its_own(request, page, copy):
    """The permanent key stays with the page that had it; a copy, and each page under it, gets one from its address."""
    for copied in copy.get_descendants(inclusive=True).specific():
        draft = copied.get_latest_revision_as_object()
        draft.key = copied.key = copied.free_key()
        copied.save(update_fields=["key"])
        draft.save_revision(user=request.user)


@hooks.register("register_admin_urls", order=-1)
def translation_urls():
    return [
        path("schakel/reviewed/<int:page_id>/", translating.translation_reviewed, name="translation_reviewed"),
        # In place of the package's own, at its own addresses.
        path("localize/jsi18n/", JavaScriptCatalog.as_view(), name="words_of_the_translation_editor"),
        path(
            "localize/update/<int:translation_source_id>/",
            translating.BringDutchChanges.as_view(),
            name="bring_dutch_changes",
        ),
    ]


@hooks.register("register_log_actions")
def review_is_logged(actions):
    reviewed = gettext_lazy("Translation reviewed"), gettext_lazy("A person read and approved this translation")
    actions.register_action("schakel.reviewed", *reviewed)


@hooks.register("register_rich_text_features", order=100)
def links_lead_to_public_pages(features):
    features.register_link_type(PublicPageLinks)


@hooks.register("insert_editor_js")
def count_words_while_writing() -> SafeString:
    return format_html(
        '<script src="{}" data-words="{}"></script>', static("core/admin/words.js"), _("{number} of {limit} words")
    )


@hooks.register("insert_global_admin_js")
def choose_topics_by_a_part_of_a_word() -> SafeString:
    """In every form of the admin: topics are chosen for methods, projects, dossiers and recordings alike."""
    return format_html(
        '<script src="{}" data-filter="{}" data-remove="{}" data-none="{}"></script>',
        static("core/admin/topics.js"),
        _("Type a part of the word"),
        _("Take {topic} away"),
        _("No topic has this in its name."),
    )


@hooks.register("insert_global_admin_js")
def typed_dates_stay_as_they_are() -> SafeString:
    return format_html('<script src="{}"></script>', static("core/admin/dates.js"))


@hooks.register("insert_global_admin_css")
def look_of_the_forms() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("core/admin/forms.css"))


@hooks.register("construct_help_menu")
def help_is_in_the_languages_of_the_portal(request, items):
    """Leave out Wagtail's own guide and news: they are English, on another site, and about another form."""
    items[:] = [item for item in items if item.name == "keyboard-shortcuts-trigger"]


@hooks.register("construct_homepage_summary_items", order=1000)
def no_totals_on_the_first_screen(request, items):
    """Leave out how many pages and pictures there are: nobody comes for that."""
    items.clear()
