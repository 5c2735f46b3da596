"""The archive page, which also routes to the page of each recording."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.fields import StreamField

from portal.core.content.blocks import PartialDateBlock
from portal.core.models import BasePage
from portal.core.routing.routes import RecordIndexMixin
from portal.webinars import choices
from portal.webinars.models.recording import Recording
from portal.webinars.platforms import EMBED_ORIGINS


class ChannelBlock(blocks.StructBlock):
    """A channel or page elsewhere on which webinars are announced or shown."""

    url = blocks.URLBlock(label=_("Address"))
    named_on = PartialDateBlock(
        label=_("Named in a presentation to the council on"),
        required=False,
        help_text=_("Where that is all that is known of it. 14/09/2021, 09/2021 or 2021."),
    )
    is_confirmed = blocks.BooleanBlock(label=_("It is confirmed whose it is"), required=False)

    class Meta:
        icon = "link-external"
        label = _("Channel")


class WebinarIndexPage(RecordIndexMixin, RoutablePageMixin, BasePage):
    """The archive: upcoming sessions first, then recordings; it also routes to the page of each recording."""

    record_model = Recording
    record_template = "webinars/recording.html"
    record_with = ("series", "poster", "slides", "take_down")
    record_parameters = ("transcript", "q")
    query_parameters = (*choices.FILTERS, choices.LIST_PARAMETER, "view", "page", "format")
    max_count_per_parent = 1
    searchable_excluded = True
    subpage_types = []

    channels = StreamField(
        [("channel", ChannelBlock())],
        verbose_name=_("channels elsewhere"),
        blank=True,
        help_text=_("YouTube, LinkedIn: where else a visitor may look for a webinar."),
    )

    content_panels = [*BasePage.content_panels, FieldPanel("channels")]

    class Meta:
        verbose_name = _("webinars page")

    def record_response(self, request, record):
        response = super().record_response(request, record)
        # The only pages that may frame another site, and only after a click. The middleware of django-csp reads it.
        response._csp_replace = {"frame-src": list(EMBED_ORIGINS)}  # type: ignore[attr-defined]  # has no types
        return response
