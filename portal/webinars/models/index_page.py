"""The archive page, which also routes to the page of each recording."""

from django.http import Http404
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from portal.core.models import BasePage
from portal.core.routing.routes import RecordIndexMixin
from portal.webinars import choices
from portal.webinars.models.recording import Recording
from portal.webinars.platforms import EMBED_ORIGINS


class WebinarIndexPage(RecordIndexMixin, RoutablePageMixin, BasePage):
    """The archive, with the sessions to come first; routes to a recording."""

    record_model = Recording
    record_with = ("series", "poster", "slides", "take_down")
    record_parameters = ("transcript", "q")
    query_parameters = (*choices.FILTERS, "page")
    max_count_per_parent = 1
    searchable_excluded = True
    subpage_types = []

    class Meta:
        verbose_name = _("webinars page")

    def get_context(self, request, *args, **kwargs):
        from portal.webinars.public.archive import archive_page

        return super().get_context(request, *args, **kwargs) | archive_page(self.language, request.GET)

    @path("<slug:slug>/")
    def recording(self, request, slug):
        from portal.webinars.public.recording_page import recording_page

        recording = self.record_by_slug(slug)
        if recording is None:
            raise Http404
        context = self.record_context(request, recording) | recording_page(recording, self.language, request.GET)
        response = TemplateResponse(request, "webinars/recording.html", context)
        # The only pages that may frame another site, and only after a click.
        response._csp_replace = {"frame-src": list(EMBED_ORIGINS)}
        return response
