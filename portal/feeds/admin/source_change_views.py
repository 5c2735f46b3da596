"""The list of what changed at the sources of recordings, with the buttons to choose by."""

from datetime import datetime

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column

from portal.feeds.choices import ChangeKind, Choice
from portal.feeds.models import SourceChange
from portal.feeds.permissions import REVIEW
from portal.feeds.review.source_changes import CHOICES, AlreadyChosen, choose
from portal.webinars.permissions import may_edit_recording

MOST = 5
LABELS = {
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
    """A change in one sentence for the staff, with what it was before."""
    said = {"kind": change.get_kind_display(), "place": change.place.get_platform_display()}
    if not change.now:
        return _("%(place)s: %(kind)s.") % said
    said |= {"before": _shown(change, change.before), "now": _shown(change, change.now)}
    return _("%(place)s: %(kind)s: “%(now)s” in place of “%(before)s”.") % said


def _shown(change: SourceChange, value: str) -> str:
    if change.kind != ChangeKind.RESCHEDULED:
        return value
    return date_format(localtime(datetime.fromisoformat(value)), "DATETIME_FORMAT")


def buttons(change: SourceChange, user) -> list[dict]:
    """What this person may choose about a change, as choice and label; nothing once it was chosen."""
    recording = change.place.recording
    if change.choice or not user.has_perm(REVIEW) or not may_edit_recording(user, recording):
        return []
    allowed = [choice for choice in CHOICES[change.kind] if choice != Choice.OFF_LINE or _may_take_off(user, recording)]
    return [{"choice": one.value, "label": LABELS.get((change.kind, one), one.label)} for one in allowed]


def _may_take_off(user, recording) -> bool:
    return recording.live and user.has_perm("webinars.publish_recording")


class ChooseColumn(Column):
    """The choices about a change: a small POST form each."""

    cell_template_name = "feeds/choose_cell.html"

    def get_cell_context_data(self, instance, parent_context):
        request = parent_context["request"]
        context = {
            "change": instance,
            "buttons": buttons(instance, request.user),
            # A cell is rendered without its request, so the token of its forms has to be handed on.
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


class Choose(PermissionRequiredMixin, View):
    """Do what was chosen about a change; by POST only."""

    http_method_names = ["post"]
    permission_required = REVIEW
    raise_exception = True

    def post(self, request, pk, choice):
        change = get_object_or_404(SourceChange.objects.select_related("place__recording"), pk=pk)
        recording = change.place.recording
        if choice not in CHOICES[change.kind]:
            raise Http404
        if not may_edit_recording(request.user, recording):
            raise PermissionDenied
        if choice == Choice.OFF_LINE and not request.user.has_perm("webinars.publish_recording"):
            raise PermissionDenied
        try:
            public = choose(change, choice, request.user)
        except AlreadyChosen as chosen:
            earlier = chosen.change.get_choice_display()
            messages.warning(request, _("A colleague has chosen already: %s") % earlier)
        else:
            said = (
                _("Noted for “%(recording)s”.")
                if public
                else _("It stands in the draft of “%(recording)s” now. Publish it there.")
            )
            messages.success(request, said % {"recording": recording})
        if choice == Choice.OTHER_SOURCE:
            return redirect("feeds:places", recording.pk)
        return redirect("wagtailsnippets_feeds_sourcechange:list")


class ChangesAtSources(Component):
    """On the first screen: the newest changes at sources that wait for a choice; nothing when there are none."""

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
            "changes": [{"recording": one.place.recording, "said": what_changed(one)} for one in waiting[:MOST]],
            "url": reverse("wagtailsnippets_feeds_sourcechange:list"),
        }
