"""The lists of a method. What is a fact in them (year, tier, kind) is read from the Dutch page."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from portal.core.content.blocks import FactBlock, PartialDateBlock, TextItemBlock, TitledTextBlock
from portal.methods.choices import ConditionKind, RowPart
from portal.ui.tiers_and_evidence import Tier

# What a fact about law has besides: all three, or it waits for confirmation.
LAW_FIELDS = ("act", "checked_on", "confirmed_by")


class StepBlock(TitledTextBlock):
    class Meta:
        label = _("Step")
        icon = "list-ol"
        description = _("One thing that is done, in the order in which it is done.")


class RoleBlock(TitledTextBlock):
    class Meta:
        label = _("Role or partner")
        icon = "group"
        description = _("Who does what.")


class RowFactBlock(blocks.StructBlock):
    """A fact of the first screen: what a source says, never what the field knows in general.

    One that states law is certain only when a role has confirmed that the act is in force.
    """

    text = blocks.TextBlock(label=_("Fact"), rows=2)
    part = blocks.ChoiceBlock(choices=RowPart.choices, label=_("Row"))
    source = FactBlock(label=_("Source"), help_text=_("Its short name in the list of sources; several with commas."))
    as_of = PartialDateBlock(label=_("True as of"), required=False)
    act = blocks.CharBlock(
        label=_("Act"),
        required=False,
        default="",
        help_text=_("For a fact about law: the act with its date, as it is cited."),
    )
    checked_on = blocks.DateBlock(
        label=_("In force, checked on"),
        required=False,
        help_text=_("The day on which somebody looked whether the act is in force. Adopted is not in force."),
    )
    confirmed_by = blocks.CharBlock(
        label=_("Confirmed by"),
        required=False,
        default="",
        help_text=_(
            "The role or service that confirms it, never the name of a person. Empty: visitors read that it waits."
        ),
    )

    def clean(self, value):
        """Only law is confirmed, and only with the act and the day. Raises StructBlockValidationError."""
        value = super().clean(value)
        given = [name for name in LAW_FIELDS if value[name]]
        if given and value["part"] != RowPart.LAW:
            sentence = _("Only a fact of the row “law” has this. Leave it empty, or choose that row.")
            raise blocks.StructBlockValidationError({name: ValidationError(sentence) for name in given})
        if value["confirmed_by"] and len(given) < len(LAW_FIELDS):
            sentence = _("What is confirmed names the act and the day on which somebody looked whether it is in force.")
            missing = [name for name in LAW_FIELDS if not value[name]]
            raise blocks.StructBlockValidationError({name: ValidationError(sentence) for name in missing})
        return value

    class Meta:
        label = _("Fact")
        icon = "tick"
        description = _("One or two sentences of a row, with their source and the day of which they speak.")


class NotKnownBlock(blocks.StructBlock):
    """Staff have looked, and nothing is known: not the same as a row that nobody has filled in."""

    part = blocks.ChoiceBlock(choices=RowPart.choices, label=_("Row"))
    confirmed_on = blocks.DateBlock(label=_("Confirmed on"))

    class Meta:
        label = _("Confirmed: not known")
        icon = "help"
        description = _("You have asked around, and nobody knows. Visitors read that, with its date.")


class BuildingBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Building block"))
    purpose = blocks.TextBlock(label=_("Purpose"), required=False, rows=2)
    how = blocks.TextBlock(label=_("How"), required=False, rows=3)
    enabling = blocks.TextBlock(label=_("What makes it work"), required=False, rows=2)
    lessons = blocks.TextBlock(label=_("Lessons"), required=False, rows=2)
    general = blocks.TextBlock(label=_("General knowledge of the field about it"), required=False, rows=2, default="")

    class Meta:
        label = _("Building block")
        icon = "clipboard-list"
        description = _("A part that another service could take over by itself.")


class RungBlock(TitledTextBlock):
    tier = blocks.ChoiceBlock(choices=Tier.choices, label=_("Level"), required=False)
    confirmed = blocks.BooleanBlock(
        label=_("Confirmed by the department"), required=False, help_text=_("Unconfirmed rungs are marked on the page.")
    )

    class Meta:
        label = _("Part of the figure")
        icon = "order-up"
        description = _("A rung of a ladder, a link of a chain or a level.")


class FigureBlock(blocks.StructBlock):
    value = blocks.CharBlock(label=_("Figure"), help_text=_("With its unit: 46 people."))
    text = blocks.TextBlock(label=_("What it counts"), rows=2)
    year = PartialDateBlock(label=_("Year"), required=False)
    source = blocks.URLBlock(label=_("Source"), required=False)

    class Meta:
        label = _("Figure")
        icon = "table"
        description = _("A number with what it counts, its year and its source.")


class ConditionBlock(TextItemBlock):
    kind = blocks.ChoiceBlock(choices=ConditionKind.choices, label=_("Kind"))
    essential = blocks.BooleanBlock(label=_("Essential"), required=False)

    class Meta:
        label = _("Condition")
        icon = "check"
        description = _("What must be there before another city can start.")


class FirstStepBlock(TextItemBlock):
    class Meta:
        label = _("First step")
        icon = "arrow-right"
        description = _("What somebody does on Monday morning.")


ROWS = [("fact", RowFactBlock()), ("not_known", NotKnownBlock())]
STEPS = [("step", StepBlock())]
ROLES = [("role", RoleBlock())]
BUILDING_BLOCKS = [("block", BuildingBlock())]
FIGURE = [("rung", RungBlock())]
FIGURES = [("figure", FigureBlock())]
CONDITIONS = [("condition", ConditionBlock())]
FIRST_STEPS = [("step", FirstStepBlock())]
