"""The feeds in the admin."""

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
from portal.feeds.admin.review_list import ItemsToReview
from portal.feeds.admin.viewsets import FeedsGroup
from portal.webinars.models import Recording
from portal.webinars.permissions import may_edit_recording

register_snippet(FeedsGroup)

urlpatterns = [
    path("sources/<int:pk>/pull/", pull_views.PullNow.as_view(), name="pull_source"),
    path("sources/<int:pk>/connection/", linkedin_connection_views.Panel.as_view(), name="connection"),
    path("sources/<int:pk>/connection/connect/", linkedin_connection_views.Connect.as_view(), name="connect"),
    path("sources/<int:pk>/connection/disconnect/", linkedin_connection_views.Disconnect.as_view(), name="disconnect"),
    path("linkedin/", linkedin_connection_views.Answered.as_view(), name="linkedin_answer"),
    path("items/<int:pk>/accept/", review_views.Accept.as_view(), name="accept_item"),
    path("items/<int:pk>/ignore/", review_views.Ignore.as_view(), name="ignore_item"),
    path("items/<int:pk>/picture/", review_views.Picture.as_view(), name="item_picture"),
    path("items/<int:pk>/recordings/", review_views.ChooseRecording.as_view(), name="choose_recording"),
    path("items/<int:pk>/merge/", review_views.Merge.as_view(), name="merge_item"),
    path("items/<int:pk>/reject/", review_views.Reject.as_view(), name="reject_match"),
    path("items/chosen/", review_views.DecideChosen.as_view(), name="decide_chosen"),
    path("changes/<int:pk>/<slug:choice>/", source_change_views.Choose.as_view(), name="choose"),
    path("file/", file_import_views.BringInFile.as_view(), name="bring_in_file"),
    path("file/table/", file_import_views.OwnTableTemplate.as_view(), name="own_table"),
    path("places/", video_link_views.NewFromAddress.as_view(), name="new_from_address"),
    path("recordings/<int:pk>/places/", video_link_views.Places.as_view(), name="places"),
    path(
        "recordings/<int:pk>/places/<int:place_pk>/remove/", video_link_views.RemovePlace.as_view(), name="remove_place"
    ),
]


@hooks.register("register_admin_urls")
def feeds_urls():
    return [path("feeds/", include((urlpatterns, "feeds")))]


class PlacesMenuItem(ActionMenuItem):
    """The way from the form of a recording to the places where it can be watched."""

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
def places_from_the_form(model):
    return PlacesMenuItem() if model is Recording else None


@hooks.register("construct_homepage_panels")
def what_waits_for_staff(request, panels):
    panels += [ItemsToReview(request.user), source_change_views.ChangesAtSources(request.user)]


@hooks.register("register_log_actions")
def what_is_logged(actions):
    actions.register_action("feeds.accept", _("Accept"), _("Accepted as a recording"))
    actions.register_action("feeds.ignore", _("Ignore"), _("Ignored"))
    actions.register_action("feeds.merge", _("Merge"), _("Merged with a recording"))
    actions.register_action("feeds.reject", _("Reject a match"), _("Match rejected"))
    actions.register_action("feeds.connect", _("Connect"), _("Connected with LinkedIn"))
    actions.register_action("feeds.disconnect", _("Disconnect"), _("Disconnected from LinkedIn"))
    actions.register_action("feeds.choose", _("Choose about a change"), _("Chosen about a change at the source"))
    actions.register_action("feeds.add_place", _("Add a place to watch"), _("Place to watch added"))
    actions.register_action("feeds.remove_place", _("Remove a place to watch"), _("Place to watch removed"))
