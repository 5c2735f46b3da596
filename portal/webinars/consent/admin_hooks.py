"""Admin URLs, menu items and log actions of consent and take-down; imported by the room's `wagtail_hooks`."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import ListingButton
from wagtail.snippets.action_menu import ActionMenuItem

from portal.webinars.consent import admin_views
from portal.webinars.models import Recording, Speaker
from portal.webinars.permissions import CHANGE_RECORDING, may_see_consent


@hooks.register("register_admin_urls")
def consent_urls():
    return [
        path("recordings/<int:pk>/consent/", admin_views.ConsentView.as_view(), name="recording_consent"),
        path("recordings/<int:pk>/take-down/", admin_views.TakeDownView.as_view(), name="take_down_recording"),
        path("recordings/<int:pk>/lift/", admin_views.LiftTakeDownView.as_view(), name="lift_take_down"),
        path("reports/consent/", admin_views.ConsentReportView.as_view(), name="consent_report"),
    ]


class ConsentMenuItem(ActionMenuItem):
    """Leads from the form of a recording to its consents, and to taking it down."""

    name = "action-consent"
    label = admin_views.ConsentView.page_title
    icon_name = "user"
    order = 920

    def is_shown(self, context):
        recording = context.get("instance")
        return recording is not None and recording.pk and may_see_consent(context["request"].user, recording)

    def get_url(self, parent_context):
        return reverse("recording_consent", args=[parent_context["instance"].pk])


@hooks.register("register_snippet_action_menu_item")
def add_consent_to_action_menu(model):
    return ConsentMenuItem() if model is Recording else None


@hooks.register("before_edit_snippet")
def show_consent_warnings_on_form(request, instance):
    """Show whoever opens the form of a recording which consents are breached, or end soon."""
    if isinstance(instance, Recording) and request.method == "GET":
        admin_views.show_consent_warnings(request, instance)


@hooks.register("register_snippet_listing_buttons")
def add_consent_to_listing(snippet, user, next_url=None):
    if isinstance(snippet, Recording) and may_see_consent(user, snippet):
        yield ListingButton(
            admin_views.ConsentView.page_title,
            reverse("recording_consent", args=[snippet.pk]),
            icon_name="user",
            priority=35,
        )


class RecordingEditorsMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm(CHANGE_RECORDING)


@hooks.register("register_reports_menu_item")
def add_consent_report():
    return RecordingEditorsMenuItem(
        admin_views.ConsentReportView.page_title, reverse("consent_report"), icon_name="user", order=1000
    )


@hooks.register("register_log_actions")
def register_log_actions(actions):
    actions.register_action("webinars.consent", _("Consent"), _("Consent written down"))
    actions.register_action("webinars.take_down", _("Take away"), _("Taken away"))
    actions.register_action("webinars.lift_take_down", _("Give back"), _("Given back after it was taken away"))


def _refuse_deletion_of_speakers_with_consents(
    request: HttpRequest, speakers: Iterable[Speaker], back_to: str
) -> HttpResponse | None:
    """A redirect to `back_to` with an error when the consent of one of these speakers would be deleted with her."""
    speaker = Speaker.objects.filter(pk__in=[speaker.pk for speaker in speakers], consents__isnull=False).first()
    if speaker is None:
        return None
    message = gettext(
        "Not deleted: what “%(title)s” agreed to is kept as proof. Write down at the recording that the consent was "
        "withdrawn, and untick “agreed to publication” to leave out the name."
    )
    messages.error(request, message % {"title": speaker})
    return redirect(back_to)


@hooks.register("before_delete_snippet")
def keep_speaker_with_consents(request, records):
    if not isinstance(records[0], Speaker):
        return None
    return _refuse_deletion_of_speakers_with_consents(
        request, records, reverse(records[0].snippet_viewset.get_url_name("list"))
    )


@hooks.register("before_bulk_action")
def keep_speakers_with_consents_in_bulk_delete(request, action_type, objects, action):
    if action_type != "delete" or not issubclass(action.model, Speaker):
        return None
    return _refuse_deletion_of_speakers_with_consents(request, objects, action.next_url)
