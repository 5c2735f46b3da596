"""What the admin does differently here: translations are whole or not public, reviews are said, forms help."""

from urllib.parse import urlencode

from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.i18n import JavaScriptCatalog
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.rich_text.converters.html_to_contentstate import BlockElementHandler
from wagtail.admin.rich_text.editors.draftail.features import BlockFeature
from wagtail.admin.views.chooser import page_models_from_string
from wagtail.models import Locale, Page
from wagtail.rich_text.feature_registry import FeatureRegistry

from portal.core import views
from portal.core.accounts import account_views, staff_sessions
from portal.core.admin.api import ReadOnlyPagesAPIViewSet
from portal.core.content.rich_text import PublicPageLinkHandler
from portal.core.models import BasePage
from portal.core.publishing.delete_views import (
    DocumentDeleteView,
    ImageDeleteView,
    UploadedDocumentDeleteView,
    UploadedImageDeleteView,
    offer_to_republish_translations,
    refuse_to_delete,
    republish_translations,
)
from portal.core.publishing.visibility import SOURCE_LANGUAGE
from portal.core.publishing.withdrawal import WITH_DUTCH, delete_orphaned_translations
from portal.core.translation import admin_actions
from portal.core.translation.admin_actions import refuse_to_publish


@hooks.register("before_edit_page", order=-10)
def translation_is_published_whole_and_with_its_dutch_page(request, page):
    """Wagtail's form names its button `action-publish`; the translation editor sends `action=publish`; an approval
    publishes too.
    """
    sent = request.POST
    publishes = (
        "action-publish" in sent or sent.get("action") == "publish" or sent.get("workflow-action-name") == "approve"
    )
    if request.method == "POST" and publishes:
        return refuse_to_publish(request, [page], reverse("wagtailadmin_pages:edit", args=[page.pk]))
    return None


@hooks.register("before_bulk_action")
def translations_of_a_list_are_published_so_too(request, action_type, objects, action):
    if request.method == "POST" and action_type == "publish" and issubclass(action.model, Page):
        return refuse_to_publish(request, objects, action.next_url)
    return None


@hooks.register("before_bulk_action")
def what_was_public_is_not_deleted_from_a_list(request, action_type, objects, action):
    return refuse_to_delete(request, objects, action.next_url) if action_type == "delete" else None


@hooks.register("before_delete_page")
def a_page_that_was_public_is_not_deleted(request, page):
    return refuse_to_delete(request, [page], reverse("wagtailadmin_pages:edit", args=[page.pk]))


@hooks.register("before_delete_snippet")
def a_record_that_was_public_is_not_deleted(request, records):
    return refuse_to_delete(request, records, reverse(records[0].snippet_viewset.get_url_name("list")))


@hooks.register("after_delete_page")
def drafts_of_translations_go_with_their_dutch_page(request, page):
    delete_orphaned_translations([page], request.user)


@hooks.register("after_bulk_action")
def drafts_of_translations_go_with_the_dutch_pages_of_a_list(request, action_type, objects, action):
    if action_type == "delete" and issubclass(action.model, Page):
        delete_orphaned_translations(objects, request.user)


@hooks.register("before_edit_page")
def translations_may_come_back(request, page):
    """Said on the editor of the Dutch page, which every way of publishing leads to, until they are back."""
    if request.method == "GET":
        offer_to_republish_translations(request, [page.specific])


@hooks.register("after_publish_page")
def translations_may_come_back_at_once(request, page):
    offer_to_republish_translations(request, [page.specific])


@hooks.register("after_bulk_action")
def translations_of_a_list_may_come_back(request, action_type, objects, action):
    if action_type == "publish" and issubclass(action.model, Page):
        offer_to_republish_translations(request, Page.objects.filter(pk__in=[page.pk for page in objects]).specific())


@hooks.register("construct_page_action_menu")
def a_translation_stays_one(items, request, context):
    items[:] = [item for item in items if item.name != "localize-convert-to-alias"]


@hooks.register("before_copy_page")
def a_copy_starts_as_a_draft(request, page):
    """Published at once or as an alias it would have the permanent key of the page that it is a copy of."""
    if request.method != "POST" or not (request.POST.get("publish_copies") or request.POST.get("alias")):
        return None
    messages.error(
        request,
        _(
            "Not copied: a copy starts as a draft with an address of its own. Copy again without publishing the copies "
            "and without making an alias."
        ),
    )
    return redirect("wagtailadmin_pages:copy", page.pk)


@hooks.register("after_copy_page")
def a_copy_is_a_page_of_its_own(request, page, copy):
    """The permanent key stays with the page that had it; a copy, and each page under it, gets one from its address.

    Its review stays too: nobody has read the copy yet.
    """
    for copied in copy.get_descendants(inclusive=True).specific():
        draft = copied.get_latest_revision_as_object()
        draft.key = copied.key = copied.free_key()
        for one in (draft, copied):
            one.reviewed_on, one.reviewer_role, one.next_review_on = None, "", None
        copied.save(update_fields=["key", "reviewed_on", "reviewer_role", "next_review_on"])
        draft.save_revision(user=request.user)


