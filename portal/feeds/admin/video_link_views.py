"""The video links of a recording ("places to watch"), and the form that makes a recording from an address."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, View
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.log_actions import log

from portal.feeds.reading.text import TITLE_MAX
from portal.feeds.review.pasted_links import add_video_link, parse_pasted_link
from portal.webinars.admin.mixins import RecordingChildMixin, RecordingMixin
from portal.webinars.models import RecordingSource


class VideoLinkForm(forms.Form):
    address = forms.CharField(
        label=gettext_lazy("Address"),
        max_length=1000,
        help_text=gettext_lazy("Of a YouTube video or a LinkedIn post, as you copy it from your browser."),
    )
    title = forms.CharField(
        label=gettext_lazy("Title at the source"),
        max_length=TITLE_MAX,
        required=False,
        help_text=gettext_lazy("Shown until you write a title of your own. A feed fills it in by itself."),
    )
    text = forms.CharField(label=gettext_lazy("Text at the source"), widget=forms.Textarea, required=False)

    def clean_address(self):
        return parse_pasted_link(self.cleaned_data["address"])


class VideoLinkFormView(WagtailAdminTemplateMixin, FormView):
    """Base view of the forms that add an address to a recording."""

    form_class = VideoLinkForm
    template_name = "feeds/places.html"
    header_icon = "media"
    recording: Any = None  # the recording of the page; a new one once the form was valid

    def form_valid(self, form):
        values = form.cleaned_data
        try:
            self.recording = add_video_link(
                values["address"],
                self.request.user,  # type: ignore[arg-type]  # the admin admits no anonymous user
                title=values["title"],
                text=values["text"],
                recording=self.recording,
            )
        except ValidationError as error:
            form.add_error("address", error)
            return self.form_invalid(form)
        if values["address"].ignored:
            addresses = ", ".join(values["address"].ignored)
            messages.warning(
                self.request, _("Left out, because it is no video or post: %(addresses)s.") % {"addresses": addresses}
            )
        return super().form_valid(form)

    def get_context_data(self, **kwargs):
        places = self.recording.sources.all() if self.recording else ()
        return super().get_context_data(recording=self.recording, places=places, **kwargs)


class NewRecordingFromLinkView(VideoLinkFormView):
    """Make a draft recording from the address of a video or an announcement."""

    page_title = gettext_lazy("New recording from an address")

    def dispatch(self, request, *args, **kwargs):
        if not request.user.has_perm("webinars.add_recording"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_success_url(self):
        messages.success(self.request, _("It is a draft recording now. Complete it and publish it."))
        edit_url = AdminURLFinder(self.request.user).get_edit_url(self.recording)
        return edit_url or reverse("feeds:places", args=[self.recording.pk])


class VideoLinksView(RecordingChildMixin, VideoLinkFormView):
    """The video links of a recording, and the form to add one."""

    page_title = gettext_lazy("Places to watch")

    def get_success_url(self):
        messages.success(
            self.request, _("The place was added. Check whether the state of the recording is still right.")
        )
        return reverse("feeds:places", args=[self.recording.pk])


class RemoveVideoLinkView(RecordingMixin, View):
    """Remove a video link from a recording."""

    http_method_names = ["post"]

    def post(self, request, pk, place_pk):
        place = get_object_or_404(RecordingSource, pk=place_pk, recording=self.recording)
        identity = place.external_id
        place.delete()
        log(instance=self.recording, action="feeds.remove_place", user=request.user, data={"place": identity})
        messages.success(request, _("The place was removed."))
        return redirect("feeds:places", pk)
