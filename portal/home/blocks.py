"""The blocks of home, plain pages and guides."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from portal.core.content.blocks import RICH_TEXT_FEATURES, FactBlock
from portal.ui.labels import TIERS


class TermBlock(blocks.StructBlock):
    term = blocks.CharBlock(label=_("Term"))
    text = blocks.CharBlock(label=_("Fact"))

    class Meta:
        label = _("Fact")
        icon = "info-circle"


class RowBlock(blocks.StructBlock):
    cells = blocks.ListBlock(blocks.CharBlock(label=_("Cell"), required=False), label=_("Cells"))

    class Meta:
        label = _("Row")
        icon = "list-ul"


class TableBlock(blocks.StructBlock):
    caption = blocks.CharBlock(label=_("Caption"))
    head = blocks.ListBlock(blocks.CharBlock(label=_("Column")), label=_("Columns"))
    rows = blocks.ListBlock(RowBlock(), label=_("Rows"))

    class Meta:
        label = _("Table")
        icon = "table"
        description = _("A table with a caption and column heads.")


class SectionBlock(blocks.StructBlock):
    """A part of a guide. `items` are references like method:pim, in reading order; they and the tier are
    read from the Dutch page."""

    heading = blocks.CharBlock(label=_("Heading"))
    text = blocks.RichTextBlock(label=_("Text"), features=RICH_TEXT_FEATURES, required=False)
    tier = blocks.ChoiceBlock(
        choices=list(TIERS.items()),
        label=_("Level"),
        required=False,
        help_text=_("When two sections or more are levels of work, the guide begins with a figure of them."),
    )
    items = FactBlock(
        label=_("What to read"),
        required=False,
        rows=3,
        help_text=_("One a line, in reading order: method:key, project:key, recording:key or topic:key."),
    )

    class Meta:
        label = _("Section")
        icon = "folder-open-inverse"
        description = _("A heading, some sentences and what to read under it.")


class HelpLineBlock(blocks.StructBlock):
    """Where somebody finds help. Number, address and source are those of the Dutch page."""

    name = blocks.CharBlock(label=_("Name"), help_text=_("As people know it: helpline 1712."))
    text = blocks.CharBlock(label=_("For whom"), required=False)
    phone = FactBlock(label=_("Telephone"), required=False)
    url = blocks.URLBlock(label=_("Address"), required=False)
    source = FactBlock(
        label=_("Source"),
        required=False,
        help_text=_("The short name of one of the sources below. Empty: general knowledge of the field."),
    )

    class Meta:
        label = _("Where to get help")
        icon = "help"


MOST_PROBLEMS = 8
MOST_FLAGSHIPS = 3
PROBLEMS = [("problem", blocks.PageChooserBlock(page_type="home.DossierPage", label=_("Problem")))]
FLAGSHIPS = [("method", blocks.PageChooserBlock(page_type="methods.MethodPage", label=_("Method")))]
HELP_LINES = [("line", HelpLineBlock())]
BODY = [
    ("heading", blocks.CharBlock(label=_("Heading"), icon="title", form_classname="title")),
    ("text", blocks.RichTextBlock(label=_("Text"), features=RICH_TEXT_FEATURES)),
    ("facts", blocks.ListBlock(TermBlock(), label=_("Facts"), icon="info-circle")),
    ("table", TableBlock()),
]
SECTIONS = [("section", SectionBlock())]