@hooks.register("construct_page_chooser_queryset")
def what_a_relation_may_choose(pages, request):
    """Relations point at Dutch pages, so where one of our own types is chosen its translations are not offered too:
    four pages with the same title, of which three would be wrong.
    """
    names = filter(None, (request.GET.get("page_type") or "").split(","))
    types = [page_models_from_string(name) for name in names]
    if types and all(models and issubclass(models[0], BasePage) for models in types):
        return pages.filter(locale=Locale.objects.get(language_code=SOURCE_LANGUAGE))
    return pages


@hooks.register("construct_admin_api")
def admin_api_only_reads(router):
    router.register_endpoint("pages", ReadOnlyPagesAPIViewSet)


@hooks.register("register_admin_urls", order=-1)
def own_urls():
    return [
        path("session/again/", staff_sessions.logged_in_again, name="logged_in_again"),
        path("schakel/translations-back/<int:page_id>/", republish_translations, name="translations_back"),
        path("schakel/reviewed/<int:page_id>/", admin_actions.mark_translation_reviewed, name="translation_reviewed"),
        path("schakel/staff-picture/<int:user_id>/", views.staff_picture, name="staff_picture"),
        # In place of the packages' own, at their own addresses.
        path("images/<int:image_id>/delete/", ImageDeleteView.as_view(), name="delete_image"),
        path("documents/delete/<int:document_id>/", DocumentDeleteView.as_view(), name="delete_document"),
        path("images/multiple/<int:image_id>/delete/", UploadedImageDeleteView.as_view(), name="delete_uploaded_image"),
        path(
            "documents/multiple/<int:doc_id>/delete/",
            UploadedDocumentDeleteView.as_view(),
            name="delete_uploaded_document",
        ),
        path("localize/jsi18n/", JavaScriptCatalog.as_view(), name="words_of_the_translation_editor"),
        path(
            "localize/page/<int:page_id>/convert_to_alias/",
            admin_actions.refuse_alias,
            name="stays_a_translation",
        ),
        path(
            "localize/update/<int:translation_source_id>/",
            admin_actions.UpdateTranslationsWithoutPublishingView.as_view(),
            name="bring_dutch_changes",
        ),
    ]


@hooks.register("get_avatar_url")
def picture_of_staff_is_for_staff(user, size):
    """A private file has no address of its own; its name is in this one, so that a new picture is seen at once."""
    picture = getattr(getattr(user, "wagtail_userprofile", None), "avatar", None)
    return f"{reverse('staff_picture', args=[user.pk])}?{urlencode({'file': picture.name})}" if picture else None


@hooks.register("register_log_actions")
def review_is_logged(actions):
    reviewed = gettext_lazy("Translation reviewed"), gettext_lazy("A person read and approved this translation")
    actions.register_action("schakel.reviewed", *reviewed)
    with_dutch = gettext_lazy("Unpublished with the Dutch page"), gettext_lazy("Went off line with the Dutch page")
    actions.register_action(WITH_DUTCH, *with_dutch)


@hooks.register("register_rich_text_features", order=100)
def links_lead_to_public_pages(features):
    features.register_link_type(PublicPageLinkHandler)


@hooks.register("register_rich_text_features")
def offer_general_knowledge(features: FeatureRegistry) -> None:
    """A button that marks a paragraph as general knowledge of the field (docs/design.md section 10)."""
    button = {
        "type": "general-knowledge",
        "label": "≈",
        "description": gettext_lazy("General knowledge of the field, not our own practice"),
        "element": "p",
    }
    features.register_editor_plugin("draftail", "general", BlockFeature(button))
    features.register_converter_rule(
        "contentstate",
        "general",
        {
            "from_database_format": {"p[class=general]": BlockElementHandler("general-knowledge")},
            "to_database_format": {"block_map": {"general-knowledge": {"element": "p", "props": {"class": "general"}}}},
        },
    )


@hooks.register("insert_editor_js")
def scripts_of_the_editor() -> SafeString:
    return render_to_string("core/admin/scripts_of_the_editor.html")


@hooks.register("insert_global_admin_js")
def scripts_of_every_form() -> SafeString:
    return render_to_string("core/admin/scripts_of_every_form.html")


@hooks.register("insert_global_admin_css")
def stylesheet_of_the_forms() -> SafeString:
    return render_to_string("core/admin/stylesheet_of_the_forms.html")


@hooks.register("construct_help_menu")
def help_is_in_the_languages_of_the_portal(request, items):
    """Leave out Wagtail's own guide and news: they are English, on another site, and about another form."""
    items[:] = [item for item in items if item.name == "keyboard-shortcuts-trigger"]


@hooks.register("construct_homepage_summary_items", order=1000)
def no_totals_on_the_first_screen(request, items):
    """Leave out how many pages and pictures there are: nobody comes for that."""
    items.clear()


# In place of Wagtail's own of the same names, which were registered before.
for action in (
    account_views.AssignRoleBulkAction,
    account_views.DeleteAccountsBulkAction,
    account_views.SetAccountsActiveBulkAction,
):
    hooks.register("register_bulk_action", action, order=10)
