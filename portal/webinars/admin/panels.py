"""Panels of the recording form in the admin."""

from django.db.models import Count
from wagtail.admin.panels import Panel

from portal.webinars.permissions import may_edit_recording


class TranscriptsPanel(Panel):
    """The transcripts and sources of a saved recording, with links to the pages that change them."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "webinars/admin/transcripts_panel.html"

        def is_shown(self):
            return super().is_shown() and bool(self.instance.pk)

        def get_context_data(self, parent_context=None):
            return super().get_context_data(parent_context) | {
                "recording": self.instance,
                "may_change": may_edit_recording(self.request.user, self.instance),
                "captions": self.instance.captions.annotate(n_lines=Count("cues")),
                "places": self.instance.sources.all(),
            }
