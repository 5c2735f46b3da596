"""Registers the feeds room in the admin: menu, addresses, panels on the first screen, log actions."""

from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.action_menu import ActionMenuItem
from wagtail.snippets.models import register_snippet

from portal.feeds.admin import (
    file_import_views,
    linkedin_connection_views,
    pull_views,
    review_views,
    source_change_views,
    video_link_views,
)
from portal.feeds.admin.review_list import ItemsToReviewPanel
from portal.feeds.admin.viewsets import FeedsGroup
from portal.webinars.models import Recording
from portal.webinars.permissions import may_edit_recording

register_snippet(FeedsGroup)

urlpatterns = [
    path("sources/<int:pk>/pull/", pull_views.PullNowView.as_view(), name="pull_source"),
    path("sources/<int:pk>/connection/", linkedin_connection_views.ConnectionView.as_view(), name="connection"),
    path("sources/<int:pk>/connection/connect/", linkedin_connection_views.ConnectView.as_view(), name="connect"),
    path(
        "sources/<int:pk>/connection/disconnect/", linkedin_connection_views.DisconnectView.as_view(), name="disconnect"
    ),
    path("linkedin/", linkedin_connection_views.OAuthCallbackView.as_view(), name="linkedin_answer"),
    path("items/<int:pk>/accept/", review_views.AcceptItemView.as_view(), name="accept_item"),
    path("items/<int:pk>/ignore/", review_views.IgnoreItemView.as_view(), name="ignore_item"),
    path("items/<int:pk>/picture/", review_views.ItemPictureView.as_view(), name="item_picture"),
    path("items/<int:pk>/recordings/", review_views.ChooseRecordingView.as_view(), name="choose_recording"),
    path("items/<int:pk>/merge/", review_views.MergeItemView.as_view(), name="merge_item"),
    path("items/<int:pk>/reject/", review_views.RejectMatchView.as_view(), name="reject_match"),
    path("items/chosen/", review_views.BulkDecisionView.as_view(), name="decide_chosen"),
    path("changes/<int:pk>/<slug:choice>/", source_change_views.ChooseView.as_view(), name="choose"),
    path("file/", file_import_views.ImportFileView.as_view(), name="bring_in_file"),
    path("file/table/", file_import_views.OwnTableTemplateView.as_view(), name="own_table"),
    path("places/", video_link_views.NewRecordingFromLinkView.as_view(), name="new_from_address"),
    path("recordings/<int:pk>/places/", video_link_views.VideoLinksView.as_view(), name="places"),
    path(
        "recordings/<int:pk>/places/<int:place_pk>/remove/",
        video_link_views.RemoveVideoLinkView.as_view(),
        name="remove_place",
    ),
]


@hooks.register("register_admin_urls")
def register_urls():
    return [path("feeds/", include((urlpatterns, "feeds")))]


class VideoLinksMenuItem(ActionMenuItem):
    """Link from the form of a recording to its video links."""

    name = "action-places"
    label = _("Places to watch")
    icon_name = "media"
    order = 910

    def is_shown(self, context):
        recording = context.get("instance")
        return recording is not None and recording.pk and may_edit_recording(context["request"].user, recording)

    def get_url(self, parent_context):
        return reverse("feeds:places", args=[parent_context["instance"].pk])


@hooks.register("register_snippet_action_menu_item")
def add_video_links_menu_item(model):
    return VideoLinksMenuItem() if model is Recording else None


@hooks.register("construct_homepage_panels")
def add_panels_to_first_screen(request, panels):
    panels += [ItemsToReviewPanel(request.user), source_change_views.SourceChangesPanel(request.user)]


@hooks.register("register_log_actions")
def register_log_actions(actions):
    actions.register_action("feeds.accept", _("Accept"), _("Accepted as a recording"))
    actions.register_action("feeds.ignore", _("Ignore"), _("Ignored"))
    actions.register_action("feeds.merge", _("Merge"), _("Merged with a recording"))
    actions.register_action("feeds.reject", _("Reject a match"), _("Match rejected"))
    actions.register_action("feeds.connect", _("Connect"), _("Connected with LinkedIn"))
    actions.register_action("feeds.disconnect", _("Disconnect"), _("Disconnected from LinkedIn"))
    actions.register_action("feeds.choose", _("Choose about a change"), _("Choice made about a change at the source"))
    actions.register_action("feeds.add_place", _("Add a place to watch"), _("Place to watch added"))
    actions.register_action("feeds.remove_place", _("Remove a place to watch"), _("Place to watch removed"))
