"""The lists of a project."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

from portal.core.content.blocks import PartialDateBlock


class EventBlock(blocks.StructBlock):
    date = PartialDateBlock(label=_("Date"))
    text = blocks.CharBlock(label=_("What happened"))
    unconfirmed = blocks.BooleanBlock(label=_("Year or day not confirmed"), required=False)

    class Meta:
        label = _("Event")
        icon = "date"
        description = _("A dated moment in the project.")


class DeliverableBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"))
    note = blocks.TextBlock(label=_("What it is for"), required=False, rows=2)
    url = blocks.URLBlock(label=_("Address"), required=False)
    document = DocumentChooserBlock(label=_("Own copy"), required=False)

    class Meta:
        label = _("Deliverable")
        icon = "doc-full"
        description = _("Something the project made that others can use. Keep a copy of our own: project sites close.")


TIMELINE = [("event", EventBlock())]
DELIVERABLES = [("deliverable", DeliverableBlock())]
