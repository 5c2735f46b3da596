"""Changes at the sources of recordings: their list, its buttons, and its panel on the first screen."""

from datetime import datetime
from typing import Any

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.snippets.views.snippets import SnippetViewSet

from portal.core.models import User
from portal.feeds.admin.base_views import NoBulkIndexView
from portal.feeds.choices import ChangeKind, Choice
from portal.feeds.models import SourceChange
from portal.feeds.permissions import REVIEW, ViewOnlyPolicy
from portal.feeds.review.source_changes import ALLOWED_CHOICES, AlreadyChosenError, apply_choice
from portal.webinars.models import Recording
from portal.webinars.permissions import may_edit_recording

MAX_SHOWN = 5
LABELS: dict[tuple[str, Choice], Promise] = {
    (ChangeKind.GONE, Choice.KEEP): gettext_lazy("Keep the page without a player"),
    (ChangeKind.NOT_EMBEDDABLE, Choice.KEEP): gettext_lazy("Keep the page with a link"),
    (ChangeKind.REGION, Choice.KEEP): gettext_lazy("Keep it as it is"),
    (ChangeKind.RETITLED, Choice.ACCEPT): gettext_lazy("Take over the new title"),
    (ChangeKind.RETITLED, Choice.KEEP): gettext_lazy("Keep our title"),
    (ChangeKind.RESCHEDULED, Choice.ACCEPT): gettext_lazy("Take over the new date"),
    (ChangeKind.RESCHEDULED, Choice.KEEP): gettext_lazy("Keep our date"),
    (ChangeKind.ENDED, Choice.ACCEPT): gettext_lazy("It is recorded now"),
    (ChangeKind.ENDED, Choice.KEEP): gettext_lazy("Leave it as it is"),
    (ChangeKind.CALLED_OFF, Choice.KEEP): gettext_lazy("Leave it on line"),
}


def what_changed(change: SourceChange) -> str:
    """Return a change in one sentence for staff, with the value before."""
    names = {"kind": change.get_kind_display(), "place": change.place.get_platform_display()}
    if not change.now:
        return _("%(place)s: %(kind)s.") % names
    names |= {"before": _display_value(change, change.before), "now": _display_value(change, change.now)}
    return _("%(place)s: %(kind)s: “%(now)s” in place of “%(before)s”.") % names


def _display_value(change: SourceChange, value: str) -> str:
    if change.kind != ChangeKind.RESCHEDULED:
        return value
    return date_format(localtime(datetime.fromisoformat(value)), "DATETIME_FORMAT")


def buttons(change: SourceChange, user: User) -> list[dict[str, Any]]:
    """Return what this user may choose about a change, as choice and label; nothing once somebody has chosen."""
    recording = change.place.recording
    if change.choice or not user.has_perm(REVIEW) or not may_edit_recording(user, recording):
        return []
    choices = [
        choice for choice in ALLOWED_CHOICES[change.kind] if choice != Choice.OFF_LINE or _may_take_off(user, recording)
    ]
    return [{"choice": choice.value, "label": LABELS.get((change.kind, choice), choice.label)} for choice in choices]


def _may_take_off(user: User, recording: Recording) -> bool:
    return recording.live and user.has_perm("webinars.publish_recording")


class ChooseColumn(Column):
    """The buttons to choose about a change, each a small form."""

    cell_template_name = "feeds/choose_cell.html"

    def get_cell_context_data(self, instance, parent_context):
        request = parent_context["request"]
        context = {
            "change": instance,
            "buttons": buttons(instance, request.user),
            # A cell is rendered without its request, so its forms need the token.
            "csrf_token": get_token(request),
        }
        return super().get_cell_context_data(instance, parent_context) | context


class RecordingColumn(Column):
    """The recording, as a link to its form."""

    cell_template_name = "feeds/recording_cell.html"

    def get_cell_context_data(self, instance, parent_context):
        recording = instance.place.recording
        url = AdminURLFinder(parent_context["request"].user).get_edit_url(recording)
        return super().get_cell_context_data(instance, parent_context) | {"recording": recording, "url": url}


class ChooseView(PermissionRequiredMixin, View):
    """Apply the choice about a change."""

    http_method_names = ["post"]
    permission_required = REVIEW
    raise_exception = True

    def post(self, request, pk, choice):
        change = get_object_or_404(SourceChange.objects.select_related("place__recording"), pk=pk)
        recording = change.place.recording
        if choice not in ALLOWED_CHOICES[change.kind]:
            raise Http404
        if not may_edit_recording(request.user, recording):
            raise PermissionDenied
        if choice == Choice.OFF_LINE and not request.user.has_perm("webinars.publish_recording"):
            raise PermissionDenied
        try:
            public = apply_choice(change, choice, request.user)
        except AlreadyChosenError as error:
            messages.warning(request, _("A colleague has chosen already: %s") % error.change.get_choice_display())
        else:
            sentence = (
                _("Noted for “%(recording)s”.")
                if public
                else _("It stands in the draft of “%(recording)s” now. Publish it there.")
            )
            messages.success(request, sentence % {"recording": recording})
        if choice == Choice.OTHER_SOURCE:
            return redirect("feeds:places", recording.pk)
        return redirect("wagtailsnippets_feeds_sourcechange:list")


class SourceChangesPanel(Component):
    """Panel with the newest changes that wait for a choice; empty if there are none."""

    order = 15
    template_name = "feeds/admin/changes_panel.html"

    def __init__(self, user):
        self.user = user

    def get_context_data(self, parent_context):
        if not self.user.has_perm(REVIEW):
            return {"number": 0}
        waiting = SourceChange.objects.filter(choice="").select_related("place__recording")
        return {
            "number": waiting.count(),
            "changes": [
                {"recording": change.place.recording, "said": what_changed(change)} for change in waiting[:MAX_SHOWN]
            ],
            "url": reverse("wagtailsnippets_feeds_sourcechange:list"),
        }


class ChangeIndexView(NoBulkIndexView):
    """Unresolved changes; filter by choice to see the others."""

    def get_base_queryset(self):
        changes = super().get_base_queryset().select_related("place__recording")
        return changes if self.request.GET.get("choice") else changes.filter(choice="")


class ChangeViewSet(SnippetViewSet):
    model = SourceChange
    icon = "warning"
    menu_label = gettext_lazy("Changed at the source")
    index_view_class = ChangeIndexView
    copy_view_enabled = False
    add_to_reference_index = False
    list_filter = ["choice", "kind"]
    list_per_page = 50
    list_display = [
        RecordingColumn("recording", label=gettext_lazy("Recording")),
        Column("said", label=gettext_lazy("What changed"), accessor=what_changed),
        DateColumn("noticed_at", label=gettext_lazy("Noticed"), sort_key="noticed_at"),
        ChooseColumn("choose", label=gettext_lazy("Choose")),
    ]

    @property
    def permission_policy(self):
        return ViewOnlyPolicy(self.model)

    def get_permissions_to_register(self):
        return Permission.objects.none()
