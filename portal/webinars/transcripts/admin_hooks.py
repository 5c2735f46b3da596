"""Admin URLs, menu items and log actions of transcripts; imported by the room's `wagtail_hooks`."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets import ListingButton
from wagtail.snippets.action_menu import ActionMenuItem

from portal.webinars.models import Recording
from portal.webinars.permissions import may_edit_recording
from portal.webinars.transcripts import admin_views, editor_views


@hooks.register("register_admin_urls")
def transcript_urls():
    return [
        path("recordings/captions/", admin_views.BulkImportView.as_view(), name="captions_by_name"),
        path("recordings/<int:pk>/captions/", admin_views.TranscriptsView.as_view(), name="recording_captions"),
        path(
            "recordings/<int:pk>/captions/<int:caption_pk>/remove/",
            admin_views.RemoveTranscriptView.as_view(),
            name="remove_caption",
        ),
        path(
            "recordings/<int:pk>/captions/<int:caption_pk>/",
            editor_views.CorrectTranscriptView.as_view(),
            name="correct_caption",
        ),
        path(
            "recordings/<int:pk>/captions/<int:caption_pk>/earlier/<int:earlier_pk>/",
            editor_views.RestoreTranscriptView.as_view(),
            name="earlier_caption",
        ),
    ]


class TranscriptsMenuItem(ActionMenuItem):
    """Leads from the form of a recording to its transcripts."""

    name = "action-captions"
    label = _("Transcripts")
    icon_name = "openquote"
    order = 900

    def is_shown(self, context):
        recording = context.get("instance")
        return recording is not None and recording.pk and may_edit_recording(context["request"].user, recording)

    def get_url(self, parent_context):
        return reverse("recording_captions", args=[parent_context["instance"].pk])


@hooks.register("register_snippet_action_menu_item")
def add_transcripts_to_action_menu(model):
    return TranscriptsMenuItem() if model is Recording else None


@hooks.register("register_snippet_listing_buttons")
def add_transcripts_to_listing(snippet, user, next_url=None):
    if isinstance(snippet, Recording) and may_edit_recording(user, snippet):
        yield ListingButton(
            _("Transcripts"), reverse("recording_captions", args=[snippet.pk]), icon_name="openquote", priority=30
        )


@hooks.register("register_log_actions")
def register_log_actions(actions):
    actions.register_action("webinars.captions", _("Transcript"), _("Transcript brought in"))
    actions.register_action("webinars.captions_corrected", _("Correct a transcript"), _("Transcript corrected"))
    actions.register_action(
        "webinars.captions_put_back", _("Put this version back"), _("Earlier version of a transcript put back")
    )
    actions.register_action("webinars.captions_removed", _("Remove transcript"), _("Transcript removed"))
