"""What the admin views under one recording share: the recording of the address, permission checks and breadcrumbs."""

from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from portal.core.models import User
from portal.webinars.models import Recording
from portal.webinars.permissions import CHANGE_RECORDING, has_edit_permission, may_edit_recording


class RecordingMixin:
    """For a view about one recording: `self.recording` is the one in the address. `has_permission` guards the view."""

    request: HttpRequest
    kwargs: dict[str, Any]

    @cached_property
    def recording(self) -> Recording:
        return get_object_or_404(Recording, pk=self.kwargs["pk"])

    @property
    def user(self) -> User:
        """The member of staff who is logged in; the admin lets nobody else in."""
        return cast(User, self.request.user)

    def has_permission(self) -> bool:
        return may_edit_recording(self.request.user, self.recording)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.has_permission():
            return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # of the view it is mixed into
        return self.handle_no_permission()

    def handle_no_permission(self) -> HttpResponse:
        """Tell a writer that a public recording is for reviewers; refuse everybody else."""
        user = self.request.user
        if user.has_perm(CHANGE_RECORDING) and not has_edit_permission(user, self.recording):
            messages.error(
                self.request,
                _("This recording is public, so only a reviewer may change its transcripts and places to watch."),
            )
            return redirect(self.edit_url)
        raise PermissionDenied

    @property
    def edit_url(self) -> str:
        """The form of the recording in the admin; empty for who may not open it."""
        return AdminURLFinder(self.request.user).get_edit_url(self.recording) or ""

    def get_success_url(self) -> str:
        return reverse("recording_captions", args=[self.recording.pk])


class RecordingChildMixin(RecordingMixin, WagtailAdminTemplateMixin):
    """For a page that hangs under the form of a recording in the breadcrumbs."""

    def get_page_subtitle(self) -> str:
        return str(self.recording)

    def get_breadcrumbs_items(self) -> list[dict]:
        return [
            *self.breadcrumbs_items,
            {"url": self.edit_url, "label": str(self.recording)},
            {"url": "", "label": self.get_page_title()},
        ]
