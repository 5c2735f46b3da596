"""The archive page, which also routes to the page of each recording."""

from django.utils.translation import gettext_lazy as _
from wagtail.contrib.routable_page.models import RoutablePageMixin

from portal.core.models import BasePage
from portal.core.routing.routes import RecordIndexMixin
from portal.webinars import choices
from portal.webinars.models.recording import Recording
from portal.webinars.platforms import EMBED_ORIGINS


class WebinarIndexPage(RecordIndexMixin, RoutablePageMixin, BasePage):
    """The archive: upcoming sessions first, then recordings; it also routes to the page of each recording."""

    record_model = Recording
    record_template = "webinars/recording.html"
    record_with = ("series", "poster", "slides", "take_down")
    record_parameters = ("transcript", "q", "t")
    query_parameters = (*choices.FILTERS, "page")
    max_count_per_parent = 1
    searchable_excluded = True
    subpage_types = []

    class Meta:
        verbose_name = _("webinars page")

    def record_response(self, request, record):
        response = super().record_response(request, record)
        if not (response.context_data or {}).get("stretches"):
            # The whole transcript is on one page, which the page cache keeps for every second of it.
            request.parameters -= {"t"}
            request.GET = request.GET.copy()
            request.GET.pop("t", None)
        # The only pages that may frame another site, and only after a click. The middleware of django-csp reads it.
        response._csp_replace = {"frame-src": list(EMBED_ORIGINS)}  # type: ignore[attr-defined]  # has no types
        return response
